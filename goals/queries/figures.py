"""Figures of regions: folded totals and the deltas not folded yet, read in one statement."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, JSONField, Q, QuerySet, Value

from goals.models import FigureDelta, FigureSnapshot, FigureTotal, PlanPeriod, Tally
from registry.models import Region, TrainingBase
from registry.models.regions import in_subtrees

TOTALS, DELTAS, TALLIES = "totals", "deltas", "tallies"
EVERYBODY = ""

Counts = Mapping[str, int]
"""Whole numbers by measure (docs/indicators.md); what is missing is 0."""


Place = tuple[int, str, str]
"""Period, region code and cell."""


@dataclass(frozen=True)
class RegionCounts:
    """A region with its counts, those of the regions right below it, and of the people it manages itself."""

    region: Region
    counts: Counts
    below: list[tuple[Region, Counts]]
    itself: Counts


def of_region(region: Region, period: PlanPeriod, *, on: date, cell: str = EVERYBODY) -> RegionCounts:
    """The counts of a region and of each region right below: two queries, however many there are."""
    counts = _below(region, period, cell)
    regions = [child for child in region.children.all() if child.path in counts or _stands(child, on)]
    below: list[tuple[Region, Counts]] = [(child, counts.get(child.path, {})) for child in regions]
    whole = counts.get(region.path, {})
    itself = Counter(whole)
    itself.subtract(sum((Counter(found) for _, found in below), Counter[str]()))
    return RegionCounts(region, whole, below, {name: count for name, count in itself.items() if count})


def of_one(region: Region, period: PlanPeriod, *, cell: str = EVERYBODY) -> Counts:
    """The counts of one region with all below; one query."""
    return by_cell(region, period, prefix=cell).get(cell, {})


def of_periods(region: Region, periods: Collection[int]) -> dict[int, Counts]:
    """The counts of one region with all below in each of these periods, by their pk; one query."""
    wanted = {"period__in": periods, "cell": EVERYBODY}
    fields = ("period_id", "counts")
    totals = FigureTotal.objects.filter(region=region, **wanted).order_by().values_list(*fields)
    deltas = FigureDelta.objects.filter(region__path__startswith=region.path, **wanted).order_by()
    found: dict[int, Counter[str]] = {pk: Counter() for pk in periods}
    for pk, counts in totals.union(deltas.values_list(*fields), all=True):
        _add(found[pk], counts)
    return {pk: _some(counts) for pk, counts in found.items()}


def below_in_periods(region: Region, periods: Collection[int]) -> dict[int, dict[str, Counts]]:
    """The counts of each region right below, by period and by path; one query."""
    wanted = {"period__in": periods, "cell": EVERYBODY}
    fields = ("period_id", "source", "region__path", "counts")
    totals = FigureTotal.objects.filter(region__parent=region, **wanted).order_by()
    deltas = FigureDelta.objects.filter(region__path__startswith=region.path, **wanted).order_by()
    united = (
        totals.annotate(source=Value(TOTALS, CharField()))
        .values_list(*fields)
        .union(deltas.annotate(source=Value(DELTAS, CharField())).values_list(*fields), all=True)
    )
    found: dict[int, dict[str, Counter[str]]] = {pk: defaultdict(Counter) for pk in periods}
    for pk, _source, path, counts in united:
        _add(found[pk][_towards(path, region.path)], counts)
    return {pk: {path: _some(counts) for path, counts in of_one.items()} for pk, of_one in found.items()}


def by_cell(region: Region, period: PlanPeriod, *, prefix: str) -> dict[str, Counts]:
    """The counts of one region under each cell that begins so ("sex:"; "" alone is everybody); one query."""
    cells = Q(cell__startswith=prefix) if prefix.endswith(":") else Q(cell=prefix)
    totals = _rows(FigureTotal.objects.filter(cells, period=period, region=region), TOTALS)
    deltas = _rows(
        FigureDelta.objects.filter(cells, period=period, region__path__startswith=region.path), DELTAS
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for _source, _path, cell, counts in totals.union(deltas, all=True):
        _add(found[cell], counts)
    return {cell: some for cell, counts in sorted(found.items()) if (some := _some(counts))}


def by_path(
    regions: Collection[Region], period: PlanPeriod, *, cell: str = EVERYBODY, and_below: bool = True
) -> dict[str, Counts]:
    """The counts of these regions, and of every region below them, by path; one query."""
    inside = in_subtrees("region__path", tuple(region.path for region in regions))
    these = inside if and_below else Q(region__in=regions)
    totals = _rows(FigureTotal.objects.filter(these, period=period, cell=cell), TOTALS)
    deltas = _rows(FigureDelta.objects.filter(inside, period=period, cell=cell), DELTAS)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for source, path, _cell, counts in totals.union(deltas, all=True):
        codes = path.rstrip("/").split("/")
        above = [path] if source == TOTALS else ["/".join(codes[:n]) + "/" for n in range(1, len(codes) + 1)]
        for one in above:
            if any(one.startswith(region.path) for region in regions):
                _add(found[one], counts)
    return {path: some for path, counts in sorted(found.items()) if (some := _some(counts))}


def history(region: Region, period: PlanPeriod) -> list[FigureSnapshot]:
    """The ends of months, the earliest first, as they were then."""
    return list(FigureSnapshot.objects.filter(region=region, period=period))


def of_base(base: TrainingBase, period: PlanPeriod) -> Counts:
    """The counts of the people who are registered at a base; they are few, and added up as they are."""
    rows = Tally.objects.filter(period=period, person__base_registrations__base=base)
    return add(rows.values_list("counts", flat=True))


def add(rows: Iterable[Counts]) -> Counts:
    whole: Counter[str] = Counter()
    for counts in rows:
        _add(whole, counts)
    return _some(whole)


def disagreements(periods: Collection[PlanPeriod]) -> dict[Place, tuple[Counts, Counts]]:
    """Where totals with their deltas differ from the tallies: (period, code, cell) → (as kept, as counted).

    Each period in one statement that reads all three, so that writers and folds may go on meanwhile.
    """
    found: dict[Place, tuple[Counts, Counts]] = {}
    for period in periods:
        kept: dict[Place, Counter[str]] = defaultdict(Counter)
        # First by the region itself: there are millions of tallies, and few regions to carry their sums up from.
        people: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        alike: dict[tuple[str, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
        deltas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for source, path, cell, counts, cells, parts in _all_of(period):
            if source == TALLIES:
                _add(alike[path, tuple(cells)], counts)
                for one, part in parts.items():
                    _add(people[path, one], part)
            elif source == DELTAS:
                _add(deltas[path, cell], counts)
            else:
                _add(kept[period.pk, path.rstrip("/").rpartition("/")[2], cell], counts)
        for (path, held), counts in alike.items():
            for one in (EVERYBODY, *held):
                _add(people[path, one], counts)
        _carry_up(deltas, period, kept)
        right: dict[Place, Counter[str]] = defaultdict(Counter)
        _carry_up(people, period, right)
        for place in sorted({*kept, *right}):
            pair = _some(kept[place]), _some(right[place])
            if pair[0] != pair[1]:
                found[place] = pair
    return found


def _carry_up(
    sums: Mapping[tuple[str, str], Counter[str]], period: PlanPeriod, into: dict[Place, Counter[str]]
) -> None:
    """Sums by path and cell, added to the region of the path and to all above."""
    for (path, cell), counts in sums.items():
        for code in path.rstrip("/").split("/"):
            _add(into[period.pk, code, cell], counts)


def _all_of(period: PlanPeriod) -> Iterator[tuple[str, str, str, Counts, list[str], dict[str, Counts]]]:
    fields = ("source", "region__path", "cell", "counts", "cells", "parts")
    nothing = {"cells": Value([], JSONField()), "parts": Value({}, JSONField())}
    tallies = Tally.objects.filter(period=period).annotate(
        source=Value(TALLIES, CharField()), cell=Value("", CharField())
    )
    deltas = FigureDelta.objects.filter(period=period).annotate(source=Value(DELTAS, CharField()), **nothing)
    totals = FigureTotal.objects.filter(period=period).annotate(source=Value(TOTALS, CharField()), **nothing)
    united = (
        tallies.order_by()
        .values_list(*fields)
        .union(deltas.order_by().values_list(*fields), totals.order_by().values_list(*fields), all=True)
    )
    yield from united.iterator(chunk_size=10_000)


def _stands(region: Region, on: date) -> bool:
    """Whether the region's code is in force; a retired one is shown only while it still has people."""
    return (region.valid_from or on) <= on <= (region.valid_to or on)


def _below(region: Region, period: PlanPeriod, cell: str) -> dict[str, Counts]:
    """Counts by path, of the region and of those right below. One statement, so one moment: see `fold`."""
    wanted = {"period": period, "cell": cell}
    totals = _rows(FigureTotal.objects.filter(Q(region=region) | Q(region__parent=region), **wanted), TOTALS)
    deltas = _rows(FigureDelta.objects.filter(region__path__startswith=region.path, **wanted), DELTAS)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for source, path, _cell, counts in totals.union(deltas, all=True):
        for counted in {path} if source == TOTALS else {region.path, _towards(path, region.path)}:
            _add(found[counted], counts)
    return {path: some for path, counts in found.items() if (some := _some(counts))}


def _towards(path: str, ancestor: str) -> str:
    """The part of a path that ends one region below the ancestor; the ancestor's own path stays."""
    return "/".join(path.split("/")[: ancestor.count("/") + 1]).rstrip("/") + "/"


def _rows(rows: QuerySet[Any], source: str) -> QuerySet[Any, Any]:
    """Rows as (source, path, cell, counts), to be united with the others."""
    return (
        rows.order_by()
        .annotate(source=Value(source, CharField()))
        .values_list("source", "region__path", "cell", "counts")
    )


def _add(whole: Counter[str], counts: Counts) -> None:
    for name, count in counts.items():
        whole[name] += count


def _some(counts: Counter[str]) -> Counts:
    return {name: count for name, count in sorted(counts.items()) if count}
