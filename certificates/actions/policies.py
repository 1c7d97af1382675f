"""What a federation asks of changes to the certificates of its region."""

from datetime import date

from django.db import transaction

from certificates.models import ChangePolicy
from certificates.rules.changes import LONGEST_WINDOW
from registry.actions import audit
from registry.errors import InvalidInput
from registry.models import Federation
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def decide(
    *,
    by: Actor,
    on: date,
    federation: Federation,
    two_people_withdraw: bool,
    two_people_replace: bool,
    two_people_bulk: bool,
    undo_minutes: int,
) -> ChangePolicy:
    """Holds for changes asked for from now on, of all bases below without a nearer federation's own.

    Who decides is not who withdraws: the approvers must not loosen what binds them. Raises NotPermitted,
    InvalidInput.
    """
    path = federation.region.path
    require(by, Permission.CERTIFICATE_POLICY, region_path=path)
    if not 0 <= undo_minutes <= LONGEST_WINDOW:
        raise InvalidInput(fields={"undo_minutes": "undo_minutes"}, most=LONGEST_WINDOW)
    values = {
        "two_people_withdraw": two_people_withdraw,
        "two_people_replace": two_people_replace,
        "two_people_bulk": two_people_bulk,
        "undo_minutes": undo_minutes,
    }
    decided, _made = ChangePolicy.objects.update_or_create(
        federation=federation, defaults={**values, "decided_on": on}
    )
    audit.record(
        "certificate_policy.decided", federation, by=by, region_path=path, on=on.isoformat(), **values
    )
    return decided
