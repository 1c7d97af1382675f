"""Writes of cohorts (班): file one, change it, move it through its life."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from courses.errors import (
    CohortFrozen,
    CohortNameTaken,
    MoveNotAllowed,
    NobodyEnrolled,
    OutcomesPending,
    OwnFiling,
    ReasonMissing,
)
from courses.models import Cohort, Course
from courses.models.cohorts import CohortState, DeliveryMode, FundingSource, OrganisationMode, ProcurementMode
from courses.models.enrolments import Outcome
from courses.queries.outcomes import previews
from courses.rules.cohorts import EDITABLE, MOVES
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import TrainingBase
from registry.rules.access import Actor, Permission, require

FIELDS = (
    "course",
    "name",
    "starts_on",
    "ends_on",
    "delivery_mode",
    "organisation_mode",
    "procurement_mode",
    "funding_source",
    "venue",
)
LONGEST = timedelta(days=730)
"""A cohort of more than two years is a typing error in the year."""


@transaction.atomic
def create(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    course: Course,
    name: str,
    starts_on: date,
    ends_on: date,
    delivery_mode: str = DeliveryMode.OFFLINE,
    organisation_mode: str = OrganisationMode.GROUP,
    procurement_mode: str = ProcurementMode.PROJECT,
    funding_source: str = FundingSource.SECURITY_FUND,
    venue: str = "",
) -> Cohort:
    """A cohort in draft. Raises InvalidInput, CohortNameTaken, NotPermitted."""
    require(by, Permission.COHORT_EDIT, region_path=base.region.path, base_ids=[base.pk])
    cohort = Cohort(
        base=base,
        region=base.region,
        course=course,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        delivery_mode=delivery_mode,
        organisation_mode=organisation_mode,
        procurement_mode=procurement_mode,
        funding_source=funding_source,
        venue=venue.strip(),
    )
    _check(cohort)
    cohort.save()
    audit.record("cohort.created", cohort, by=by, region_path=base.region.path, on=str(on), **_facts(cohort))
    return cohort


@transaction.atomic
def edit(*, by: Actor, on: date, cohort: Cohort, **changes: Any) -> Cohort:
    """Change named fields (FIELDS) while the cohort is in draft or returned; raises CohortFrozen after that."""
    cohort = locked(cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in EDITABLE:
        raise CohortFrozen(state=cohort.state)
    before = _facts(cohort)
    for name, value in changes.items():
        if name not in FIELDS:
            raise TypeError(f"A cohort has no editable {name}.")
        setattr(cohort, name, value.strip() if isinstance(value, str) else value)
    _check(cohort)
    after = _facts(cohort)
    if after != before:
        cohort.save()
        path = cohort.region.path
        audit.record("cohort.edited", cohort, by=by, region_path=path, on=str(on), before=before, after=after)
    return cohort


@transaction.atomic
def move_to(*, by: Actor, on: date, cohort: Cohort, state: str, reason: str = "") -> Cohort:
    """Move a cohort on through its life (rules/cohorts.py); to where it is already changes nothing.

    Raises MoveNotAllowed, NotPermitted, OwnFiling when one account both files and approves, ReasonMissing,
    NobodyEnrolled before a start, OutcomesPending before completion.
    """
    given, cohort = cohort, locked(cohort)
    path, base_ids = cohort.region.path, [cohort.base_id]
    if state == cohort.state:
        require(by, Permission.COHORT_READ, region_path=path, base_ids=base_ids)
        given.state, given.state_reason = cohort.state, cohort.state_reason
        return cohort
    move = MOVES.get((cohort.state, state))
    if move is None:
        raise MoveNotAllowed(state=cohort.state, to=state)
    require(by, move.permission, region_path=path, base_ids=base_ids)
    files_too = not by.is_system and by.may(Permission.COHORT_EDIT, region_path=path, base_ids=base_ids)
    if move.permission is Permission.COHORT_APPROVE and files_too:
        raise OwnFiling(permission=move.permission.value)
    reason = reason.strip()
    if move.needs_reason and not reason:
        raise ReasonMissing(field="reason", to=state)
    require_valid(Cohort, state_reason=reason)
    if state == CohortState.RUNNING and not cohort.enrolments.exclude(outcome=Outcome.WITHDREW).exists():
        raise NobodyEnrolled()
    if state == CohortState.COMPLETED:
        undecided = sum(not preview.is_decided for preview in previews(cohort))
        if undecided:
            raise OutcomesPending(count=undecided)
    before = cohort.state
    cohort.state, cohort.state_reason = state, reason if move.needs_reason else ""
    cohort.save(update_fields=["state", "state_reason"])
    facts = {"before": before, "after": state} | ({"reason": reason} if reason else {})
    audit.record("cohort.moved", cohort, by=by, region_path=path, on=str(on), **facts)
    given.state, given.state_reason = cohort.state, cohort.state_reason
    return cohort


def locked(cohort: Cohort) -> Cohort:
    """The cohort as it is now, held until the transaction ends: its state decides what may be written."""
    rows = Cohort.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("region", "base", "course").get(pk=cohort.pk)


def _check(cohort: Cohort) -> None:
    require_valid(Cohort, **{name: getattr(cohort, name) for name in FIELDS if name != "course"})
    problems = {}
    if cohort.course.base_id != cohort.base_id:
        problems["course"] = "course_of_other_base"
    if cohort.ends_on < cohort.starts_on:
        problems["ends_on"] = "date_before_start"
    elif cohort.ends_on - cohort.starts_on > LONGEST:
        problems["ends_on"] = "cohort_too_long"
    if problems:
        raise InvalidInput(fields=problems)
    if Cohort.objects.filter(base_id=cohort.base_id, name=cohort.name).exclude(pk=cohort.pk).exists():
        raise CohortNameTaken(field="name")


def _facts(cohort: Cohort) -> dict[str, Any]:
    facts = {name: getattr(cohort, name) for name in FIELDS if name != "course"}
    facts |= {"starts_on": str(cohort.starts_on), "ends_on": str(cohort.ends_on)}
    return facts | {"course": cohort.course.public_id}
