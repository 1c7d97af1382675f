"""Putting people on the roster of a cohort."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.actions import enrolments
from courses.errors import EnrolmentClosed, EnrolmentDecided, LateReasonMissing
from courses.models import Enrolment
from registry.actions import standing
from registry.errors import NotPermitted
from registry.models import AuditEvent, Person
from registry.rules.access import SYSTEM
from tests.courses.factories import STARTS_ON, a_cohort, a_completed_cohort, bring_to, enrolled, some_people
from tests.registry.factories import a_citizen_id, a_disability_number, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_the_snapshot_is_of_the_day_and_does_not_follow_later_changes(today: date) -> None:
    cohort = a_cohort()
    person = a_person(1, base=cohort.base, category="visual", grade=1, on=STARTS_ON)
    standing.record_employment(by=SYSTEM, on=STARTS_ON, person=person, status="unemployed", since=STARTS_ON)
    standing.record_employment(by=SYSTEM, on=today, person=person, status="employed", since=today)
    later = a_disability_number(a_citizen_id(1), "multiple", 2)
    a_person(1, base=cohort.base, disability_number=later, on=today)
    [enrolment] = enrolments.enrol(
        by=SYSTEM, on=STARTS_ON + timedelta(days=1), cohort=cohort, people=[person]
    )
    assert (enrolment.disability_category, enrolment.disability_grade) == ("visual", 1)
    assert enrolment.employment == "unemployed"
    other = a_cohort(cohort.base, course=cohort.course)
    [enrolment] = enrolments.enrol(by=SYSTEM, on=today, cohort=other, people=[person])
    assert (enrolment.disability_category, enrolment.disability_grade) == ("multiple", 2)
    assert enrolment.employment == "employed"


def test_nobody_is_kept_out_by_category_and_a_family_member_needs_no_certificate() -> None:
    cohort = a_cohort()
    categories = ["visual", "hearing", "speech", "physical", "intellectual", "psychosocial", "multiple"]
    people = [
        a_person(n, category=category, grade=1, on=STARTS_ON) for n, category in enumerate(categories, 1)
    ]
    member = a_person(8, category="", kind="household_member", household_of=people[0], on=STARTS_ON)
    made = enrolled(cohort, [*people, member])
    assert [row.disability_category for row in made] == [*categories, ""]
    assert made[-1].disability_grade is None


def test_enrolling_twice_enrols_once_and_keeps_the_order_asked_for() -> None:
    cohort = a_cohort()
    people = some_people(3, cohort.base)
    first = enrolled(cohort, people)
    again = enrolled(cohort, [people[2], people[0], people[2]])
    assert [row.pk for row in again] == [first[2].pk, first[0].pk]
    assert cohort.enrolments.count() == 3
    assert AuditEvent.objects.filter(verb="cohort.enrolled").count() == 1


def test_fifty_people_take_as_many_queries_as_five(
    settings: Any, django_assert_num_queries: Any, today: date
) -> None:
    settings.FACT_LISTENERS = []  # the figures above count their own
    counts = []
    for size in (5, 50):
        cohort = a_cohort()
        people = some_people(size, cohort.base)
        with django_assert_num_queries(10) as captured:
            enrolments.enrol(by=SYSTEM, on=today, cohort=cohort, people=people)
        counts.append(len(captured))
        assert cohort.enrolments.count() == size
    assert counts[0] == counts[1]


def test_the_base_knows_whom_it_enrolled() -> None:
    cohort = a_cohort()
    manager = an_actor("base_manager", cohort.base)
    person = a_person(1)
    assert not Person.objects.visible_to(manager).exists()
    enrolled(cohort, [person])
    assert Person.objects.visible_to(manager).get() == person


@pytest.mark.parametrize("state", ["draft", "returned", "approved", "enrolling"])
def test_the_roster_is_open_until_the_training_begins(state: str) -> None:
    cohort = a_cohort(state=state)
    assert len(enrolled(cohort, 1)) == 1


@pytest.mark.parametrize("state", ["submitted", "assessing", "completed", "closed", "cancelled"])
def test_the_roster_stands_still_in_other_states(state: str) -> None:
    cohort = a_cohort(state=state)
    with pytest.raises(EnrolmentClosed):
        enrolled(cohort, 1)


def test_who_joins_a_running_cohort_joins_with_a_reason(today: date) -> None:
    cohort = a_cohort(state="running")
    people = some_people(1, cohort.base)
    with pytest.raises(LateReasonMissing):
        enrolments.enrol(by=SYSTEM, on=today, cohort=cohort, people=people)
    enrolments.enrol(by=SYSTEM, on=today, cohort=cohort, people=people, late_reason="转班")
    assert AuditEvent.objects.filter(verb="cohort.enrolled").latest("pk").facts["late_reason"] == "转班"


def test_uploading_the_same_roster_again_while_running_needs_no_reason(today: date) -> None:
    cohort = a_cohort(state="enrolling")
    people = some_people(2, cohort.base)
    enrolled(cohort, people)
    bring_to(cohort, "running")
    assert len(enrolments.enrol(by=SYSTEM, on=today, cohort=cohort, people=people)) == 2


def test_an_approver_does_not_touch_the_roster(today: date) -> None:
    cohort = a_cohort()
    with pytest.raises(NotPermitted):
        enrolments.enrol(by=an_actor("approver"), on=today, cohort=cohort, people=[])


def test_leaving_is_noted_once_and_can_be_taken_back(today: date) -> None:
    cohort = a_cohort(state="running")
    enrolment = cohort.enrolments.get()
    enrolments.withdraw(by=SYSTEM, on=today, enrolment=enrolment)
    enrolments.withdraw(by=SYSTEM, on=today, enrolment=enrolment)
    left = Enrolment.objects.get(pk=enrolment.pk)
    assert (left.outcome, left.outcome_rule, left.outcome_on) == ("withdrew", "left", today)
    assert AuditEvent.objects.filter(verb="enrolment.withdrawn").count() == 1
    enrolments.take_back(by=SYSTEM, on=today, enrolment=enrolment)
    assert Enrolment.objects.get(pk=enrolment.pk).outcome == "pending"


def test_after_completion_nobody_leaves_any_more(today: date) -> None:
    cohort = a_completed_cohort()
    with pytest.raises(EnrolmentDecided):
        enrolments.withdraw(by=SYSTEM, on=today, enrolment=cohort.enrolments.get())
