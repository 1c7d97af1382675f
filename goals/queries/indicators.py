"""Indicators of a region: all of them, one by the regions right below, one broken down by who the people are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from courses.models import SkillCategory
from goals.models import FigureSnapshot, PlanPeriod
from goals.queries import figures, trends
from goals.queries.figures import Counts
from goals.rules.indicators import INDICATORS, Group, Indicator, Value, value
from goals.rules.slices import OVERLAPPING
from goals.rules.trends import last_quarter_end
from registry.errors import NotFound
from registry.models import Region, TrainingBase


@dataclass(frozen=True)
class Row:
    """An indicator's value; `change` since the end of the last quarter, None where that was not kept."""

    value: Value
    change: Decimal | None = None


@dataclass(frozen=True)
class RegionRow:
    """The value of a region below, or (None) of the people that the region itself manages."""

    region: Region | None
    value: Value


@dataclass(frozen=True)
class CellRow:
    """The value of those under a cell; "" are those under none of the breakdown's cells. `name` of a row's own."""

    cell: str
    value: Value
    name: str = ""


def named(key: str) -> Indicator:
    """Raises NotFound."""
    if key not in INDICATORS:
        raise NotFound(what="indicator")
    return INDICATORS[key]


def all_of(region: Region, period: PlanPeriod, *, on: date) -> dict[Group, list[Row]]:
    """Every indicator of the region by group, in the order in which they are shown; two queries."""
    counts = figures.of_one(region, period)
    kept = FigureSnapshot.objects.filter(region=region, period=period, month_end=last_quarter_end(on)).first()
    found: dict[Group, list[Row]] = {}
    for indicator in INDICATORS.values():
        change = trends.difference(indicator, counts, kept.counts) if kept else None
        found.setdefault(indicator.group, []).append(Row(value(indicator, counts), change))
    return found


def below(
    indicator: Indicator, region: Region, period: PlanPeriod, *, on: date
) -> tuple[Value, Counts, list[RegionRow]]:
    """The region's value with its counts, and the values of the regions right below it; two queries."""
    found = figures.of_region(region, period, on=on)
    rows = [RegionRow(child, value(indicator, counts)) for child, counts in found.below]
    if rows and found.itself:
        rows.append(RegionRow(None, value(indicator, found.itself)))
    return value(indicator, found.counts), found.counts, rows


def broken_down(
    indicator: Indicator, region: Region, period: PlanPeriod, *, by: str, whole: Counts
) -> list[CellRow]:
    """The values under each cell of a kind; two queries at most. Where everybody stands in one row, those who stand in
    none (people without a 残疾人证 of their own) are a row too.
    """
    cells = figures.by_cell(region, period, prefix=f"{by}:")
    names = cell_names(list(cells))
    rows = [
        CellRow(cell, found, names.get(cell, ""))
        for cell, counts in cells.items()
        if (found := value(indicator, counts)).numerator or found.denominator
    ]
    if by not in OVERLAPPING:
        rest = {
            name: count - sum(counts.get(name, 0) for counts in cells.values())
            for name, count in whole.items()
        }
        left = value(indicator, rest)
        if left.numerator or left.denominator:
            rows.append(CellRow("", left))
    return rows


def cell_names(cells: Collection[str]) -> dict[str, str]:
    """The names of what is no fixed list: bases by their ids, categories by their codes. A query for each of the two."""
    values: dict[str, list[str]] = {}
    for cell in cells:
        kind, _colon, value = cell.partition(":")
        values.setdefault(kind, []).append(value)
    names: dict[str, str] = {}
    if "base" in values:
        ids = [int(one) for one in values["base"] if one.isdecimal()]
        rows = TrainingBase.objects.filter(pk__in=ids).values_list("pk", "name")
        names |= {f"base:{pk}": name for pk, name in rows}
    if "category" in values:
        found = SkillCategory.objects.filter(code__in=values["category"])
        names |= {f"category:{one.code}": str(one) for one in found}
    return names
