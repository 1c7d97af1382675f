"""How far a plan's targets are in its region or one below: from the figures, from what was reported, or by the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from goals.models import Plan, PlanPeriod, Target
from goals.models.plans import Operator, TargetPeriod
from goals.queries import by_hand, figures, reports_due
from goals.queries.figures import Counts
from goals.queries.sources import Sources, sources, years
from goals.rules import metrics
from goals.rules.indicators import INDICATORS, value
from goals.rules.metrics import Asks, How, Metric
from goals.rules.readings import AT_LEAST, Demand, Reading, State, share
from registry.models import Region
from registry.queries import base_coverage

NEVER_BY_TIME = (TargetPeriod.STANDING,)


class Kind(StrEnum):
    """Where a target's figure comes from; the value is the API's."""

    INDICATOR = "indicator"
    BASES = "bases"
    SUBSIDY = "subsidy"
    # Reports and evaluations that the register keeps itself.
    REPORTS = "reports"
    # Entered with a source and a day, or not yet.
    BY_HAND = "by_hand"
    # Another text says it again: shown, never added up.
    REPEATED = "repeated"
    # For those who may read the figures of the plan's region.
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Progress:
    """One target's progress. `reading` is of its whole time, or of its latest year; `years` of each year that began.

    `trainings` (人次) stands beside a count of trained persons (人); `without` are regions that lack a base; `units` are
    what was reported for each unit of a target that is set for each.
    """

    kind: Kind
    reading: Reading | None = None
    years: tuple[Reading, ...] = ()
    trainings: int | None = None
    without: tuple[Region, ...] = ()
    units: tuple[by_hand.UnitReading, ...] = ()

    @property
    def state(self) -> State | None:
        return self.reading.state if self.reading else None


def of_plan(plan: Plan, *, on: date, region: Region | None = None) -> list[tuple[Target, Progress]]:
    """The plan's targets with their progress as of `on`, in the order of their codes; of a region below, its own."""
    targets = list(plan.targets.select_related("repeats"))
    held = sources(plan, region or plan.region, targets, on=on)
    return [(target, _progress(target, held)) for target in targets]


def of_target(target: Target, plan: Plan, *, on: date, region: Region | None = None) -> Progress:
    return _progress(target, sources(plan, region or plan.region, [target], on=on))


def by_residence(target: Target, region: Region, reading: Reading) -> list[tuple[str, int]]:
    """A count of people by town and country (城乡), as cells of docs/indicators.md; empty for whatever is no count."""
    metric = metrics.of(target.metric)
    if metric.how is not How.INDICATOR or reading.actual is None or reading.whole is not None:
        return []
    years_of = reading.year or target.first_year, reading.year or target.last_year
    period = PlanPeriod.objects.filter(first_year=years_of[0], last_year=years_of[1]).first()
    if period is None:
        return []
    found = figures.by_cell(region, period, prefix="residence:")
    measure = INDICATORS[metric.key].numerator
    return [(cell, counts.get(measure, 0)) for cell, counts in found.items() if counts.get(measure)]


def without_figures(plan: Plan) -> list[tuple[Target, Progress]]:
    """The plan's targets for readers outside its region: what it asks for, never how far it is."""
    return [(target, Progress(Kind.WITHHELD)) for target in plan.targets.select_related("repeats")]


def is_reportable(target: Target, found: Progress) -> bool:
    """Whether somebody of the region enters the figure: not where it has no unit of the level that is asked."""
    return found.kind is Kind.BY_HAND and (bool(found.units) or not by_hand.is_per_unit(target))


def counted(
    metric: Metric,
    counts: Counts,
    *,
    demand: Demand,
    on: date,
    year: int | None = None,
    is_whole: bool = True,
) -> Reading:
    """The reading of an indicator in some counts."""
    found = value(INDICATORS[metric.key], counts)
    part, whole = found.numerator, found.denominator
    if metric.asks is Asks.NOBODY:
        state = State.NOT_MET if part else State.MET
        return Reading(state, on, year=year, part=part, is_whole=is_whole)
    actual = Decimal(part) if whole is None else share(part, whole)
    # Of nobody there is no share: nothing is met and nothing is behind.
    state, against = (State.NONE_DUE, None) if actual is None else demand.state(actual, on)
    return Reading(
        state,
        on,
        year=year,
        actual=actual,
        wanted=demand.wanted,
        part=None if whole is None else part,
        whole=whole,
        attainment=against,
        is_whole=is_whole,
    )


def demand_of(target: Target, metric: Metric, wanted: Decimal | None, *, year: int | None) -> Demand:
    """What the target asks of a figure of a year, or of its whole time."""
    first, last = date(year or target.first_year, 1, 1), date(year or target.last_year, 12, 31)
    if metric.asks is Asks.EVERYBODY:
        wanted, operator = Decimal(1), AT_LEAST
    else:
        operator = AT_LEAST if target.operator == Operator.BY else target.operator
        wanted = None if metric.asks is Asks.NOTHING else wanted
    if metric.grows and target.period_kind not in NEVER_BY_TIME:
        return Demand(wanted, operator, first, last)
    return Demand(wanted, operator)


def _progress(target: Target, held: Sources) -> Progress:
    if target.repeats_id:
        return Progress(Kind.REPEATED)
    metric = metrics.of(target.metric)
    return _HOW[metric.how](target, metric, held)


def _by_indicator(target: Target, metric: Metric, held: Sources) -> Progress:
    each: list[int | None] = [None]
    if target.period_kind == TargetPeriod.ANNUAL:
        each = [*years(target, on=held.on)] or [target.first_year]
    readings = tuple(_of_year(target, metric, held, year) for year in each)
    period = _period(target, held, each[-1])
    trainings = (
        held.counts.get(period.pk, {}).get("completed", 0) if metric.key == "trained_persons" else None
    )
    of_years = readings if target.period_kind == TargetPeriod.ANNUAL else ()
    return Progress(Kind.INDICATOR, readings[-1], of_years, trainings)


def _of_year(target: Target, metric: Metric, held: Sources, year: int | None) -> Reading:
    period = _period(target, held, year)
    wanted = held.wanted(target)
    if metric.asks is Asks.AVERAGE:
        average = held.averages.get((target.pk, (year or target.last_year) - 1))
        wanted = average.value if average else None
    return counted(
        metric,
        held.counts.get(period.pk, {}),
        demand=demand_of(target, metric, wanted, year=year),
        on=held.on,
        year=year,
        is_whole=period.is_counted,
    )


def _period(target: Target, held: Sources, year: int | None) -> PlanPeriod:
    return held.period(year or target.first_year, year or target.last_year)


def _by_bases(target: Target, metric: Metric, held: Sources) -> Progress:
    """`base_coverage`: regions of a level with a base of the kind whose accreditation is in force.

    Units outside the standard (经开区) do not count. Once the last year is over, its last day is what counts.
    """
    day = min(held.on, date(target.last_year, 12, 31))
    units = base_coverage.rows(held.region.path, unit=metric.level, kind=metric.key, on=day)
    every = [row for row in units if row.region.is_statutory]
    without = tuple(row.region for row in every if not row.total)
    part = len(every) - len(without)
    state = State.NONE_DUE if not every else State.NOT_MET if without else State.MET
    if state is State.NOT_MET and held.on > day:
        state = State.MISSED
    actual = share(part, len(every))
    reading = Reading(state, day, actual=actual, wanted=Decimal(1), part=part, whole=len(every))
    return Progress(Kind.BASES, reading, without=without)


def _by_subsidy(target: Target, metric: Metric, held: Sources) -> Progress:
    """How many of the start-up subsidies paid are of the sum, or for businesses that had run as long, as asked."""
    asked = target.value or Decimal(0)
    fits = [one for one in held.paid if (one.amount == asked if target.unit == "元" else one.months >= asked)]
    part, whole = len(fits), len(held.paid)
    state = State.NONE_DUE if not whole else State.MET if part == whole else State.NOT_MET
    reading = Reading(state, held.on, actual=share(part, whole), wanted=Decimal(1), part=part, whole=whole)
    return Progress(Kind.SUBSIDY, reading)


def _by_reports(target: Target, metric: Metric, held: Sources) -> Progress:
    found = reports_due.progress(target, held.duties.get(target.pk, ()), on=held.on)
    return Progress(Kind.REPORTS, found.reading, found.years, units=found.units)


def _by_hand(target: Target, metric: Metric, held: Sources) -> Progress:
    found = by_hand.progress(target, held)
    return Progress(Kind.BY_HAND, found.reading, found.years, units=found.units)


_HOW: Mapping[How, Callable[[Target, Metric, Sources], Progress]] = {
    How.INDICATOR: _by_indicator,
    How.BASES: _by_bases,
    How.SUBSIDY: _by_subsidy,
    How.REPORTS: _by_reports,
    How.BY_HAND: _by_hand,
}
