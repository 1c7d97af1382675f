"""The figures at the ends of months stay as they were."""

from datetime import date

import pytest

from goals.actions import snapshots
from goals.models import FigureSnapshot
from goals.queries.figures import history
from tests.conftest import TODAY
from tests.goals.factories import a_member, a_period, certified, withdrawn
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


def test_a_snapshot_keeps_every_region_as_it_is_at_the_end_of_the_month() -> None:
    period = a_period()
    first = certified(a_member())
    assert snapshots.take(on=TODAY) == 4
    withdrawn(first)
    assert snapshots.take(on=TODAY) == 0, "the first one taken stays"
    (kept,) = history(a_region("620502"), period)
    assert kept.month_end == date(2024, 5, 31)
    assert (kept.counts["members"], kept.counts["one"]) == (1, 1)


def test_months_before_the_register_are_reconstructed_from_dates() -> None:
    period = a_period()
    person = a_member(on=date(2022, 1, 10))
    certified(person, "embroidery", on=date(2022, 2, 20))
    certified(person, "livestreaming", on=date(2022, 3, 20))
    ends = [date(2021, 12, 31), date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), TODAY]
    snapshots.reconstruct(period, ends, on=TODAY)
    found = [
        (row.month_end.month, row.counts.get("one", 0), row.counts.get("two", 0))
        for row in history(a_region("620500"), period)
    ]
    assert found == [(1, 0, 0), (2, 1, 0), (3, 0, 1)]
    assert FigureSnapshot.objects.filter(taken_on=TODAY).count() == 12
