"""The figures of a report: its unit's tasks under the plan, and every indicator; live, or as a month ended.

What these give is frozen as it is when a report is handed in, and never counted again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from goals.models import Allocation, FigureSnapshot, Plan, PlanPeriod, Report, Target
from goals.models.plans import Operator
from goals.models.reports import is_yearly, own_years
from goals.queries import figures
from goals.queries.figures import Counts
from goals.rules import ranking
from goals.rules.indicators import DEFINITIONS, INDICATORS, Indicator, value
from goals.rules.metrics import indicator_of
from registry.models import Region

MONTHS_OFFERED = 12


@dataclass(frozen=True)
class Held:
    """Counts of one region as of a day, by the key of their period ("2022-2024", "2024")."""

    as_of: date
    definitions: int
    counts: Mapping[str, Counts]


def of_report(report: Report, *, on: date) -> dict[str, Any]:
    """All figures of a report, as they are kept: live as of `on`, or of the end of the month it names.

    {"as_of", "definitions", "years", "tasks": [...], "indicators": [...]}; shares and rates are texts of per cent.
    """
    plan = report.target.plan
    first, last = own_years(report.target, report.year)
    periods = list(PlanPeriod.objects.filter(first_year__in={first, plan.period.first_year, report.year}))
    wanted = {(plan.period.first_year, plan.period.last_year), (first, last), (report.year, report.year)}
    periods = [period for period in periods if (period.first_year, period.last_year) in wanted]
    held = at_month_end(report.region, periods, report.month_end) if report.month_end else None
    held = held or live(report.region, periods, on=on)
    year = next((one.key for one in periods if (one.first_year, one.last_year) == (report.year,) * 2), "")
    own = next((one.key for one in periods if (one.first_year, one.last_year) == (first, last)), "")
    return {
        "as_of": held.as_of.isoformat(),
        "definitions": held.definitions,
        "years": own,
        "tasks": _tasks(plan, report.region, held, year=year),
        "indicators": [_indicator(one, held.counts.get(own, {})) for one in INDICATORS.values()],
    }


def month_ends(report: Report, *, on: date) -> list[date]:
    """The ends of months whose figures of its unit were kept, the latest first; not before its years begin."""
    first, last = own_years(report.target, report.year)
    rows = FigureSnapshot.objects.filter(
        region=report.region,
        period__first_year=first,
        period__last_year=last,
        month_end__range=(date(first, 1, 1), on),
    )
    return list(rows.order_by("-month_end").values_list("month_end", flat=True)[:MONTHS_OFFERED])


def live(region: Region, periods: Iterable[PlanPeriod], *, on: date) -> Held:
    return Held(on, DEFINITIONS, {period.key: figures.of_one(region, period) for period in periods})


def at_month_end(region: Region, periods: Iterable[PlanPeriod], month_end: date) -> Held | None:
    """As the month ended; None where nothing was kept of it."""
    rows = FigureSnapshot.objects.filter(region=region, period__in=list(periods), month_end=month_end)
    found = list(rows.select_related("period"))
    if not found:
        return None
    counts = {row.period.key: row.counts for row in found}
    return Held(month_end, min(row.definitions for row in found), counts)


def measurable(plan: Plan) -> list[tuple[Target, Indicator]]:
    """The plan's targets that an indicator measures; one query."""
    targets = plan.targets.filter(repeats__isnull=True).exclude(operator=Operator.BY)
    return [(target, found) for target in targets if (found := indicator_of(target.metric))]


def _tasks(plan: Plan, region: Region, held: Held, *, year: str) -> list[dict[str, Any]]:
    """Each target that an indicator measures: the task, what is done of it, and the rate."""
    measured = measurable(plan)
    given = dict(
        Allocation.objects.filter(target__in=[target for target, _ in measured], region=region).values_list(
            "target_id", "value"
        )
    )
    rows = []
    for target, indicator in measured:
        key = year if is_yearly(target) else plan.period.key
        found = value(indicator, held.counts.get(key, {}))
        task = _task(target, region, given, plan)
        if found.denominator is not None:
            task, rate = Decimal(found.denominator), found.share
        else:
            rate = ranking.rate(found.numerator, task)
        rows.append(
            {
                "target": target.code,
                "name": target.metric_name,
                "indicator": indicator.key,
                "version": indicator.version,
                "years": key,
                "allocated": target.pk in given,
                "task": None if task is None else f"{task.normalize():f}",
                "done": found.numerator,
                "rate": None if rate is None else str(rate),
            }
        )
    return rows


def _task(target: Target, region: Region, given: Mapping[int, Decimal], plan: Plan) -> Decimal | None:
    """What the unit answers for: what it was allocated, or for the plan's own region the whole."""
    return given.get(target.pk, target.value if region.pk == plan.region_id else None)


def _indicator(indicator: Indicator, counts: Counts) -> dict[str, Any]:
    found = value(indicator, counts)
    return {
        "key": indicator.key,
        "version": indicator.version,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "share": None if found.share is None else str(found.share),
    }
