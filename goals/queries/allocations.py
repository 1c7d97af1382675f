"""The cascade (逐级分解): what each region has to reach of a target, what it gave to those below, and how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from goals.models import Allocation, PlanPeriod, ReportedFigure, Target
from goals.models.plans import PlanState, TargetPeriod
from goals.queries import by_hand, figures, progress
from goals.queries.figures import Counts
from goals.queries.sources import is_divisible, years
from goals.rules import metrics, splits
from goals.rules.indicators import INDICATORS
from goals.rules.metrics import How
from goals.rules.readings import Reading
from goals.rules.splits import SumCheck
from registry.models import Region
from registry.queries import regions

EVENLY, BY_PEOPLE, BY_LAST_YEAR = "evenly", "people", "last_year"
PROPOSALS = (EVENLY, BY_PEOPLE, BY_LAST_YEAR)


@dataclass(frozen=True)
class Share:
    """What a region answers for of one target: the document's number, or what was split to it."""

    target: Target
    value: Decimal


@dataclass(frozen=True)
class Row:
    """One region below: its share, and where it stands against it."""

    region: Region
    value: Decimal | None
    reading: Reading


@dataclass(frozen=True)
class Cascade:
    target: Target
    region: Region
    rows: list[Row]
    check: SumCheck


def target_of(region: Region, target: Target) -> Decimal | None:
    """What the region answers for; None where nothing was split to it. One query."""
    if region.pk == target.plan.region_id:
        return target.value
    return Allocation.objects.filter(region=region, target=target).values_list("value", flat=True).first()


def of_region(region: Region, period: PlanPeriod) -> list[Share]:
    """The region's part of every target that is split among regions, of plans in force for the period; two queries."""
    targets = [
        target
        for target in Target.objects.filter(
            plan__state=PlanState.IN_FORCE, plan__period=period, plan__region__code__in=region.ancestor_codes
        ).select_related("plan__region")
        if is_divisible(target)
    ]
    given = dict(
        Allocation.objects.filter(region=region, target__in=targets).values_list("target_id", "value")
    )
    own = {one.pk: one.value for one in targets if one.plan.region_id == region.pk}
    found = {**given, **own}
    return [Share(target, share) for target in targets if (share := found.get(target.pk)) is not None]


def below(region: Region, target: Target) -> dict[int, Decimal]:
    """What each region right below has of a target, by the region's pk; one query."""
    rows = Allocation.objects.filter(region__parent=region, target=target)
    return dict(rows.values_list("region_id", "value"))


def cascade(target: Target, region: Region, *, on: date) -> Cascade:
    """A target as the region splits it: each region right below, whether it has a share or not."""
    given = below(region, target)
    children = list(regions.children(region.code, on=on))
    # A region that is no more keeps what it was given: it counts in the sum.
    children += Region.objects.filter(pk__in=given.keys() - {child.pk for child in children})
    readings = _readings(target, region, children, given, on)
    rows = [Row(child, given.get(child.pk), readings[child.pk]) for child in children]
    return Cascade(target, region, rows, splits.check(target_of(region, target), given.values()))


def proposal(found: Cascade, by: str, *, on: date) -> dict[str, Decimal]:
    """Numbers to begin with, by region code: split evenly, by the people counted, or by last year's result."""
    total = found.check.total
    if total is None:
        return {}
    children = [row.region for row in found.rows]
    if by == BY_PEOPLE:
        weights = _counts(found, (found.target.first_year, found.target.last_year), "people", on)
    elif by == BY_LAST_YEAR:
        weights = _last_year(found, on)
    else:
        return splits.evenly(total, [child.code for child in children])
    return splits.by_weight(total, {child.code: weights.get(child.pk, Decimal(0)) for child in children})


def _last_year(found: Cascade, on: date) -> dict[int, Decimal]:
    target, metric = found.target, metrics.of(found.target.metric)
    if metric.how is How.INDICATOR:
        return _counts(found, (on.year - 1, on.year - 1), INDICATORS[metric.key].numerator, on)
    reported = _reported(target, [row.region for row in found.rows], on.year - 1, on)
    return {pk: row.value or Decimal(0) for pk, row in reported.items()}


def _counts(found: Cascade, span: tuple[int, int], measure: str, on: date) -> dict[int, Decimal]:
    period = PlanPeriod.objects.filter(first_year=span[0], last_year=span[1]).first()
    counts = _below_of(found.region, period, on)
    return {pk: Decimal(held.get(measure, 0)) for pk, held in counts.items()}


def _readings(
    target: Target, region: Region, children: list[Region], given: Mapping[int, Decimal], on: date
) -> dict[int, Reading]:
    metric = metrics.of(target.metric)
    year = _year(target, on)
    if metric.how is How.INDICATOR:
        span = Q(first_year=year or target.first_year, last_year=year or target.last_year)
        period = PlanPeriod.objects.filter(span).first()
        counts = _below_of(region, period, on)
        return {
            child.pk: progress.counted(
                metric,
                counts.get(child.pk, {}),
                demand=progress.demand_of(target, metric, given.get(child.pk), year=year),
                on=on,
                year=year,
                is_whole=period is None or period.is_counted,
            )
            for child in children
        }
    held = _reported(target, children, year, on)
    return {
        child.pk: by_hand.reading(target, held.get(child.pk), wanted=given.get(child.pk), year=year, on=on)
        for child in children
    }


def _year(target: Target, on: date) -> int | None:
    """Of a yearly target the latest year that has begun."""
    if target.period_kind != TargetPeriod.ANNUAL:
        return None
    return max(years(target, on=on), default=target.first_year)


def _below_of(region: Region, period: PlanPeriod | None, on: date) -> dict[int, Counts]:
    if period is None:
        return {}
    return {child.pk: counts for child, counts in figures.of_region(region, period, on=on).below}


def _reported(
    target: Target, children: list[Region], year: int | None, on: date
) -> dict[int, ReportedFigure]:
    rows = ReportedFigure.objects.standing().filter(
        target=target, region__in=children, year=year, as_of__lte=on
    )
    return {row.region_id: row for row in rows.order_by("as_of", "pk")}
