"""Follow-ups: made when they fall due, asked of who agreed, tried again, answered once for all that is due."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.actions import employment, follow_ups, service_records
from courses.errors import FollowUpDone
from courses.models import FollowUp, FollowUpTry
from courses.queries import follow_ups as queries
from courses.rules.employment import add_months
from registry.actions import consents, standards
from registry.errors import InvalidInput, NotPermitted
from registry.models import Person
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_counsellor, a_spell
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db

THREE = add_months(TODAY, 3)


def ask(follow_up: FollowUp, result: str, on: date = THREE, **values: Any) -> FollowUp:
    given = {"by": SYSTEM, "on": on, "contacted_on": on, "channel": "phone", "result": result} | values
    return follow_ups.record(follow_up=follow_up, **given)


def a_graduate(n: int, graduated_on: date) -> Person:
    person = a_person(n)
    service_records.record_graduation(
        by=SYSTEM, on=TODAY, person=person, graduated_on=graduated_on, level="bachelor"
    )
    return person


def a_due_question() -> FollowUp:
    """Three months after the completion of the only trainee."""
    a_completed_cohort()
    follow_ups.make_due(on=THREE)
    return FollowUp.objects.get()


def test_questions_are_made_on_the_day_they_fall_due_and_once() -> None:
    a_completed_cohort(people=2)
    assert follow_ups.make_due(on=THREE - timedelta(days=1)) == 0
    assert follow_ups.make_due(on=THREE) == 2
    assert follow_ups.make_due(on=THREE) == 0
    assert follow_ups.make_due(on=add_months(TODAY, 12)) == 4
    assert sorted(FollowUp.objects.values_list("months", flat=True)) == [3, 3, 6, 6, 12, 12]


def test_who_failed_is_not_asked() -> None:
    a_completed_cohort(score="20")
    assert follow_ups.make_due(on=THREE) == 0


def test_a_job_is_asked_about_while_it_lasts() -> None:
    start = TODAY - timedelta(days=200)
    lasting = a_spell(a_person(1), start)
    a_spell(a_person(2), start, ended_on=TODAY - timedelta(days=190), end_reason="resigned")
    follow_ups.make_due(on=TODAY)
    assert list(FollowUp.objects.values_list("spell", "months")) == [(lasting.pk, 3), (lasting.pk, 6)]


def test_a_graduate_without_work_is_guided_for_a_year_until_there_is_work() -> None:
    graduated_on = date(2023, 6, 30)
    looking, found = a_graduate(1, graduated_on), a_graduate(2, graduated_on)
    a_spell(found, date(2024, 2, 1), on=TODAY)
    follow_ups.make_due(on=date(2024, 7, 1))
    asked = FollowUp.objects.filter(graduation__isnull=False).values_list("person", "months", "due_on")
    assert list(asked.filter(person=looking)) == [
        (looking.pk, 3, date(2023, 9, 30)),
        (looking.pk, 6, date(2023, 12, 30)),
        (looking.pk, 9, date(2024, 3, 30)),
        (looking.pk, 12, date(2024, 6, 30)),
    ]
    assert [months for _pk, months, _day in asked.filter(person=found)] == [3, 6]


def test_a_graduate_at_work_is_asked_after_half_a_year_whatever_the_place_decided() -> None:
    graduate, other = a_graduate(1, date(2023, 6, 30)), a_person(2)
    standards.decide(
        by=SYSTEM,
        federation=a_federation("620500"),
        key="follow_up_months",
        value=[3],
        since=date(2023, 1, 1),
    )
    for person in (graduate, other):
        a_spell(person, date(2023, 9, 1), on=TODAY)
    follow_ups.make_due(on=TODAY)
    asked = FollowUp.objects.filter(spell__isnull=False).values_list("person", "months")
    assert sorted(asked) == [(graduate.pk, 3), (graduate.pk, 6), (other.pk, 3)]


def test_many_are_made_in_fixed_queries(django_assert_num_queries: Any) -> None:
    a_completed_cohort(people=12)
    for person in Person.objects.all()[:6]:
        a_spell(person, TODAY - timedelta(days=100))
        service_records.record_graduation(
            by=SYSTEM, on=TODAY, person=person, graduated_on=date(2024, 2, 1), level="bachelor"
        )
    with django_assert_num_queries(16):
        assert follow_ups.make_due(on=THREE) > 12


def test_a_question_older_than_a_year_is_not_asked_any_more() -> None:
    a_completed_cohort()
    follow_ups.make_due(on=TODAY + timedelta(days=3 * 366))
    assert not FollowUp.objects.exists()


def test_an_answer_closes_every_question_that_is_due_to_the_person() -> None:
    cohort = a_completed_cohort()
    a_spell(enrolment=cohort.enrolments.get(), started_on=TODAY)
    follow_ups.make_due(on=THREE)
    first, second = FollowUp.objects.all()
    ask(first, "employed", note="在厂里，满意")
    second.refresh_from_db()
    assert (second.result, second.done_on) == ("employed", THREE)
    assert FollowUpTry.objects.count() == 2
    with pytest.raises(FollowUpDone):
        ask(second, "unemployed")


def test_who_is_not_reached_is_tried_again_and_is_unreachable_after_three_tries() -> None:
    question = ask(a_due_question(), "unreachable")
    assert (question.done_on, question.next_on) == (None, THREE + timedelta(days=7))
    question = ask(question, "unreachable", next_on=THREE + timedelta(days=30))
    assert question.next_on == THREE + timedelta(days=30)
    question = ask(question, "unreachable")
    assert (question.result, question.tries) == ("unreachable", 3)


def test_an_answer_that_was_a_mistake_is_taken_back() -> None:
    question = ask(a_due_question(), "unemployed")
    follow_ups.reopen(by=SYSTEM, on=THREE, follow_up=question)
    assert ask(question, "employed").result == "employed"
    assert FollowUpTry.objects.count() == 2


def test_who_took_back_their_consent_is_not_listed_and_not_asked() -> None:
    question = a_due_question()
    agreed = consents.give(
        by=SYSTEM,
        on=TODAY,
        person=question.person,
        purpose="follow_up",
        channel="paper",
        text_version="1",
        given_on=TODAY,
    )
    counsellor = an_actor("counsellor", a_federation("620502"))
    assert queries.listed(counsellor, on=THREE).count() == 1
    consents.withdraw(by=SYSTEM, on=TODAY, consent=agreed)
    assert queries.listed(counsellor, on=THREE).count() == 0
    assert queries.unwilling(counsellor, on=THREE) == 1
    with pytest.raises(FollowUpDone):
        ask(question, "employed")


def test_questions_about_an_undone_job_go_away() -> None:
    spell = a_spell(started_on=TODAY - timedelta(days=100))
    follow_ups.make_due(on=TODAY)
    assert FollowUp.objects.count() == 1
    employment.undo(by=SYSTEM, on=TODAY, spell=spell, reason="登记错了人")
    assert FollowUp.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"contacted_on": THREE + timedelta(days=1)}, "contacted_on"),
        ({"channel": "pigeon"}, "channel"),
        ({"note": "长" * 1001}, "note"),
        ({"next_on": THREE}, "next_on"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(a_due_question(), "unreachable", **values)
    assert field in refused.value.facts["fields"]


@pytest.mark.parametrize("role", ["auditor", "federation_officer", "approver"])
def test_only_counsellors_answer(role: str) -> None:
    with pytest.raises(NotPermitted):
        ask(a_due_question(), "employed", by=an_actor(role, a_federation("620500")))


def test_a_counsellor_sees_their_own_people_first_and_oldest_first() -> None:
    cohort = a_completed_cohort(people=3)
    rows = [row.person for row in cohort.enrolments.all()]
    follow_ups.make_due(on=add_months(TODAY, 6))
    counsellor = actor_for(a_counsellor(rows[2]), on=TODAY)
    listed = list(queries.listed(counsellor, on=add_months(TODAY, 6)))
    assert [(row.person, row.months, row.is_mine) for row in listed[:3]] == [
        (rows[2], 3, True),
        (rows[2], 6, True),
        (rows[0], 3, False),
    ]
    assert listed[0].is_overdue
    assert queries.listed(counsellor, on=add_months(TODAY, 6), whose="nobody").count() == 4
    assert queries.listed(counsellor, on=add_months(TODAY, 6), whose="mine").count() == 2
