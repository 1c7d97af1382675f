"""Every figure of random registries equals the one that tests/goals/by_hand counts from the raw rows."""

import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goals.actions import figures, recounts, snapshots
from goals.models import FigureSnapshot, PlanPeriod
from goals.queries.figures import by_cell, of_region
from goals.rules.indicators import INDICATORS, value
from registry.models import Region
from tests.goals import by_hand
from tests.goals.factories import a_period
from tests.goals.registries import (
    DAYS_OF_COUNTING,
    PERIODS,
    REGIONS,
    REGISTRY,
    Ground,
    Row,
    a_ground,
    written,
)

EARLIER = date(2024, 5, 31)
EXAMPLES = int(os.environ.get("EXAMPLES", "25"))


@pytest.fixture
def ground(db: None) -> Ground:
    for years in PERIODS:
        a_period(*years)
    return a_ground()


@given(
    people=REGISTRY,
    on=st.sampled_from(DAYS_OF_COUNTING),
    place=st.sampled_from(["000000", "620000", "620500", *REGIONS]),
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
def test_people_regions_and_indicators_are_as_counted_by_hand(
    ground: Ground, people: list[Row], on: date, place: str
) -> None:
    with transaction.atomic():
        written(people, ground)
        recounts.recount(on=on, check=False)
        expected = by_hand.everything(on)
        assert not list(by_hand.differences(expected))
        figures.fold()
        assert not list(by_hand.differences(expected))
        region = Region.objects.get(code=place)
        for period, tallies in expected.items():
            assert not list(_otherwise_read(region, period, by_hand.totals(tallies), on))
        assert _reconstructed(EARLIER, on) == _by_hand_then(EARLIER, on)
        transaction.set_rollback(True)


def _reconstructed(day: date, on: date) -> dict[str, dict[str, int]]:
    """What the snapshots of a day before the register ran say of the longest period, by the region's code."""
    period = a_period(*PERIODS[0])
    snapshots.reconstruct(period, [day], on=on)
    return {row.region.code: row.counts for row in FigureSnapshot.objects.select_related("region")}


def _by_hand_then(day: date, on: date) -> dict[str, dict[str, int]]:
    if on <= day:
        return {}
    totals = by_hand.totals(by_hand.tallies(a_period(*PERIODS[0]), day, by_hand.lives()))
    return {code: counts for (code, cell), counts in totals.items() if not cell}


def _otherwise_read(
    region: Region, period: PlanPeriod, totals: dict[tuple[str, str], dict[str, int]], on: date
) -> Iterator[str]:
    """Where what pages read of a region differs from the sums by hand."""
    shown = of_region(region, period, on=on)
    found = {(child.code, ""): counts for child, counts in shown.below}
    found[region.code, ""] = shown.counts
    for kind in ("hardship:", "base:"):
        for cell, counts in by_cell(region, period, prefix=kind).items():
            found[region.code, cell] = counts
    for key, counts in found.items():
        if counts != totals.get(key, {}):
            yield f"{period} {key}: {counts} is not {totals.get(key)}"
    expected = by_hand.indicators(totals.get((region.code, ""), {}))
    for name, indicator in INDICATORS.items():
        said = value(indicator, shown.counts)
        if (said.numerator, said.denominator, said.share) != expected[name]:
            yield f"{period} {region.code} {name}: {said} is not {expected[name]}"
