"""Decides subsidy schemes: a first one, a new version by a new document, an end."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from courses.models import SubsidyScheme
from courses.models.cohorts import FundingSource
from courses.rules.subsidies import CASES, problems
from courses.subsidy_errors import SchemeOver, SchemeOverlaps
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Federation
from registry.rules.access import Actor, Permission, require

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewScheme:
    """A scheme as its document says it; money in 元, `shares` in per cent by rules/subsidies.CASES."""

    kind: str
    name: str
    basis: str
    rate: Decimal
    funding_sources: list[str]
    document: str
    valid_from: date
    clause: str = ""
    cap: Decimal | None = None
    shares: Mapping[str, int] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    valid_until: date | None = None


@transaction.atomic
def decide(*, by: Actor, on: date, federation: Federation, scheme: NewScheme) -> SubsidyScheme:
    """Put a scheme in force for the federation's region and all below it.

    Raises NotPermitted, InvalidInput, SchemeOverlaps while another of this kind runs in these days.
    """
    _require(by, federation)
    return _made(by=by, on=on, federation=federation, scheme=scheme, replaces=None)


@transaction.atomic
def replace(*, by: Actor, on: date, earlier: SubsidyScheme, scheme: NewScheme) -> SubsidyScheme:
    """A new document makes a new version and ends the old one the day before; old claims keep the old one.

    Raises NotPermitted, InvalidInput, SchemeOver, SchemeOverlaps.
    """
    held = _held(earlier)
    _require(by, held.federation)
    if scheme.kind != held.kind:
        raise InvalidInput(fields={"kind": "field_choice"})
    if SubsidyScheme.objects.filter(replaces=held).exists():
        raise SchemeOver()
    if scheme.valid_from <= held.valid_from:
        raise InvalidInput(fields={"valid_from": "scheme_before_earlier"})
    last = scheme.valid_from - A_DAY
    if held.valid_until is None or held.valid_until > last:
        held.valid_until = last
        held.save(update_fields=["valid_until"])
    return _made(by=by, on=on, federation=held.federation, scheme=scheme, replaces=held)


@transaction.atomic
def end(*, by: Actor, on: date, scheme: SubsidyScheme, valid_until: date) -> SubsidyScheme:
    """Let a scheme run out on a day, that day included. Raises NotPermitted, InvalidInput, SchemeOver."""
    held = _held(scheme)
    _require(by, held.federation)
    if held.valid_until is not None and held.valid_until < on:
        raise SchemeOver()
    if valid_until < held.valid_from:
        raise InvalidInput(fields={"valid_until": "date_before_start"})
    before, held.valid_until = held.valid_until, valid_until
    _require_room(held.federation, held.kind, held.valid_from, valid_until, besides=[held.pk])
    held.save(update_fields=["valid_until"])
    audit.record(
        "subsidy_scheme.ended",
        held,
        by=by,
        region_path=held.federation.region.path,
        on=str(on),
        before=str(before or ""),
        after=str(valid_until),
    )
    return held


def _made(
    *, by: Actor, on: date, federation: Federation, scheme: NewScheme, replaces: SubsidyScheme | None
) -> SubsidyScheme:
    values = asdict(scheme)
    for name in ("name", "document", "clause"):
        values[name] = values[name].strip()
    _check(values)
    _require_room(federation, scheme.kind, scheme.valid_from, scheme.valid_until)
    made = SubsidyScheme.objects.create(
        federation=federation, replaces=replaces, decided_on=on, decided_by=by.name, **values
    )
    audit.record(
        "subsidy_scheme.decided",
        made,
        by=by,
        region_path=federation.region.path,
        on=str(on),
        kind=made.kind,
        rate=str(made.rate),
        document=made.document,
        valid_from=str(made.valid_from),
        replaces=replaces.public_id if replaces else "",
    )
    return made


def _check(values: Mapping[str, Any]) -> None:
    """Raises InvalidInput with everything that cannot stand."""
    wrong: dict[str, str] = {}
    try:
        names = ("kind", "name", "basis", "rate", "cap", "document", "clause")
        require_valid(SubsidyScheme, **{name: values[name] for name in names})
    except InvalidInput as error:
        wrong |= error.facts["fields"]
    for name in ("rate", "cap"):
        if name not in wrong and values[name] is not None and values[name] <= 0:
            wrong[name] = "amount_positive"
    sources = values["funding_sources"]
    if not sources or not set(sources) <= set(FundingSource.values):
        wrong["funding_sources"] = "field_choice" if sources else "field_missing"
    for case, percent in values["shares"].items():
        if case not in CASES or type(percent) is not int or not 0 <= percent <= 100:
            wrong[f"share_{case}"] = "over_100"
    wrong |= problems(values["kind"], values["conditions"])
    if values["valid_until"] is not None and values["valid_until"] < values["valid_from"]:
        wrong["valid_until"] = "date_before_start"
    if wrong:
        raise InvalidInput(fields=wrong)


def _require_room(
    federation: Federation, kind: str, first: date, last: date | None, *, besides: Sequence[int] = ()
) -> None:
    """Raises SchemeOverlaps; holds the federation, so that two at once do not both find room."""
    Federation.objects.select_for_update(of=("self",), no_key=True).get(pk=federation.pk)
    rows = SubsidyScheme.objects.filter(federation=federation, kind=kind).exclude(pk__in=besides)
    rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))
    if last is not None:
        rows = rows.filter(valid_from__lte=last)
    if rows.exists():
        raise SchemeOverlaps(field="valid_from")


def _require(by: Actor, federation: Federation) -> None:
    require(by, Permission.SUBSIDY_SCHEME_EDIT, region_path=federation.region.path)


def _held(scheme: SubsidyScheme) -> SubsidyScheme:
    rows = SubsidyScheme.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("federation__region").get(pk=scheme.pk)
