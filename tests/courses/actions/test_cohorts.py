"""Filing cohorts and moving them through their life."""

from datetime import date, timedelta

import pytest

from courses.actions import assessments, cohorts, outcomes
from courses.errors import (
    BaseSuspended,
    CohortFrozen,
    CohortNameTaken,
    MoveNotAllowed,
    NobodyEnrolled,
    OutcomesPending,
    OwnFiling,
    ReasonMissing,
)
from courses.models import Cohort
from registry.actions import suspensions
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, TrainingBase
from registry.rules.access import SYSTEM, Actor
from tests.courses.factories import (
    ENDS_ON,
    STARTS_ON,
    a_cohort,
    a_course,
    attended,
    bring_to,
    enrolled,
    scored,
    sessions_of,
)
from tests.courses.filing_factories import a_filing
from tests.registry.base_factories import a_suspension
from tests.registry.factories import a_base, a_federation, an_accreditation, an_actor, an_unsaved_actor

pytestmark = pytest.mark.django_db


def a_manager(base: TrainingBase) -> Actor:
    return an_actor("base_manager", base)


def an_approver() -> Actor:
    return an_actor("approver", a_federation("620500"))


def test_a_cohort_begins_as_a_draft_and_remembers_where_its_base_stood(today: date) -> None:
    course = a_course()
    cohort = cohorts.create(
        by=a_manager(course.base),
        on=today,
        base=course.base,
        course=course,
        name="一期",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
    )
    assert (cohort.state, cohort.region) == ("draft", course.base.region)


def test_a_cohort_of_one_day_is_legal() -> None:
    assert a_cohort(starts_on=STARTS_ON, ends_on=STARTS_ON).pk


@pytest.mark.parametrize(("days", "problem"), [(-1, "date_before_start"), (731, "cohort_too_long")])
def test_dates_that_cannot_be_are_refused(days: int, problem: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_cohort(starts_on=STARTS_ON, ends_on=STARTS_ON + timedelta(days=days))
    assert refusal.value.facts["fields"] == {"ends_on": problem}


def test_the_course_must_be_the_bases_own() -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_cohort(a_base(), course=a_course(a_base()))
    assert refusal.value.facts["fields"] == {"course": "course_of_other_base"}


def test_a_name_is_given_once_at_a_base() -> None:
    course = a_course()
    a_cohort(course=course, name="一期")
    with pytest.raises(CohortNameTaken):
        a_cohort(course=course, name="一期")
    assert a_cohort(name="一期").pk


def test_base_and_federation_take_their_turns(today: date) -> None:
    cohort = a_filing()
    manager, approver = a_manager(cohort.base), an_approver()
    cohorts.move_to(by=manager, on=today, cohort=cohort, state="submitted")
    with pytest.raises(NotPermitted):
        cohorts.move_to(by=manager, on=today, cohort=cohort, state="approved")
    cohorts.move_to(by=approver, on=today, cohort=cohort, state="approved")
    with pytest.raises(NotPermitted):
        cohorts.move_to(by=approver, on=today, cohort=cohort, state="enrolling")
    cohorts.move_to(by=manager, on=today, cohort=cohort, state="enrolling")
    assert Cohort.objects.get(pk=cohort.pk).state == cohort.state == "enrolling"
    moves = AuditEvent.objects.filter(verb="cohort.moved").order_by("pk")
    assert [event.facts["after"] for event in moves] == ["submitted", "approved", "enrolling"]
    assert moves[1].actor_id == approver.account_id


def test_who_also_files_for_the_base_does_not_approve_for_it(today: date) -> None:
    cohort = a_cohort(state="submitted")
    both = an_unsaved_actor(
        {"role": "approver", "region_path": "000000/"}, {"role": "base_manager", "base_id": cohort.base_id}
    )
    with pytest.raises(OwnFiling):
        cohorts.move_to(by=both, on=today, cohort=cohort, state="approved")


def test_a_federation_elsewhere_decides_nothing_here(today: date) -> None:
    cohort = a_cohort(state="submitted")
    stranger = an_actor("approver", a_federation("360000"))
    with pytest.raises(NotPermitted):
        cohorts.move_to(by=stranger, on=today, cohort=cohort, state="approved")


def test_what_goes_back_says_why_and_comes_in_again(today: date) -> None:
    cohort = bring_to(a_filing(), "submitted")
    approver = an_approver()
    with pytest.raises(ReasonMissing):
        cohorts.move_to(by=approver, on=today, cohort=cohort, state="returned", reason="  ")
    cohorts.move_to(by=approver, on=today, cohort=cohort, state="returned", reason="名单少两人")
    assert Cohort.objects.get(pk=cohort.pk).state_reason == "名单少两人"
    cohorts.move_to(by=a_manager(cohort.base), on=today, cohort=cohort, state="submitted")
    assert Cohort.objects.get(pk=cohort.pk).state_reason == ""


def test_a_step_cannot_be_skipped_and_a_step_taken_twice_is_one_step(today: date) -> None:
    cohort = a_cohort(state="approved")
    with pytest.raises(MoveNotAllowed) as refusal:
        cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="running")
    assert refusal.value.facts == {"state": "approved", "to": "running"}
    before = AuditEvent.objects.count()
    cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="approved")
    assert AuditEvent.objects.count() == before


def test_an_empty_cohort_does_not_start(today: date) -> None:
    cohort = a_cohort(state="enrolling")
    with pytest.raises(NobodyEnrolled):
        cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="running")


def test_a_suspended_base_neither_files_nor_starts_until_it_is_reinstated(today: date) -> None:
    draft = a_cohort()
    enrolled(starting := a_cohort(draft.base, state="enrolling"), 1)
    suspension = a_suspension(an_accreditation(draft.base), on=today, starts_on=today)
    for cohort, state in ((draft, "submitted"), (starting, "running")):
        with pytest.raises(BaseSuspended):
            cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state=state)
    suspensions.reinstate(by=SYSTEM, on=today, suspension=suspension, reason="消防验收通过")
    assert cohorts.move_to(by=SYSTEM, on=today, cohort=starting, state="running").state == "running"


def test_completion_waits_for_every_outcome_and_for_the_last_change(today: date) -> None:
    cohort = a_cohort(state="enrolling")
    trainees = enrolled(cohort, 2)
    sessions = sessions_of(cohort)
    bring_to(cohort, "running")
    attended(cohort, sessions, trainees)
    bring_to(cohort, "assessing")
    scored(cohort, trainees)
    with pytest.raises(OutcomesPending) as refusal:
        cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="completed")
    assert refusal.value.facts == {"count": 2}
    outcomes.decide(by=SYSTEM, on=today, cohort=cohort)
    assessments.record(by=SYSTEM, on=today, cohort=cohort, scores={trainees[0].pk: None}, assessed_on=today)
    with pytest.raises(OutcomesPending) as refusal:
        cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="completed")
    assert refusal.value.facts == {"count": 1}
    outcomes.decide(by=SYSTEM, on=today, cohort=cohort)
    cohorts.move_to(by=SYSTEM, on=today, cohort=cohort, state="completed")


def test_particulars_change_in_draft_and_when_returned_only(today: date) -> None:
    cohort = a_cohort()
    manager = a_manager(cohort.base)
    cohorts.edit(by=manager, on=today, cohort=cohort, venue="二楼教室")
    assert Cohort.objects.get(pk=cohort.pk).venue == "二楼教室"
    for state in ("submitted", "approved"):
        bring_to(cohort, state)
        with pytest.raises(CohortFrozen):
            cohorts.edit(by=manager, on=today, cohort=cohort, venue="三楼")
