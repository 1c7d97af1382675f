"""The rates of real rows: what counts, what is narrowed, who sees it, in how many queries."""

from datetime import timedelta
from typing import Any

import pytest

from courses.actions import employment, follow_ups
from courses.models import Cohort, Enrolment, FollowUp
from courses.queries import rates
from courses.rules.rates import Rates
from registry.actions import standing
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.factories import STARTS_ON, a_completed_cohort
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=400)


def a_class(base: Any = None, *, unemployed: int = 4, employed: int = 1) -> Cohort:
    """A completed class of people who said at its start whether they had work; one more nobody asked."""
    base = base or a_base()
    first = Enrolment.objects.count() + 1
    people = [a_person(n, base=base, on=STARTS_ON) for n in range(first, first + unemployed + employed + 1)]
    for number, person in enumerate(people[:-1]):
        standing.record_employment(
            by=SYSTEM,
            on=STARTS_ON,
            person=person,
            status="unemployed" if number < unemployed else "employed",
            since=STARTS_ON - timedelta(days=9),
        )
    return a_completed_cohort(base, people=people)


def test_a_class_of_six_reads_as_it_was_lived() -> None:
    cohort = a_class()
    rows = list(cohort.enrolments.all())
    a_spell(enrolment=rows[0], started_on=TODAY + timedelta(days=30), on=LATER)
    a_spell(enrolment=rows[1], started_on=TODAY + timedelta(days=31), on=LATER)
    a_spell(enrolment=rows[2], started_on=TODAY + timedelta(days=200), on=LATER)
    follow_ups.make_due(on=LATER)
    asked = FollowUp.objects.get(spell__person=rows[0].person, months=6)
    follow_ups.record(
        by=SYSTEM, on=LATER, follow_up=asked, contacted_on=LATER, channel="phone", result="employed"
    )
    found = rates.figures(SYSTEM, on=LATER, cohort=cohort)
    assert found.total == Rates(closed=4, converted=2, unknown_start=1, retained=1, unknown=1)
    assert rates.shown(found.total)["conversion"] == 50
    assert rates.shown(found.total)["retention"] == 100
    assert rates.shown(found.total)["unknown_share"] == 50
    assert found.terms == rates.Terms(180, 6)


def test_an_open_window_is_in_no_rate() -> None:
    a_class()
    found = rates.figures(SYSTEM, on=TODAY + timedelta(days=179)).total
    assert (found.closed, found.waiting) == (0, 4)
    assert rates.shown(found) == {"conversion": None, "retention": None, "unknown_share": None}


def test_an_undone_job_counts_nowhere() -> None:
    spell = a_spell(enrolment=a_class().enrolments.first(), started_on=TODAY, on=LATER)
    employment.undo(by=SYSTEM, on=LATER, spell=spell, reason="登记错了人")
    assert rates.figures(SYSTEM, on=LATER).total.converted == 0


def test_lines_are_of_regions_bases_courses_or_cohorts() -> None:
    first, second = a_class(a_base("620502")), a_class(a_base("620503"))
    city = a_federation("620500").region
    assert [line.key for line in rates.figures(SYSTEM, on=LATER, by="region", region=city).lines] == [
        "620502",
        "620503",
    ]
    for by, keys in {
        "base": {first.base.public_id, second.base.public_id},
        "course": {first.course.public_id, second.course.public_id},
        "cohort": {first.public_id, second.public_id},
    }.items():
        assert {line.key for line in rates.figures(SYSTEM, on=LATER, by=by).lines} == keys
    assert rates.figures(SYSTEM, on=LATER, base=first.base).total.closed == 4
    assert rates.figures(SYSTEM, on=LATER, course=second.course).total.closed == 4
    assert rates.figures(SYSTEM, on=LATER, year=1999).total == Rates()


def test_each_actor_reads_their_own() -> None:
    mine, _other = a_class(a_base("620502")), a_class(a_base("620503"))
    for actor in (an_actor("base_manager", mine.base), an_actor("counsellor", a_federation("620502"))):
        assert rates.figures(actor, on=LATER).total.closed == 4
    assert rates.figures(an_actor("auditor", a_federation("620500")), on=LATER).total.closed == 8


@pytest.mark.parametrize("people", [1, 9])
def test_queries_do_not_grow_with_people(people: int, django_assert_num_queries: Any) -> None:
    cohort = a_class(unemployed=people)
    for row in cohort.enrolments.all():
        a_spell(enrolment=row, started_on=TODAY, on=LATER)
    actor = an_actor("base_manager", cohort.base)
    with django_assert_num_queries(6):
        rates.figures(actor, on=LATER)
