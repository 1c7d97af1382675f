"""All that the progress of a plan's targets in one region is made of, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from courses.models import SubsidyItem
from courses.models.subsidies import ClaimState
from courses.rules.subsidies import months_between
from goals.models import Allocation, Plan, PlanPeriod, ReportedFigure, Target
from goals.models.plans import TargetPeriod
from goals.queries import figures, report_status
from goals.queries.figures import Counts
from goals.queries.report_status import Duty
from goals.rules import metrics
from goals.rules.metrics import How, Metric
from registry.models import Region
from registry.models.regions import NATION_CODE

Span = tuple[int, int]
"""First and last year."""


@dataclass(frozen=True)
class Paid:
    """A subsidy that was paid: how much, and for how many whole months the business had run when it was claimed."""

    amount: Decimal
    months: int


@dataclass(frozen=True)
class Sources:
    """`reported` by target, region and year, the latest standing one; `units` the regions below by level."""

    plan: Plan
    region: Region
    on: date
    periods: Mapping[Span, PlanPeriod]
    counts: Mapping[int, Counts]
    reported: Mapping[tuple[int, int, int | None], ReportedFigure]
    averages: Mapping[tuple[int, int | None], ReportedFigure]
    shares: Mapping[int, Decimal]
    units: Mapping[str, Sequence[Region]]
    paid: Sequence[Paid]
    duties: Mapping[int, Sequence[Duty]]

    def period(self, first_year: int, last_year: int) -> PlanPeriod:
        """The period of these years; the plan's own where nobody counts them (targets outside a plan's years)."""
        return self.periods.get((first_year, last_year), self.plan.period)

    def wanted(self, target: Target) -> Decimal | None:
        """What the region has to reach: the document's number, or its share of one that is split among regions."""
        if self.region.pk == self.plan.region_id or not is_divisible(target):
            return target.value
        return self.shares.get(target.pk)


def is_divisible(target: Target) -> bool:
    """Whether a target can be split among regions: a number of people or things that the whole region reaches."""
    is_number = target.value is not None and target.unit != "ratio"
    return is_number and target.per == "region" and target.repeats_id is None


def sources(plan: Plan, region: Region, targets: Sequence[Target], *, on: date) -> Sources:
    """What these targets of the plan need, for the plan's region or one below it."""
    asked = [metrics.of(target.metric) for target in targets]
    periods = _periods(plan, targets, on)
    reported, averages = _reported(region, targets, on)
    return Sources(
        plan=plan,
        region=region,
        on=on,
        periods=periods,
        counts=figures.of_periods(region, [period.pk for period in periods.values()]),
        reported=reported,
        averages=averages,
        shares=dict(
            Allocation.objects.filter(region=region, target__plan=plan).values_list("target_id", "value")
        ),
        units=_units(region, on),
        duties=_duties(plan, region, asked, on),
        paid=_paid(region, plan, on) if any(one.how is How.SUBSIDY for one in asked) else (),
    )


def spans(targets: Iterable[Target], *, on: date) -> set[Span]:
    """The years for which the counted ones among the targets need a period."""
    found: set[Span] = set()
    for target in targets:
        if metrics.of(target.metric).how is not How.INDICATOR:
            continue
        found.add((target.first_year, target.last_year))
        if target.period_kind == TargetPeriod.ANNUAL:
            found |= {(year, year) for year in years(target, on=on)}
    return found


def years(target: Target, *, on: date) -> range:
    """The years of a target that have begun."""
    return range(target.first_year, min(target.last_year, on.year) + 1)


def _periods(plan: Plan, targets: Sequence[Target], on: date) -> dict[Span, PlanPeriod]:
    wanted = spans(targets, on=on)
    condition = Q(pk=plan.period_id)
    for first, last in wanted:
        condition |= Q(first_year=first, last_year=last)
    return {(one.first_year, one.last_year): one for one in PlanPeriod.objects.filter(condition)}


def _reported(
    region: Region, targets: Sequence[Target], on: date
) -> tuple[dict[tuple[int, int, int | None], ReportedFigure], dict[tuple[int, int | None], ReportedFigure]]:
    """The latest standing figures as of `on`, of the region and all below; those of the nation apart."""
    rows = (
        ReportedFigure.objects.standing()
        .filter(
            Q(region__path__startswith=region.path) | Q(region__code=NATION_CODE),
            target__in=targets,
            as_of__lte=on,
        )
        .select_related("region")
        .order_by("as_of", "pk")
    )
    held: dict[tuple[int, int, int | None], ReportedFigure] = {}
    averages: dict[tuple[int, int | None], ReportedFigure] = {}
    for row in rows:
        held[row.target_id, row.region_id, row.year] = row
        if row.region.code == NATION_CODE:
            averages[row.target_id, row.year] = row
    return held, averages


def _units(region: Region, on: date) -> dict[str, list[Region]]:
    units: dict[str, list[Region]] = defaultdict(list)
    for one in Region.objects.within(region.path).in_force(on):
        units[one.level].append(one)
    return units


def _duties(plan: Plan, region: Region, asked: Sequence[Metric], on: date) -> dict[int, list[Duty]]:
    if all(one.how is not How.REPORTS for one in asked):
        return {}
    found = report_status.of_plan(plan, on=on, paths=(region.path,))
    return {target.pk: duties for target, duties in found.items()}


def _paid(region: Region, plan: Plan, on: date) -> list[Paid]:
    """Start-up subsidies paid in the plan's years (docs/domain.md §2.1 C41)."""
    rows = SubsidyItem.objects.filter(
        claim__scheme__kind="startup",
        claim__state=ClaimState.PAID,
        claim__region__path__startswith=region.path,
        claim__paid_on__range=(plan.period.first_day, min(on, plan.period.last_day)),
        is_left_out=False,
    ).values_list("amount", "claim__business_since", "claim__claimed_on")
    return [Paid(amount, months_between(since, claimed) if since else 0) for amount, since, claimed in rows]
