"""Everybody's part in a period, sums of regions, indicators; and where the figures kept by the site differ."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from goals.models import FigureDelta, FigureTotal, PlanPeriod, Tally
from goals.rules.indicators import INDICATORS
from registry.models import LocalStandard
from tests.goals.by_hand import goal, training
from tests.goals.by_hand.cells import cells
from tests.goals.by_hand.due import services
from tests.goals.by_hand.goal import ever, skills
from tests.goals.by_hand.graduates import graduates
from tests.goals.by_hand.lives import Life, lives
from tests.goals.by_hand.quality import is_complete, quality
from tests.goals.by_hand.span import Span
from tests.goals.by_hand.work import of_family, work

Counts = dict[str, int]


@dataclass(frozen=True)
class Added:
    """What one person adds to one period."""

    region: str
    joined_on: date | None
    skills: int
    counts: Counts
    cells: frozenset[str]
    parts: dict[str, Counts]


Tallies = dict[int, Added]
Figures = dict[PlanPeriod, Tallies]

# Counting by hand is slow, and most rows are as they were a step before: what was counted for exactly these rows.
_counted: dict[str, Added | None] = {}


def everything(on: date) -> Figures:
    """What everybody adds to each period."""
    everybody = lives()
    return {period: tallies(period, on, everybody) for period in PlanPeriod.objects.all()}


def tallies(period: PlanPeriod, on: date, everybody: dict[int, Life]) -> Tallies:
    """What everybody adds, by the person's id; who adds nothing is left out."""
    span = _span(period, on)
    if on < span.first:
        return {}
    households: dict[int, list[Life]] = {}
    for one in everybody.values():
        head = one.person["household_of_id"]
        if head is not None:
            households.setdefault(head, []).append(one)
    found = {}
    for key, life in everybody.items():
        household = households.get(key, [])
        head = everybody.get(life.person["household_of_id"])
        rows = repr((span, life, household, head))
        if rows not in _counted:
            if len(_counted) > 50_000:
                _counted.clear()
            _counted[rows] = _added(life, household, head, span)
        added = _counted[rows]
        if added is not None:
            found[key] = added
    return found


def totals(tallies: Tallies) -> dict[tuple[str, str], Counts]:
    """Sums by the region's code and the cell: the person's region and all above it."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    for one in tallies.values():
        parts = {"": one.counts, **dict.fromkeys(one.cells, one.counts), **one.parts}
        for code in one.region.rstrip("/").split("/"):
            for cell, counts in parts.items():
                sums.setdefault((code, cell), Counter()).update(counts)
    return {place: dict(counts) for place, counts in sums.items()}


def indicators(counts: Counts) -> dict[str, tuple[int, int | None, Decimal | None]]:
    """Numerator, denominator and share in per cent (one decimal, rounded down) of every indicator."""
    found = {}
    for key, indicator in INDICATORS.items():
        numerator = sum(counts.get(name, 0) for name in indicator.numerator.split("+"))
        if not indicator.denominator:
            found[key] = (numerator, None, None)
            continue
        denominator = sum(counts.get(name, 0) for name in indicator.denominator.split("+"))
        share = None
        if denominator:
            share = (Decimal(numerator * 100) / denominator).quantize(Decimal("0.1"), ROUND_DOWN)
        found[key] = (numerator, denominator, share)
    return found


def recorded(period: PlanPeriod) -> dict[int, Added]:
    """What the site keeps of everybody, in the same shape."""
    return {
        row.person_id: Added(
            row.region.path, row.joined_on, row.skills, row.counts, frozenset(row.cells), row.parts
        )
        for row in Tally.objects.filter(period=period).select_related("region")
    }


def summed(period: PlanPeriod) -> dict[tuple[str, str], Counts]:
    """What the site keeps of regions: totals, and what is not folded into them yet, of every place above it."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    for row in FigureTotal.objects.filter(period=period).select_related("region"):
        sums.setdefault((row.region.code, row.cell), Counter()).update(row.counts)
    for delta in FigureDelta.objects.filter(period=period).select_related("region"):
        for code in delta.region.ancestor_codes:
            sums.setdefault((code, delta.cell), Counter()).update(delta.counts)
    plain = {place: {name: n for name, n in counts.items() if n} for place, counts in sums.items()}
    return {place: counts for place, counts in plain.items() if counts}


def differences(expected: Figures) -> Iterator[str]:
    """Where people's parts or the sums of regions differ, period by period, in words for whoever reads the failure."""
    for period, by_person in expected.items():
        yield from _between(f"{period}: person", by_person, recorded(period))
        yield from _between(f"{period}: place", totals(by_person), summed(period))


def _between(what: str, expected: dict[Any, Any], found: dict[Any, Any]) -> Iterator[str]:
    for key in sorted(expected.keys() | found.keys()):
        one, other = expected.get(key), found.get(key)
        if one != other:
            yield f"{what} {key}:\n  by hand  {one}\n  the site {other}"


def _span(period: PlanPeriod, on: date) -> Span:
    rows = LocalStandard.objects.filter(federation__region__code="000000", since__lte=on).order_by("since")
    held = {row.key: row.value for row in rows}
    return Span(
        date(period.first_year, 1, 1),
        date(period.last_year, 12, 31),
        on,
        held.get("conversion_window_days") or 180,
        held.get("retention_months") or 6,
    )


def _added(life: Life, household: list[Life], head: Life | None, span: Span) -> Added | None:
    kind, region, held = life.person["kind"], life.person["region__path"], cells(life, span)
    counts: Counter[str] = Counter()
    if kind == "household_member":
        counts = training.family(life, span) + of_family(life, head, span)
    if kind != "disabled":
        return Added(region, None, 0, dict(counts), frozenset(held), {}) if counts else None
    found = ever(life, span)
    for section in (
        goal.goal(life, span, found),
        training.training(life, span),
        training.externals(life, span),
        work(life, span),
        services(life, household, span, found),
        graduates(life, span),
        quality(life, span),
    ):
        counts += section
    if not counts:
        return None
    counts["people"] = 1
    if is_complete(life):
        counts["people_complete"] = 1
    parts: dict[str, Counter[str]] = {}
    for of_part in (goal.parts(life, span, found), training.parts(life, span)):
        for name, some in of_part.items():
            parts[name] = parts.get(name, Counter()) + some
    return Added(
        region,
        found.joined_on,
        len(skills(life, span.on)) if found.joined_on else 0,
        dict(counts),
        frozenset(held),
        {name: dict(some) for name, some in parts.items() if some},
    )
