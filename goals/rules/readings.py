"""What is known of a target on a day, and what follows from it: met, on time, behind, overdue."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from goals.rules.attainment import Attainment, Pace, attainment

PLACES = Decimal("0.0001")
AT_LEAST, AT_MOST, EQUAL = ">=", "<=", "="


class State(StrEnum):
    """In one word; the values are the API's and the ledger's."""

    MET = "met"
    ON_TIME = "on_time"
    BEHIND = "behind"
    # The time is over without it.
    MISSED = "missed"
    # Held against a number, and not there; time says nothing about it.
    NOT_MET = "not_met"
    # Done, but after the day.
    LATE = "late"
    # The day has not come.
    NOT_DUE = "not_due"
    # Followed: there is nothing to hold it against.
    TRACKED = "tracked"
    # Nobody, or no unit, is due it.
    NONE_DUE = "none_due"
    # Nobody has entered the figure.
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Reading:
    """One target in one region, of a year or (None) of its whole time. Shares lie between 0 and 1.

    `part` of `whole` is what a share is made of: people, or units. `is_whole` is False while the period is counted.
    """

    state: State
    as_of: date
    year: int | None = None
    actual: Decimal | None = None
    wanted: Decimal | None = None
    part: int | None = None
    whole: int | None = None
    attainment: Attainment | None = None
    done_on: date | None = None
    due_on: date | None = None
    source: str = ""
    is_whole: bool = True

    @property
    def met(self) -> bool | None:
        if self.state in (State.TRACKED, State.NONE_DUE, State.MISSING):
            return None
        return self.state is State.MET


@dataclass(frozen=True, slots=True)
class Demand:
    """What a figure is held against: the number, how, and the days over which it grows (None: it does not)."""

    wanted: Decimal | None
    operator: str = AT_LEAST
    first: date | None = None
    last: date | None = None

    def state(self, actual: Decimal | None, on: date) -> tuple[State, Attainment | None]:
        """Where a figure stands as of `on`."""
        if actual is None:
            return State.MISSING, None
        if self.wanted is None:
            return State.TRACKED, None
        if self.operator == AT_LEAST and self.first and self.last:
            found = attainment(actual, self.wanted, first=self.first, last=self.last, on=on)
            return _OF_PACE[found.pace], found
        return State.MET if _fits(actual, self.operator, self.wanted) else State.NOT_MET, None


def share(part: int, whole: int) -> Decimal | None:
    """Between 0 and 1, rounded down so that 1 means everybody; None of nobody."""
    return (Decimal(part) / whole).quantize(PLACES, rounding=ROUND_DOWN) if whole else None


def of_day(done_on: date | None, due_on: date, *, on: date) -> State:
    """Of something due by a day."""
    if done_on is not None:
        return State.MET if done_on <= due_on else State.LATE
    return State.MISSED if on > due_on else State.NOT_DUE


def _fits(actual: Decimal, operator: str, wanted: Decimal) -> bool:
    return {AT_LEAST: actual >= wanted, AT_MOST: actual <= wanted, EQUAL: actual == wanted}[operator]


_OF_PACE = {
    Pace.MET: State.MET,
    Pace.ON_TIME: State.ON_TIME,
    Pace.BEHIND: State.BEHIND,
    Pace.MISSED: State.MISSED,
}
