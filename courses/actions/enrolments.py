"""Writes of enrolments: put people on the roster of a cohort, note that one left."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from courses.actions.cohorts import locked, mended
from courses.errors import EnrolmentClosed, EnrolmentDecided, LateReasonMissing
from courses.models import Cohort, Enrolment
from courses.models.enrolments import Outcome, OutcomeRule
from courses.queries.snapshots import snapshots
from courses.rules.cohorts import OPEN_TO_ENROLMENT, OPEN_TO_LATE_ENROLMENT
from courses.rules.filings import Task
from registry.actions import audit
from registry.actions.values import require_valid
from registry.facts import people_changed
from registry.models import BaseRegistration, Person
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def enrol(
    *, by: Actor, on: date, cohort: Cohort, people: Sequence[Person], late_reason: str = ""
) -> list[Enrolment]:
    """Enrol people, with a snapshot of their 残疾人证 and employment on the day; their enrolments, in order of `people`.

    Idempotent: who is enrolled already stays as they are. The number of queries does not depend on how many people.
    Training is free to the trainee (docs/domain.md §2.1 C04), and no category is kept out: there is no such rule.
    Raises EnrolmentClosed when the roster is frozen, LateReasonMissing when the cohort is running and none is given.
    """
    cohort = locked(cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    person_ids = list(dict.fromkeys(person.pk for person in people))
    known = set(
        Enrolment.objects.filter(cohort=cohort, person_id__in=person_ids).values_list("person_id", flat=True)
    )
    fresh = [person_id for person_id in person_ids if person_id not in known]
    if fresh:
        _require_open(cohort, late_reason)
        on_the_day = snapshots(fresh, on=on)
        reason = late_reason.strip() if cohort.state in OPEN_TO_LATE_ENROLMENT else ""
        require_valid(Enrolment, joined_late_reason=reason)
        Enrolment.objects.bulk_create(
            [
                Enrolment(
                    cohort=cohort,
                    person_id=person_id,
                    enrolled_on=on,
                    disability_category=on_the_day[person_id].disability_category,
                    disability_grade=on_the_day[person_id].disability_grade,
                    employment=on_the_day[person_id].employment,
                    joined_late_reason=reason,
                )
                for person_id in fresh
            ],
            batch_size=BATCH_ROWS,
        )
        BaseRegistration.objects.bulk_create(
            [BaseRegistration(person_id=person_id, base_id=cohort.base_id, since=on) for person_id in fresh],
            ignore_conflicts=True,
            batch_size=BATCH_ROWS,
        )
        mended(cohort, Task.ROSTER)
        facts = {"late_reason": reason} if reason else {}
        path = cohort.region.path
        audit.record(
            "cohort.enrolled", cohort, by=by, region_path=path, on=str(on), enrolled=len(fresh), **facts
        )
        people_changed(people=fresh, on=on)
    rows = Enrolment.objects.filter(cohort=cohort, person_id__in=person_ids).select_related("person")
    enrolments = {enrolment.person_id: enrolment for enrolment in rows}
    return [enrolments[person_id] for person_id in person_ids]


def _require_open(cohort: Cohort, late_reason: str) -> None:
    if cohort.state in OPEN_TO_ENROLMENT:
        return
    if cohort.state not in OPEN_TO_LATE_ENROLMENT:
        raise EnrolmentClosed(state=cohort.state)
    if not late_reason.strip():
        raise LateReasonMissing(state=cohort.state)


@transaction.atomic
def withdraw(*, by: Actor, on: date, enrolment: Enrolment) -> Enrolment:
    """Note that a trainee left; doing so again changes nothing.

    Raises EnrolmentDecided once the cohort is completed: its outcomes are frozen.
    """
    cohort = locked(enrolment.cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    current = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=enrolment.pk)
    )
    if current.outcome == Outcome.WITHDREW:
        return current
    if cohort.state in ("completed", "closed", "cancelled"):
        raise EnrolmentDecided(state=cohort.state)
    before = current.outcome
    current.outcome, current.outcome_rule, current.outcome_on = Outcome.WITHDREW, OutcomeRule.LEFT, on
    current.save(update_fields=["outcome", "outcome_rule", "outcome_on"])
    mended(cohort, Task.ROSTER)
    audit.record(
        "enrolment.withdrawn", current, by=by, region_path=cohort.region.path, on=str(on), before=before
    )
    people_changed(people=[current.person_id], on=on)
    return current


@transaction.atomic
def take_back(*, by: Actor, on: date, enrolment: Enrolment) -> Enrolment:
    """Undo a withdrawal that was a mistake, until the cohort is completed."""
    cohort = locked(enrolment.cohort)
    require(by, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    current = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=enrolment.pk)
    )
    if current.outcome != Outcome.WITHDREW:
        return current
    if cohort.state in ("completed", "closed", "cancelled"):
        raise EnrolmentDecided(state=cohort.state)
    current.outcome, current.outcome_rule, current.outcome_on = Outcome.PENDING, "", None
    current.save(update_fields=["outcome", "outcome_rule", "outcome_on"])
    audit.record("enrolment.taken-back", current, by=by, region_path=cohort.region.path, on=str(on))
    people_changed(people=[current.person_id], on=on)
    return current
