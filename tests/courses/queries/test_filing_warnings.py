"""What an approver is told to look at."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from courses.actions import cohorts, courses, filings
from courses.actions.filings import NewLine
from courses.models import Cohort
from courses.queries.filing_warnings import flagged, warnings
from courses.queries.filings import facts_of
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import (
    a_cohort,
    a_completed_cohort,
    a_course,
    a_skill,
    enrolled,
    sessions_of,
    some_people,
)
from tests.courses.filing_factories import BUDGET, a_filing, an_ability_assessment
from tests.registry.factories import an_accreditation

pytestmark = pytest.mark.django_db


def told(cohort: Cohort, on: date = TODAY) -> dict[str, dict]:
    cohort = Cohort.objects.select_related("course", "base", "region").get(pk=cohort.pk)
    flags = flagged(cohort, on=on)
    return {one.code: dict(one.facts) for one in warnings(cohort, facts_of(cohort), on=on, flagged=flags)}


def a_quiet_filing(**fields) -> Cohort:
    """A filing about which there is nothing to say."""
    cohort = a_filing(**fields)
    an_accreditation(cohort.base)
    [trainee] = enrolled(cohort)
    an_ability_assessment(trainee.person)
    return cohort


def test_of_a_filing_in_order_nothing_is_told() -> None:
    assert told(a_quiet_filing()) == {}


def test_a_late_filing_says_how_many_days_and_what_is_wanted() -> None:
    cohort = a_quiet_filing()
    late = cohort.starts_on - timedelta(days=3)
    assert told(cohort, on=late) == {"filing_late": {"days": 3, "wanted": 7}}
    cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state="submitted")
    assert told(cohort, on=late) == {}  # it came in time; that the approver took long is not the base's fault


def test_base_hours_money_and_trainers() -> None:
    cohort = a_filing()
    sessions_of(a_cohort_at_the_same_time(cohort))
    courses.edit(by=SYSTEM, on=TODAY, course=cohort.course, trainee_charge=Decimal("50"), practice_hours=40)
    filings.set_budget(
        by=SYSTEM, on=TODAY, cohort=cohort, lines=[*BUDGET, NewLine("care", Decimal("1"), "social")]
    )
    found = told(cohort)
    assert set(found) == {
        "base_not_accredited",
        "filing_trainers_elsewhere",
        "filing_charges_trainees",
        "filing_other_sources",
        "filing_hours_differ",
        "filing_no_trainees",
    }
    assert found["filing_trainers_elsewhere"] == {"count": 5}
    assert found["filing_hours_differ"] == {"planned": 20, "course": 48}


def a_cohort_at_the_same_time(cohort: Cohort) -> Cohort:
    other = a_cohort(course=cohort.course, starts_on=cohort.starts_on, ends_on=cohort.ends_on)
    other.trainers.set(cohort.trainers.all())
    return other


def test_too_many_hours_a_day() -> None:
    cohort = a_quiet_filing(course=a_course(practice_hours=22))
    cohort.sessions.filter(on=cohort.starts_on).update(hours=10)
    cohort.course.practice_hours = 18
    cohort.course.save()
    assert told(cohort)["filing_hours_a_day"] == {"count": 1, "hours": 10, "most": 8}


def test_the_roster_is_held_against_the_record(today: date) -> None:
    done = a_completed_cohort()
    [before] = [row.person for row in done.enrolments.select_related("person")]
    skill = a_skill("health-massage")
    course = a_course(done.base, required_skill=skill, access_provisions=["braille"])
    cohort = a_filing(course=course, planned_trainees=1)
    cohorts.edit(by=SYSTEM, on=today, cohort=cohort, planned_trainees=1)
    [needy] = some_people(1, done.base)
    needy.access_needs = ["sign_language", "braille"]
    needy.save()
    enrolled(cohort, [before, needy])
    enrolled(a_cohort(starts_on=cohort.starts_on, ends_on=cohort.ends_on, state="enrolling"), [needy])
    found = told(cohort)
    assert {code: facts["count"] for code, facts in found.items() if code.startswith("roster")} == {
        "roster_in_another_cohort": 1,
        "roster_has_skill_and_level": 1,
        "roster_without_prerequisite": 2,
        "roster_not_assessed": 2,
        "roster_needs_not_met": 1,
    }
    assert found["filing_more_than_planned"] == {"count": 2, "planned": 1}


def test_a_prerequisite_is_met_at_its_level_or_above() -> None:
    taught = a_course(level=4)
    people = some_people(1, taught.base)
    a_completed_cohort(taught.base, people=people, course=taught)

    def without(level: int) -> int:
        course = a_course(
            taught.base, level=3, required_skill=taught.skill, required_level=level, name=f"进阶{level}"
        )
        cohort = a_cohort(course=course)
        enrolled(cohort, people)
        flags = flagged(cohort, on=TODAY)
        return sum("roster_without_prerequisite" in one.codes for one in flags)

    assert [without(level) for level in (0, 5, 4, 3)] == [0, 0, 0, 1]


def test_the_number_of_queries_does_not_depend_on_the_roster(django_assert_num_queries) -> None:
    counts = []
    for size in (1, 30):
        cohort = a_filing()
        enrolled(cohort, size)
        with django_assert_num_queries(2):  # its course, and the roster
            counts.append(len(flagged(cohort, on=TODAY)))
    assert counts == [1, 30]
