"""What a region answers for of the plans of a period: its number, how far it is, and whether that keeps up with time."""

from datetime import date

from django.db.models import Q

from goals.models import PlanPeriod, Target
from goals.models.plans import TargetPeriod
from goals.queries import allocations, figures, progress
from goals.queries.progress import Kind, Progress
from goals.queries.sources import years
from goals.rules import metrics
from goals.rules.metrics import How
from registry.models import Region


def of_region(region: Region, period: PlanPeriod, *, on: date) -> list[tuple[Target, Progress]]:
    """The region's part of every target that is counted here and split among regions; five queries at most."""
    shares = [
        (one, metric)
        for one in allocations.of_region(region, period)
        if (metric := metrics.of(one.target.metric)).how is How.INDICATOR
    ]
    if not shares:
        return []
    latest = {one.target.pk: _year(one.target, on) for one, _metric in shares}
    spans = {
        pk: (year or one.target.first_year, year or one.target.last_year)
        for one, _metric in shares
        for pk, year in [(one.target.pk, latest[one.target.pk])]
    }
    wanted = Q()
    for first, last in set(spans.values()):
        wanted |= Q(first_year=first, last_year=last)
    periods = {(one.first_year, one.last_year): one for one in PlanPeriod.objects.filter(wanted)}
    counts = figures.of_periods(region, [one.pk for one in periods.values()])
    found = []
    for one, metric in shares:
        target, year = one.target, latest[one.target.pk]
        held = periods.get(spans[target.pk])
        reading = progress.counted(
            metric,
            counts.get(held.pk, {}) if held else {},
            demand=progress.demand_of(target, metric, one.value, year=year),
            on=on,
            year=year,
            is_whole=held is None or held.is_counted,
        )
        found.append((target, Progress(Kind.INDICATOR, reading)))
    return found


def _year(target: Target, on: date) -> int | None:
    """Of a yearly target the latest year that has begun."""
    if target.period_kind != TargetPeriod.ANNUAL:
        return None
    return max(years(target, on=on), default=target.first_year)
