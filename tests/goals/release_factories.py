"""Figures of provinces for tests of what leaves: as counting and snapshots leave them, without the people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from goals.models import FigureSnapshot, FigureTotal, PlanPeriod
from goals.rules.indicators import DEFINITIONS
from tests.goals.factories import a_period
from tests.registry.factories import a_region

QUARTER = date(2024, 3, 31)
GANSU = {"620000": (60, 20), "620100": (30, 10), "620500": (30, 10)}
"""People in the population and those of them with two skills, by region."""


def a_quarter(
    people: Mapping[str, tuple[int, int]] = GANSU,
    *,
    month_end: date = QUARTER,
    period: PlanPeriod | None = None,
) -> PlanPeriod:
    """The figures of the goal as they were kept at the end of a month."""
    held = period or a_period()
    for code, (members, two) in people.items():
        FigureSnapshot.objects.create(
            period=held,
            region=a_region(code),
            month_end=month_end,
            counts={"members": members, "two": two},
            definitions=DEFINITIONS,
            taken_on=month_end,
        )
    return held


def totals(period: PlanPeriod, by_region: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
    """Counts now, by region and cell."""
    for code, cells in by_region.items():
        for cell, counts in cells.items():
            FigureTotal.objects.create(period=period, region=a_region(code), cell=cell, counts=counts)
