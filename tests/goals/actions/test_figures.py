"""The two-skills figures follow the facts."""

from datetime import date, timedelta
from typing import Any

import pytest

from certificates.models import Certificate
from goals.actions import dates, figures, recounts
from goals.models import FigureDelta, FigureTotal, Tally
from goals.queries.coverage import of_region
from registry.models import AuditEvent, Person
from tests.conftest import TODAY
from tests.goals.factories import (
    BEFORE,
    a_member,
    a_period,
    certificates,
    certified,
    employed,
    enrolments,
    externally_cancelled,
    externally_certified,
    in_need,
    moved,
    not_employed,
    reinstated,
    suspended,
    withdrawn,
)
from tests.registry.factories import a_citizen_id, a_person, a_region

pytestmark = pytest.mark.django_db


def goal(code: str = "620502", on: date = TODAY) -> tuple[int, int, int]:
    """People, with one skill, with two or more."""
    return of_region(a_region(code), a_period(), on=on).figures.counts


def test_a_person_counts_in_every_region_above() -> None:
    a_period()
    a_member()
    assert [goal(code) for code in ("620502", "620500", "620000", "000000")] == [(1, 0, 0)] * 4
    assert goal("211102") == (0, 0, 0)


def test_two_certificates_for_one_skill_are_one_skill() -> None:
    a_period()
    person = a_member()
    certified(person)
    certified(person)
    assert goal() == (1, 1, 0)


def test_a_second_skill_moves_the_person_and_a_withdrawal_moves_them_back() -> None:
    a_period()
    person = a_member()
    certified(person, "livestreaming")
    second = certified(person, "embroidery")
    assert goal() == (1, 0, 1)
    suspended(second)
    assert goal() == (1, 1, 0)
    reinstated(second)
    assert goal() == (1, 0, 1)
    withdrawn(second)
    assert goal() == (1, 1, 0)


def test_an_external_certificate_counts_once_verified_until_it_is_cancelled() -> None:
    a_period()
    person = a_member()
    row = externally_certified(person, "embroidery", verified=False)
    assert goal() == (1, 0, 0)
    externally_cancelled(row)
    row = externally_certified(person, "embroidery")
    assert goal() == (1, 1, 0)
    externally_cancelled(row)
    assert goal() == (1, 0, 0)


def test_an_external_certificate_runs_out_the_day_after_its_last() -> None:
    a_period()
    externally_certified(a_member(), "embroidery", valid_until=TODAY + timedelta(days=2))
    dates.beat(since=TODAY, on=TODAY + timedelta(days=2))
    assert goal() == (1, 1, 0)
    dates.beat(since=TODAY + timedelta(days=2), on=TODAY + timedelta(days=3))
    assert goal() == (1, 0, 0)


def test_whoever_turns_sixteen_joins_on_the_birthday() -> None:
    a_period()
    person = a_person(citizen_id=a_citizen_id(7, birth=date(2008, 6, 5)))
    not_employed(person, since=BEFORE + timedelta(days=60))
    in_need(person)
    dates.beat(since=TODAY, on=TODAY + timedelta(days=1))
    assert goal() == (0, 0, 0)
    dates.beat(since=TODAY + timedelta(days=1), on=TODAY + timedelta(days=2))
    assert goal() == (1, 0, 0)


def test_whoever_finds_work_stays_in_the_figures() -> None:
    a_period()
    person = a_member(on=TODAY - timedelta(days=1))
    employed(person, since=TODAY)
    assert goal() == (1, 0, 0)


def test_a_corrected_record_of_the_past_takes_out_whoever_never_qualified() -> None:
    a_period()
    person = a_member()
    certified(person)
    employed(person, since=date(2022, 1, 1))
    assert goal() == (0, 0, 0)
    assert recounts.recount(on=TODAY, check=True).agrees


def test_family_members_and_work_injury_workers_are_not_counted() -> None:
    a_period()
    for n, kind in enumerate(["household_member", "work_injury"], 1):
        person = a_person(n, kind=kind, category="")
        not_employed(person, since=BEFORE)
        in_need(person)
    assert goal() == (0, 0, 0)


def test_a_move_takes_the_person_and_their_skills_along() -> None:
    a_period()
    person = a_member()
    certified(person)
    moved(person, "620503")
    assert (goal("620502"), goal("620503"), goal("620500")) == ((0, 0, 0), (1, 1, 0), (1, 1, 0))


def test_a_period_that_ended_admits_nobody_but_still_counts_skills() -> None:
    a_period(2022, 2023)
    a_period(2025, 2027)
    early = a_member(1, on=date(2023, 12, 31))
    a_member(2, on=date(2024, 1, 1))
    certified(early, on=TODAY)
    assert of_region(a_region(), a_period(2022, 2023), on=TODAY).figures.counts == (1, 1, 0)
    assert of_region(a_region(), a_period(2025, 2027), on=TODAY).figures.counts == (0, 0, 0)


def test_recording_the_past_does_not_undo_what_is_known_of_the_present() -> None:
    a_period()
    person = a_member(on=TODAY)
    externally_certified(person, "embroidery", on=TODAY)
    certified(person, "livestreaming", on=date(2022, 3, 1))
    assert goal() == (1, 0, 1)


def test_folding_changes_no_figure_and_leaves_no_delta() -> None:
    a_period()
    for n in range(1, 4):
        certified(a_member(n, region=["620502", "620503", "211102"][n - 1]))
    codes = ["620502", "620503", "620500", "620000", "211102", "000000"]
    before = [goal(code) for code in codes]
    assert figures.fold() > 0
    assert not FigureDelta.objects.exists()
    certified(Person.objects.first(), "embroidery")  # type: ignore[arg-type]
    assert [goal(code) for code in codes] != before
    after = [goal(code) for code in codes]
    figures.fold()
    assert [goal(code) for code in codes] == after
    assert figures.fold() == 0


def test_many_deltas_fold_by_themselves_once_the_transaction_is_over(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(figures, "FOLD_EVERY", 2)
    a_period()
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(1, 5):
            a_member(n)
    assert FigureDelta.objects.count() < 2
    assert goal() == (4, 0, 0)


def test_a_region_shows_its_children_and_whom_it_manages_itself() -> None:
    a_period()
    a_member(1, "620502")
    a_member(2, "620503")
    a_member(3, "620500")
    shown = of_region(a_region("620500"), a_period(), on=TODAY)
    assert {line.region.code: line.figures.counts for line in shown.below} == {
        "620502": (1, 0, 0),
        "620503": (1, 0, 0),
    }
    assert shown.figures.counts == (3, 0, 0)
    assert shown.itself.counts == (1, 0, 0)


def test_a_batch_takes_as_many_queries_as_one_person(django_assert_num_queries: Any) -> None:
    a_period()
    people = [a_member(n) for n in range(1, 61)]
    for some in (people[:1], people):
        rows = certificates(enrolments(some))
        Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(status="suspended")
        with django_assert_num_queries(22):  # a savepoint and its release are two of them
            figures.people_changed(people=[person.pk for person in some], on=TODAY)
        assert goal() == (60, 0, 0)


def test_people_without_a_need_cost_little(django_assert_num_queries: Any) -> None:
    a_period()
    person = a_person()
    with django_assert_num_queries(20):
        figures.people_changed(people=[person.pk], on=TODAY)


def test_a_recount_finds_and_mends_a_wrong_member() -> None:
    a_period()
    certified(a_member())
    Tally.objects.update(skills=2)
    found = recounts.recount(on=TODAY, check=True)
    assert found.wrong_people == {("2022–2024", "620502"): 1}
    assert Tally.objects.get().skills == 2, "a check only tells"
    assert not recounts.recount(on=TODAY, check=False).agrees
    assert AuditEvent.objects.filter(verb="figures.people_recounted").exists()
    figures.fold()
    # The member's own row is right again, and its region's sum with it.
    recounts.recount(on=TODAY, check=False)
    assert recounts.recount(on=TODAY, check=True).agrees
    assert goal() == (1, 1, 0)


def test_a_recount_finds_and_mends_a_wrong_total() -> None:
    a_period()
    certified(a_member())
    figures.fold()
    FigureTotal.objects.filter(region=a_region("620500"), cell="sex:male").update(counts={"two": 5})
    found = recounts.recount(on=TODAY, check=True)
    assert [(wrong.region_code, wrong.cell, wrong.kept) for wrong in found.wrong_totals] == [
        ("620500", "sex:male", {"two": 5})
    ]
    recounts.recount(on=TODAY, check=False)
    assert AuditEvent.objects.filter(verb="figures.totals_recounted").exists()
    assert recounts.recount(on=TODAY, check=True).agrees
    assert goal("620500") == (1, 1, 0)


def test_a_recount_admits_everybody_to_a_period_that_is_new() -> None:
    certified(a_member())
    a_period()
    recounts.recount(on=TODAY, check=False)
    assert goal() == (1, 1, 0)
