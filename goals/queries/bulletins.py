"""The figures of a bulletin: every unit right below a region, for each item: task, done, rate, rank, and the line."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from goals.models import Allocation, FigureSnapshot, Plan, PlanPeriod, Target
from goals.models.bulletins import Line
from goals.models.reports import is_yearly
from goals.queries import figures, report_figures
from goals.queries.figures import Counts
from goals.rules import attainment, ranking
from goals.rules.indicators import DEFINITIONS, INDICATORS, Group, Indicator, value
from registry.models import Region


def offered(plan: Plan, region: Region) -> tuple[list[tuple[Target, Indicator]], list[Indicator]]:
    """What units can be compared by: the plan's targets that an indicator counts, and the indicators that are shares.

    A target that counts people compares the units by what they were allocated.
    """
    targets = [pair for pair in report_figures.measurable(plan) if not pair[1].denominator]
    shares = [one for one in INDICATORS.values() if one.denominator and one.group is not Group.QUALITY]
    return targets, [one for one in shares if not one.is_fault]


def units(region: Region, *, on: date) -> list[Region]:
    """The units right below, those outside the standard too."""
    return list(region.children.in_force(on).order_by("code"))


def month_ends(region: Region, period: PlanPeriod, *, on: date) -> list[date]:
    """The ends of months whose figures were kept, the latest first."""
    rows = FigureSnapshot.objects.filter(region=region, period=period, month_end__lte=on).order_by(
        "-month_end"
    )
    return list(rows.values_list("month_end", flat=True)[: report_figures.MONTHS_OFFERED])


def compare(
    plan: Plan,
    region: Region,
    period: PlanPeriod,
    items: Sequence[str],
    *,
    line: str,
    month_end: date | None,
    on: date,
) -> dict[str, Any]:
    """The figures as they are kept: {"as_of", "definitions", "years", "items": [...]}; rates are texts of per cent.

    The number of queries does not grow with units or items.
    """
    as_of = month_end or on
    below = units(region, on=as_of)
    counts, definitions = _counts(region, below, period, month_end, on=on)
    targets = {target.code: (target, found) for target, found in report_figures.measurable(plan)}
    tasks = _tasks([target for target, _ in targets.values()], below)
    shown = []
    for item in items:
        target, indicator = targets[item] if item in targets else (None, INDICATORS[item])
        given = tasks.get(target.pk, {}) if target else {}
        shown.append(
            {"item": item, "name": target.metric_name if target else ""}
            | _item(indicator, below, counts, given, line=line, period=period, on=as_of)
        )
    return {
        "as_of": as_of.isoformat(),
        "definitions": definitions,
        "years": period.key,
        "items": shown,
    }


def fits(target: Target, period: PlanPeriod) -> bool:
    """Whether a target's number is one for these years: of a yearly one a single year, of another its whole time."""
    if is_yearly(target):
        return period.is_year and target.first_year <= period.first_year <= target.last_year
    return (period.first_year, period.last_year) == (target.first_year, target.last_year)


def _item(
    indicator: Indicator,
    below: Sequence[Region],
    counts: Mapping[str, Counts],
    given: Mapping[str, Decimal],
    *,
    line: str,
    period: PlanPeriod,
    on: date,
) -> dict[str, Any]:
    found = {unit.code: value(indicator, counts.get(unit.code, {})) for unit in below}
    done = {code: one.numerator for code, one in found.items()}
    tasks = (
        {code: Decimal(one.denominator or 0) for code, one in found.items()}
        if indicator.denominator
        else dict(given)
    )
    average = ranking.average(tasks, done)
    over = attainment.elapsed(period.first_day, period.last_day, on)
    held = {Line.AVERAGE: average, Line.ELAPSED: over, Line.FULL: Decimal("100.0")}[Line(line)]
    names = {unit.code: unit.name for unit in below}
    rows = ranking.compare([unit.code for unit in below], tasks, done, line=held)
    return {
        "indicator": indicator.key,
        "version": indicator.version,
        "line": _text(held),
        "average": _text(average),
        "rows": [
            {
                "region": row.unit,
                "name": names[row.unit],
                "task": None if row.task is None else f"{row.task.normalize():f}",
                "done": row.done,
                "rate": _text(row.rate),
                "rank": row.rank,
                "below": row.is_below,
            }
            for row in rows
        ],
    }


def _counts(
    region: Region, below: Collection[Region], period: PlanPeriod, month_end: date | None, *, on: date
) -> tuple[dict[str, Counts], int]:
    """The counts of each unit by its code: live, or as the month ended."""
    if month_end is None:
        shown = figures.of_region(region, period, on=on)
        return {unit.code: counts for unit, counts in shown.below}, DEFINITIONS
    rows = FigureSnapshot.objects.filter(region__in=below, period=period, month_end=month_end)
    kept = list(rows.values_list("region__code", "counts", "definitions"))
    return (
        {code: counts for code, counts, _ in kept},
        min((definitions for _, _, definitions in kept), default=DEFINITIONS),
    )


def _tasks(targets: Collection[Target], below: Collection[Region]) -> dict[int, dict[str, Decimal]]:
    rows = Allocation.objects.filter(Q(value__gt=0), target__in=targets, region__in=below)
    given: dict[int, dict[str, Decimal]] = {}
    for target_id, code, task in rows.values_list("target_id", "region__code", "value"):
        given.setdefault(target_id, {})[code] = task
    return given


def _text(share: Decimal | None) -> str | None:
    return None if share is None else str(share)
