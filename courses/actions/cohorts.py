"""Writes of cohorts (班): file one, change it, move it through its life."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from courses.errors import (
    BaseSuspended,
    CohortFrozen,
    CohortNameTaken,
    EvaluationNeeded,
    FilingIncomplete,
    MoveNotAllowed,
    NobodyEnrolled,
    OutcomesPending,
    OwnFiling,
    ReasonMissing,
)
from courses.models import Cohort, CohortMove, Course, Evaluation, Exam
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.queries.filings import facts_of
from courses.queries.outcomes import previews
from courses.rules.cohorts import EDITABLE, MOVES
from courses.rules.filings import Task, judge, missing, next_name
from courses.teaching_errors import ExamsOpen
from registry.actions import audit
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models import TrainingBase
from registry.queries import bases, standards
from registry.rules import usccs
from registry.rules.access import Actor, Permission, require

ORDER_FIELDS = ("ordering_employer", "ordering_uscc", "accepting_institution", "trainee_choice", "payer")
"""The four orders of 四单式."""

FIELDS = (
    "course",
    "name",
    "starts_on",
    "ends_on",
    "planned_trainees",
    "venue",
    "venue_kind",
    "delivery_mode",
    "organisation_mode",
    "procurement_mode",
    "funding_source",
    "package",
    "programme_model",
    "placement_employer",
    "placement_uscc",
    *ORDER_FIELDS,
)
LONGEST = timedelta(days=730)
"""A cohort of more than two years is a typing error in the year."""

MOST_TRAINEES = 2000
"""Planned for one cohort; more is a typing error."""


@transaction.atomic
def create(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    course: Course,
    starts_on: date,
    ends_on: date,
    name: str = "",
    **particulars: Any,
) -> Cohort:
    """A cohort in draft; `particulars` are others of FIELDS. Without a name it is called by year, course and number.

    Raises InvalidInput, CohortNameTaken, NotPermitted.
    """
    require(by, Permission.COHORT_EDIT, region_path=base.region.path, base_ids=[base.pk])
    cohort = Cohort(base=base, region=base.region, course=course, starts_on=starts_on, ends_on=ends_on)
    _set(cohort, {"name": name, **particulars})
    if not cohort.name:
        cohort.name = _free_name(cohort)
    _check(cohort)
    cohort.save()
    audit.record("cohort.created", cohort, by=by, region_path=base.region.path, on=str(on), **_facts(cohort))
    return cohort


def _free_name(cohort: Cohort) -> str:
    """2024年直播销售第1期, or the first of the following that the base has not given yet."""
    taken = set(Cohort.objects.filter(base_id=cohort.base_id).values_list("name", flat=True))
    name = f"{cohort.starts_on.year}年{cohort.course.name[:60]}第1期"
    while name in taken:
        name = next_name(name)
    return name


@transaction.atomic
def edit(*, by: Actor, on: date, cohort: Cohort, **changes: Any) -> Cohort:
    """Change named fields (FIELDS) while the cohort is in draft or returned; raises CohortFrozen after that."""
    cohort = locked(cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    require_editable(cohort)
    before = _facts(cohort)
    _set(cohort, changes)
    _check(cohort)
    after = _facts(cohort)
    if after != before:
        cohort.save()
        path = cohort.region.path
        audit.record("cohort.edited", cohort, by=by, region_path=path, on=str(on), before=before, after=after)
        _roster_changed(cohort, on=on)
    mended(cohort, Task.ORDERS if set(changes) <= set(ORDER_FIELDS) else Task.PARTICULARS)
    return cohort


def require_editable(cohort: Cohort) -> None:
    """Raises CohortFrozen unless the filing may still be changed."""
    if cohort.state not in EDITABLE:
        raise CohortFrozen(state=cohort.state)


def mended(cohort: Cohort, task: Task) -> None:
    """The task of this locked cohort was saved again: the approver's remark to it is answered."""
    if cohort.to_mend.pop(task.value, None) is not None:
        cohort.save(update_fields=["to_mend"])


def _set(cohort: Cohort, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in FIELDS:
            raise TypeError(f"A cohort has no editable {name}.")
        setattr(cohort, name, value.strip() if isinstance(value, str) else value)


@transaction.atomic
def move_to(
    *,
    by: Actor,
    on: date,
    cohort: Cohort,
    state: str,
    reason: str = "",
    task_reasons: Mapping[str, str] | None = None,
) -> Cohort:
    """Move a cohort on through its life (rules/cohorts.py); to where it is already changes nothing.

    `task_reasons`, for a return, say by task of the filing what is to be mended; with them a reason for the whole is
    not needed. The move is kept with its reasons (CohortMove).
    Raises MoveNotAllowed, NotPermitted, OwnFiling when one account both files and approves, ReasonMissing,
    FilingIncomplete, BaseSuspended, NobodyEnrolled before a start, ExamsOpen, OutcomesPending and EvaluationNeeded
    before completion.
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
    reason, told = reason.strip(), _told(state, task_reasons or {})
    if move.needs_reason and not reason and not told:
        raise ReasonMissing(field="reason", to=state)
    require_valid(Cohort, state_reason=reason)
    # What the operator of the server loads was judged on paper: it needs not all that a filing must hold.
    if state == CohortState.SUBMITTED and not by.is_system:
        _require_complete(cohort)
    if state in (CohortState.SUBMITTED, CohortState.RUNNING) and bases.is_suspended_on(cohort.base, on):
        raise BaseSuspended()
    if state == CohortState.RUNNING and not cohort.enrolments.exclude(outcome=Outcome.WITHDREW).exists():
        raise NobodyEnrolled()
    if state == CohortState.COMPLETED:
        if count := Exam.objects.filter(cohort=cohort, submitted_on=None).count():
            raise ExamsOpen(count=count)
        undecided = sum(not preview.is_decided for preview in previews(cohort))
        if undecided:
            raise OutcomesPending(count=undecided)
        _require_evaluated(cohort, on=on)
    before = cohort.state
    cohort.state, cohort.state_reason = state, reason if move.needs_reason else ""
    cohort.to_mend = told
    cohort.save(update_fields=["state", "state_reason", "to_mend"])
    CohortMove.objects.create(
        cohort=cohort,
        before=before,
        after=state,
        on=on,
        actor_id=by.account_id,
        actor_name=by.name,
        reason=reason,
        task_reasons=told,
    )
    facts: dict[str, Any] = {"before": before, "after": state} | ({"reason": reason} if reason else {})
    facts |= {"task_reasons": told} if told else {}
    audit.record("cohort.moved", cohort, by=by, region_path=path, on=str(on), **facts)
    _roster_changed(cohort, on=on)
    given.state, given.state_reason = cohort.state, cohort.state_reason
    return cohort


def _told(state: str, task_reasons: Mapping[str, str]) -> dict[str, str]:
    """What is to be mended, by task; only a return tells it."""
    told = {task: text.strip() for task, text in task_reasons.items() if text.strip()}
    if not told:
        return {}
    if state != CohortState.RETURNED or not set(told) <= set(Task):
        raise InvalidInput(fields={"task_reasons": "field_choice"})
    for text in told.values():
        require_valid(Cohort, state_reason=text)
    return told


def _require_complete(cohort: Cohort) -> None:
    lacking = missing(judge(facts_of(cohort), {}))
    if lacking:
        raise FilingIncomplete(missing=lacking)


def _require_evaluated(cohort: Cohort, *, on: date) -> None:
    """Raises EvaluationNeeded where the local standard wants trainees asked before they complete, and nobody did."""
    if Evaluation.objects.filter(cohort=cohort).exists():
        return
    if standards.value("satisfaction_needed", region_path=cohort.region.path, on=on):
        raise EvaluationNeeded()


def locked(cohort: Cohort) -> Cohort:
    """The cohort as it is now, held until the transaction ends: its state decides what may be written."""
    return lock(cohort, "region", "base", "course")


def _roster_changed(cohort: Cohort, *, on: date) -> None:
    """The figures count enrolments by course, start and state of the class."""
    people_changed(people=list(cohort.enrolments.values_list("person_id", flat=True)), on=on)


def _check(cohort: Cohort) -> None:
    linked = ("course", "package")
    require_valid(Cohort, **{name: getattr(cohort, name) for name in FIELDS if name not in linked})
    problems = {}
    if cohort.course.base_id != cohort.base_id:
        problems["course"] = "course_of_other_base"
    if cohort.ends_on < cohort.starts_on:
        problems["ends_on"] = "date_before_start"
    elif cohort.ends_on - cohort.starts_on > LONGEST:
        problems["ends_on"] = "cohort_too_long"
    if cohort.planned_trainees is not None and not 1 <= cohort.planned_trainees <= MOST_TRAINEES:
        problems["planned_trainees"] = "planned_trainees_invalid"
    if cohort.package and not cohort.package.courses.filter(pk=cohort.course_id).exists():
        problems["package"] = "package_without_course"
    for name in ("placement_uscc", "ordering_uscc"):
        try:
            setattr(cohort, name, usccs.parse(getattr(cohort, name)) if getattr(cohort, name) else "")
        except usccs.UsccError as error:
            problems[name] = error.code
    if problems:
        raise InvalidInput(fields=problems)
    if Cohort.objects.filter(base_id=cohort.base_id, name=cohort.name).exclude(pk=cohort.pk).exists():
        raise CohortNameTaken(field="name")


def _facts(cohort: Cohort) -> dict[str, Any]:
    facts = {name: getattr(cohort, name) for name in FIELDS if name not in ("course", "package")}
    facts |= {"starts_on": str(cohort.starts_on), "ends_on": str(cohort.ends_on)}
    package = cohort.package.public_id if cohort.package else ""
    return facts | {"course": cohort.course.public_id, "package": package}
