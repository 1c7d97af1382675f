"""`target_attainment`: actual ÷ target, and the same against linear time elapsed (docs/domain.md §6)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

TENTH = Decimal("0.1")


class Pace(StrEnum):
    """Where a figure stands on the straight line from nothing on the first day to the target on the last."""

    MET = "met"
    ON_TIME = "on_time"
    BEHIND = "behind"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Attainment:
    """Of a target that a figure grows towards; `share` and `elapsed` in per cent, rounded down."""

    actual: Decimal
    wanted: Decimal
    share: Decimal
    elapsed: Decimal
    pace: Pace

    @property
    def ahead(self) -> Decimal:
        """Percentage points before the time elapsed; behind it they are negative."""
        return self.share - self.elapsed


def attainment(actual: Decimal, wanted: Decimal, *, first: date, last: date, on: date) -> Attainment:
    """How far `actual` is towards `wanted` on a day, where the time runs from `first` to `last`, both included."""
    gone = elapsed(first, last, on)
    return Attainment(actual, wanted, _percent(actual, wanted), gone, _pace(actual, wanted, first, last, on))


def elapsed(first: date, last: date, on: date) -> Decimal:
    """Per cent of the days that are over at the end of `on`."""
    return _percent(Decimal(_days(first, last, on)), Decimal((last - first).days + 1))


def _pace(actual: Decimal, wanted: Decimal, first: date, last: date, on: date) -> Pace:
    if actual >= wanted:
        return Pace.MET
    if on > last:
        return Pace.MISSED
    # Multiplied out, so that nothing is lost by rounding.
    expected = wanted * _days(first, last, on)
    return Pace.ON_TIME if actual * ((last - first).days + 1) >= expected else Pace.BEHIND


def _days(first: date, last: date, on: date) -> int:
    return max((min(on, last) - first).days + 1, 0)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    if whole <= 0:
        return Decimal("100.0")
    return (part * 100 / whole).quantize(TENTH, rounding=ROUND_DOWN)
