"""Progress of targets whose figures another system or a person counts: the latest standing one of each region and year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goals.models import ReportedFigure, Target
from goals.models.plans import Operator, TargetPeriod
from goals.queries.sources import Sources, years
from goals.rules import reports
from goals.rules.metrics import UNIT_LEVELS
from goals.rules.readings import AT_LEAST, Demand, Reading, State, of_day, share
from registry.models import Region


@dataclass(frozen=True)
class UnitReading:
    """One unit of a target that is set for each: its reading of the latest year."""

    region: Region
    reading: Reading


@dataclass(frozen=True)
class ByHand:
    reading: Reading
    years: tuple[Reading, ...] = ()
    units: tuple[UnitReading, ...] = ()


def is_per_unit(target: Target) -> bool:
    """Whether each county or prefecture reports for itself. A share of units is one figure of the whole region."""
    return target.per in UNIT_LEVELS and target.unit != "ratio"


def units_of(target: Target, held: Sources) -> Sequence[Region]:
    """For whom figures are entered: each unit, or the region itself. 经开区 report too (docs/domain.md §2.2 T23)."""
    return held.units.get(UNIT_LEVELS[target.per], []) if is_per_unit(target) else [held.region]


def progress(target: Target, held: Sources) -> ByHand:
    """The headline is of the latest year that has begun; of a target for each unit it says how many of them are done."""
    each: list[int | None] = [None]
    if target.period_kind == TargetPeriod.ANNUAL:
        each = [*years(target, on=held.on)] or [target.first_year]
    of_years = tuple(_of_year(target, held, year) for year in each)
    units: tuple[UnitReading, ...] = ()
    if is_per_unit(target):
        units = tuple(
            UnitReading(region, _of_unit(target, held, region, each[-1])) for region in units_of(target, held)
        )
    annual = of_years if target.period_kind == TargetPeriod.ANNUAL else ()
    return ByHand(of_years[-1], annual, units)


def reading(
    target: Target, row: ReportedFigure | None, *, wanted: Decimal | None, year: int | None, on: date
) -> Reading:
    """What one entered figure says, or that there is none."""
    if target.operator == Operator.BY:
        return _of_day(target, row, year=year, on=on)
    if row is None or row.value is None:
        return Reading(State.MISSING, on, year=year, wanted=wanted)
    demand = _demand(target, wanted, year)
    state, against = demand.state(row.value, row.as_of)
    return Reading(
        state, row.as_of, year=year, actual=row.value, wanted=wanted, attainment=against, source=row.source
    )


def _of_year(target: Target, held: Sources, year: int | None) -> Reading:
    if not is_per_unit(target):
        return _of_unit(target, held, held.region, year)
    found = [_of_unit(target, held, region, year) for region in units_of(target, held)]
    done = sum(one.met is True for one in found)
    states = {one.state for one in found}
    if not found:
        state = State.NONE_DUE
    elif done == len(found):
        state = State.MET
    else:
        order = (State.MISSED, State.LATE, State.NOT_MET, State.BEHIND, State.MISSING, State.NOT_DUE)
        state = next((one for one in order if one in states), State.ON_TIME)
    due = next((one.due_on for one in found), None)
    return Reading(
        state, held.on, year=year, actual=share(done, len(found)), part=done, whole=len(found), due_on=due
    )


def _of_unit(target: Target, held: Sources, region: Region, year: int | None) -> Reading:
    row = held.reported.get((target.pk, region.pk, year))
    return reading(target, row, wanted=held.wanted(target), year=year, on=held.on)


def _of_day(target: Target, row: ReportedFigure | None, *, year: int | None, on: date) -> Reading:
    due = reports.due_on(target.due, year or target.last_year) or date(year or target.last_year, 12, 31)
    done = row.done_on if row else None
    return Reading(
        of_day(done, due, on=on),
        row.as_of if row else on,
        year=year,
        done_on=done,
        due_on=due,
        source=row.source if row else "",
    )


def _demand(target: Target, wanted: Decimal | None, year: int | None) -> Demand:
    """A number of people or things that adds up over the time is held against time elapsed; others are not."""
    grows = target.per == "region" and target.unit != "ratio" and target.operator == AT_LEAST
    if grows and target.period_kind in (TargetPeriod.CUMULATIVE, TargetPeriod.ANNUAL):
        first, last = year or target.first_year, year or target.last_year
        return Demand(wanted, target.operator, date(first, 1, 1), date(last, 12, 31))
    return Demand(wanted, target.operator)
