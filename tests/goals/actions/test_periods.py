"""Periods are opened with their years, and counted portion by portion."""

import pytest
from django_tasks_db.models import DBTaskResult

from goals.actions import periods, recounts
from goals.models import PlanPeriod, Tally
from tests.conftest import TODAY
from tests.goals.factories import a_member, certified

pytestmark = pytest.mark.django_db


def test_a_period_opens_with_each_of_its_years_and_is_complete_where_nobody_is_to_be_counted() -> None:
    assert periods.ensure(2022, 2024).key == "2022-2024"
    assert {period.key for period in PlanPeriod.objects.all()} == {"2022-2024", "2022", "2023", "2024"}
    assert all(period.is_counted for period in PlanPeriod.objects.all())


def test_opening_it_again_changes_nothing() -> None:
    periods.ensure(2022, 2024)
    periods.ensure(2023, 2023)
    assert PlanPeriod.objects.count() == 4


def test_whoever_was_there_before_is_counted_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periods, "PEOPLE_AT_ONCE", 2)
    for n in range(1, 6):
        certified(a_member(n))
    held = periods.ensure(2024, 2024)
    assert not held.is_counted
    assert DBTaskResult.objects.filter(args_kwargs__args=[held.pk]).count() == 1
    assert periods.count(held.pk, on=TODAY) == 5
    assert PlanPeriod.objects.get().is_counted
    assert Tally.objects.count() == 5
    assert recounts.recount(on=TODAY, check=True).agrees


def test_counting_goes_on_where_it_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periods, "PEOPLE_AT_ONCE", 2)
    people = [a_member(n) for n in range(1, 6)]
    held = periods.ensure(2024, 2024)
    periods._portion(held.pk, on=TODAY)
    certified(people[4])  # counted by the write itself while the rest waits
    assert PlanPeriod.objects.get().counted_to == people[1].pk
    periods.count(held.pk, on=TODAY)
    assert recounts.recount(on=TODAY, check=True).agrees
