"""Statistics that left the federation, what can be released next, and the counts that it is made from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from goals.models import FigureDelta, FigureSnapshot, FigureTotal, PlanPeriod, Release
from goals.queries.periods import chosen, periods
from goals.rules import releases as rules
from goals.rules.indicators import INDICATORS, Indicator, Value
from goals.rules.releases import BREAKDOWNS, GOAL, Place, Table
from registry.models import Region
from registry.models.regions import RegionLevel
from registry.rules.access import Actor, Permission
from registry.rules.shares import percent

QUARTER_MONTHS = (3, 6, 9, 12)

CellCounts = dict[str, dict[str, dict[str, int]]]
"""By code and cell."""


@dataclass(frozen=True)
class Line:
    """A region in a released table; `value` is None where it is held back."""

    place: Place
    cell: str
    value: Value | None


def province_of(region: Region) -> Region | None:
    """The province that a region lies in, or is; None for the nation: tables are of one province."""
    found = Region.objects.filter(code__in=region.ancestor_codes, level=RegionLevel.PROVINCE)
    return found.first()


def provinces(actor: Actor, permission: Permission) -> QuerySet[Region]:
    """The provinces whose whole the actor holds the permission over."""
    paths = actor.scope(permission).region_paths
    wanted = Q(pk__in=())
    for path in paths:
        wanted |= Q(path__startswith=path)
    found = Region.objects.filter(level=RegionLevel.PROVINCE)
    return found if actor.is_system else found.filter(wanted)


def quarter(region: Region, *, on: date) -> tuple[PlanPeriod, date] | None:
    """The latest end of a quarter of which figures were kept, in the present plan; None where there is none."""
    of_plans = [period for period in periods(region) if not period.is_year]
    period = chosen(of_plans, None, on=on)
    if period is None:
        return None
    kept = FigureSnapshot.objects.filter(
        region=region, period=period, month_end__month__in=QUARTER_MONTHS, month_end__lt=on
    )
    latest = kept.order_by("-month_end").values_list("month_end", flat=True).first()
    return (period, latest) if latest else None


def places(province: Region, *, on: date, down_to: int | None = None) -> list[Place]:
    """The province and the regions below it, from the top down; `down_to` levels of them only."""
    rows = Region.objects.within(province.path).in_force(on).select_related("parent").order_by("path")
    depth = province.path.count("/")
    return [
        Place(one.code, one.name, one.level, one.parent.code if one.parent else "")
        for one in rows
        if down_to is None or one.path.count("/") - depth <= down_to
    ]


def kept(codes: Iterable[str], period: PlanPeriod, month_end: date) -> CellCounts:
    """The counts of regions as they were at the end of a month; one query."""
    rows = FigureSnapshot.objects.filter(region__code__in=list(codes), period=period, month_end=month_end)
    return {code: {"": counts} for code, counts in rows.values_list("region__code", "counts")}


def standing(province: Region, period: PlanPeriod) -> CellCounts:
    """The counts now, of the province and all below it, under every cell that may be released; two queries."""
    cells = Q(cell="")
    for breakdown in BREAKDOWNS:
        cells |= Q(cell__startswith=f"{breakdown}:")
    within = {"period": period, "region__path__startswith": province.path}
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    totals = FigureTotal.objects.filter(cells, **within).values_list("region__path", "cell", "counts")
    for path, cell, counts in totals:
        found[path.rstrip("/").split("/")[-1]][cell].update(counts)
    above = province.path.count("/") - 1
    deltas = FigureDelta.objects.filter(cells, **within).values_list("region__path", "cell", "counts")
    for path, cell, counts in deltas:
        for code in path.rstrip("/").split("/")[above:]:
            found[code][cell].update(counts)
    return {code: {cell: dict(one) for cell, one in by_cell.items()} for code, by_cell in found.items()}


def earlier(province: Region, period: PlanPeriod, indicator: str) -> list[Table]:
    """Every table of the indicator that was released for the period."""
    rows = Release.objects.filter(region=province, period=period, indicator=indicator)
    return list(rows.order_by("as_of", "pk").values_list("table", flat=True))


def open_table(province: Region, period: PlanPeriod, month_end: date) -> dict[str, Any]:
    """What the public would read of a province and the regions right below it at the end of a month; three queries."""
    there = places(province, on=month_end, down_to=1)
    counts = kept([place.code for place in there], period, month_end)
    return rules.table(INDICATORS[GOAL], there, counts, earlier=earlier(province, period, GOAL))


def public(*, region: str = "") -> list[Release]:
    """What is open to anyone: the releases of the goal, of each province the newest first; one query."""
    rows = Release.objects.open().filter(indicator=GOAL).select_related("region", "period")
    if region:
        rows = rows.filter(region__code=region)
    return list(rows.order_by("region__code", "-as_of", "-pk"))


def newest(rows: Iterable[Release]) -> list[Release]:
    """Of each province the newest release."""
    found: dict[int, Release] = {}
    for row in rows:
        found.setdefault(row.region_id, row)
    return list(found.values())


def lines(release: Release, *, region: str = "", cells: Iterable[str] = ("",)) -> list[Line]:
    """The rows of a release: of a region and all below it, from the top down, each under every cell."""
    indicator = INDICATORS[release.indicator]
    found: list[Line] = []
    inside: set[str] = set()
    wanted = list(cells)
    for one in release.table["regions"]:
        if not region or one["code"] == region or one["parent"] in inside:
            inside.add(one["code"])
            place = Place(**one)
            found += [
                Line(place, cell, _value(indicator, release.table, place.code, cell)) for cell in wanted
            ]
    return found


def _value(indicator: Indicator, table: Mapping[str, Any], code: str, cell: str) -> Value | None:
    counted = rules.numbers(indicator, table, code, cell)
    if counted is None:
        return None
    if len(counted) == 1:
        return Value(indicator, counted[0], None, None)
    within, every = counted
    share: Decimal | None = percent(within, every) if every else None
    return Value(indicator, within, every, share)
