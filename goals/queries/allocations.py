"""The cascade (逐级分解): what each region has to reach of a target, what it gave to those below, and how far they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from goals.models import Allocation, PlanPeriod, ReportedFigure, Target
from goals.models.plans import PlanState, TargetPeriod
from goals.queries import by_hand, figures, progress
from goals.queries.figures import Counts
from goals.queries.sources import Span, is_divisible, years
from goals.rules import metrics, splits
from goals.rules.indicators import INDICATORS
from goals.rules.metrics import How
from goals.rules.readings import Reading
from goals.rules.splits import SumCheck
from registry.models import Region
from registry.queries import regions

EVENLY, BY_PEOPLE, BY_LAST_YEAR = "evenly", "people", "last_year"


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
    """A target as one region splits it."""

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
    rows = Target.objects.filter(
        plan__state=PlanState.IN_FORCE, plan__period=period, plan__region__code__in=region.ancestor_codes
    )
    targets = [target for target in rows.select_related("plan__region") if is_divisible(target)]
    totals = _totals(region, targets)
    return [Share(target, value) for target in targets if (value := totals[target.pk]) is not None]


def below(region: Region, target: Target) -> dict[int, Decimal]:
    """What each region right below has of a target, by the region's pk; one query."""
    rows = Allocation.objects.filter(region__parent=region, target=target)
    return dict(rows.values_list("region_id", "value"))


def cascade(target: Target, region: Region, *, on: date) -> Cascade:
    """A target as the region splits it: each region right below, whether it has a share or not."""
    return cascades([target], region, on=on)[target.pk]


def cascades(targets: Sequence[Target], region: Region, *, on: date) -> dict[int, Cascade]:
    """Several targets of one plan as the region splits them, by their pk; the queries do not grow with them."""
    given: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in Allocation.objects.filter(region__parent=region, target__in=targets):
        given[row.target_id][row.region_id] = row.value
    # A region that is no more keeps what it was given: it counts in the sum.
    standing = regions.children(region.code, on=on) | region.children.filter(allocations__target__in=targets)
    children = list(standing.distinct().order_by("code"))
    held = _Figures(targets, region, on)
    totals = _totals(region, targets)
    return {
        target.pk: Cascade(
            target,
            region,
            [
                Row(child, given[target.pk].get(child.pk), held.reading(target, child, given))
                for child in children
            ],
            splits.check(totals[target.pk], given[target.pk].values()),
        )
        for target in targets
    }


def proposal(found: Cascade, by: str, *, on: date) -> dict[str, Decimal]:
    """Numbers to begin with, by region code: split evenly, by the people counted, or by last year's result."""
    total = found.check.total
    if total is None:
        return {}
    codes = {row.region.pk: row.region.code for row in found.rows}
    weights: Mapping[int, Decimal] = {}
    if by == BY_PEOPLE:
        weights = _counts(found, (found.target.first_year, found.target.last_year), "people")
    elif by == BY_LAST_YEAR:
        weights = _last_year(found, on)
    # Without any weight it is split evenly.
    return splits.by_weight(total, {code: weights.get(pk, Decimal(0)) for pk, code in codes.items()})


class _Figures:
    """The figures of the regions right below, by period, and what they reported."""

    def __init__(self, targets: Sequence[Target], region: Region, on: date) -> None:
        self.on = on
        wanted = Q(pk=None)
        for first, last in {self.span(target) for target in targets}:
            wanted |= Q(first_year=first, last_year=last)
        self.periods = {(one.first_year, one.last_year): one for one in PlanPeriod.objects.filter(wanted)}
        self.counts = figures.below_in_periods(region, [one.pk for one in self.periods.values()])
        self.reported: dict[tuple[int, int, int | None], ReportedFigure] = {}
        rows = ReportedFigure.objects.standing().filter(
            target__in=targets, region__parent=region, as_of__lte=on
        )
        for row in rows.order_by("as_of", "pk"):
            self.reported[row.target_id, row.region_id, row.year] = row

    def year(self, target: Target) -> int | None:
        """Of a yearly target the latest year that has begun."""
        if target.period_kind != TargetPeriod.ANNUAL:
            return None
        return max(years(target, on=self.on), default=target.first_year)

    def span(self, target: Target) -> Span:
        year = self.year(target)
        return (year, year) if year else (target.first_year, target.last_year)

    def reading(self, target: Target, child: Region, given: Mapping[int, Mapping[int, Decimal]]) -> Reading:
        metric, year = metrics.of(target.metric), self.year(target)
        wanted = given[target.pk].get(child.pk)
        if metric.how is not How.INDICATOR:
            row = self.reported.get((target.pk, child.pk, year))
            return by_hand.reading(target, row, wanted=wanted, year=year, on=self.on)
        period = self.periods.get(self.span(target))
        counts: Counts = self.counts[period.pk].get(child.path, {}) if period else {}
        demand = progress.demand_of(target, metric, wanted, year=year)
        is_whole = period is None or period.is_counted
        return progress.counted(metric, counts, demand=demand, on=self.on, year=year, is_whole=is_whole)


def _totals(region: Region, targets: Sequence[Target]) -> dict[int, Decimal | None]:
    given = dict(
        Allocation.objects.filter(region=region, target__in=targets).values_list("target_id", "value")
    )
    return {
        target.pk: target.value if target.plan.region_id == region.pk else given.get(target.pk)
        for target in targets
    }


def _last_year(found: Cascade, on: date) -> dict[int, Decimal]:
    metric, year = metrics.of(found.target.metric), on.year - 1
    if metric.how is How.INDICATOR:
        return _counts(found, (year, year), INDICATORS[metric.key].numerator)
    rows = ReportedFigure.objects.standing().filter(
        target=found.target, region__parent=found.region, year=year, as_of__lte=on
    )
    return {row.region_id: row.value or Decimal(0) for row in rows.order_by("as_of", "pk")}


def _counts(found: Cascade, span: Span, measure: str) -> dict[int, Decimal]:
    period = PlanPeriod.objects.filter(first_year=span[0], last_year=span[1]).first()
    counts = figures.below_in_periods(found.region, [period.pk])[period.pk] if period else {}
    return {row.region.pk: Decimal(counts.get(row.region.path, {}).get(measure, 0)) for row in found.rows}
