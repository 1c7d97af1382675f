"""Decides local standards (管理规范), with an audit row for each decision."""

from datetime import date
from typing import Any

from django.db import transaction

from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import standard_decided
from registry.models import Federation, LocalStandard
from registry.rules import standards
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def decide(
    *, by: Actor, federation: Federation, key: str, value: Any, since: date, document: str = ""
) -> LocalStandard:
    """Decide one rule for the federation's region from a day on; None follows the federation above again.

    A second decision for the same day takes the place of the first; the audit trail keeps both.
    Raises NotPermitted, InvalidInput.
    """
    region = federation.region
    require(by, Permission.STANDARD_EDIT, region_path=region.path)
    if key not in standards.STANDARDS:
        raise InvalidInput(fields={"key": "field_choice"})
    require_valid(LocalStandard, document=document.strip())
    found = "" if value is None else standards.problem(key, value)
    if found:
        rule = standards.STANDARDS[key]
        raise InvalidInput(fields={"value": found}, least=rule.least, most=rule.most)
    Federation.objects.select_for_update(of=("self",), no_key=True).get(pk=federation.pk)
    held = LocalStandard.objects.filter(federation=federation, key=key, since__lte=since).first()
    decided, _created = LocalStandard.objects.update_or_create(
        federation=federation,
        key=key,
        since=since,
        defaults={"value": value, "document": document.strip()},
    )
    audit.record(
        "standard.decided",
        federation,
        by=by,
        region_path=region.path,
        key=key,
        before=held.value if held else None,
        after=value,
        since=since.isoformat(),
        document=decided.document,
    )
    standard_decided(key=key, region_path=region.path)
    return decided
