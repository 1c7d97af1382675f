"""Suspends plaques (暂停) and reinstates them (恢复): meanwhile the base neither files nor starts cohorts."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from registry.actions import base_events
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import Conflict, InvalidInput
from registry.models import Accreditation, Suspension
from registry.rules.access import Actor, Permission, require


class NotInForce(Conflict):
    """The plaque is no longer within its term, or was taken down: there is nothing to suspend."""

    code = "accreditation_not_in_force"


class AlreadySuspended(Conflict):
    """Another suspension of this plaque covers some of these days."""

    code = "accreditation_already_suspended"


class AlreadyReinstated(Conflict):
    """The suspension was lifted before, or is over."""

    code = "suspension_over"


@transaction.atomic
def suspend(
    *,
    by: Actor,
    on: date,
    accreditation: Accreditation,
    starts_on: date,
    reason: str,
    ends_on: date | None = None,
) -> Suspension:
    """Take a plaque out of force from a day on, until a day or until it is reinstated; never backwards in time.

    Raises NotPermitted, InvalidInput, NotInForce, AlreadySuspended.
    """
    require(by, Permission.BASE_ACCREDIT, region_path=accreditation.federation.region.path)
    require_valid(Suspension, reason=reason.strip())
    problems = {}
    if starts_on < on:
        problems["starts_on"] = "date_in_past"
    if ends_on is not None and ends_on < starts_on:
        problems["ends_on"] = "date_before_start"
    if problems:
        raise InvalidInput(fields=problems)
    held = _locked(accreditation)
    if not held.is_held(starts_on):
        raise NotInForce(plaque_number=held.plaque_number)
    others = held.suspensions.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.exists():
        raise AlreadySuspended(plaque_number=held.plaque_number)
    suspension = Suspension.objects.create(
        accreditation=held, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    base_events.record(
        "base.suspended",
        suspension,
        base=held.base,
        by=by,
        on=on,
        note=suspension.reason,
        plaque_number=held.plaque_number,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat() if ends_on else None,
    )
    return suspension


@transaction.atomic
def reinstate(*, by: Actor, on: date, suspension: Suspension, reason: str) -> Suspension:
    """Put the plaque back in force from this day on; a suspension that has not begun never does.

    Raises NotPermitted, InvalidInput, AlreadyReinstated.
    """
    accreditation = suspension.accreditation
    require(by, Permission.BASE_ACCREDIT, region_path=accreditation.federation.region.path)
    require_valid(Suspension, lifted_reason=reason.strip())
    if not reason.strip():
        raise InvalidInput(fields={"reason": "field_missing"})
    base = _locked(accreditation).base
    held = Suspension.objects.select_for_update(no_key=True).get(pk=suspension.pk)
    if held.lifted_on is not None or (held.ends_on is not None and held.ends_on < on):
        raise AlreadyReinstated
    held.lifted_on, held.lifted_reason = on, reason.strip()
    # Its last day is the one before; where it would have begun later, no day at all.
    held.ends_on = max(on, held.starts_on) - timedelta(days=1)
    held.save(update_fields=["lifted_on", "lifted_reason", "ends_on"])
    base_events.record(
        "base.reinstated",
        held,
        base=base,
        by=by,
        on=on,
        note=held.lifted_reason,
        plaque_number=accreditation.plaque_number,
    )
    return held


def _locked(accreditation: Accreditation) -> Accreditation:
    return lock(accreditation, "base__region")
