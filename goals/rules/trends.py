"""Figures over time: quarters, changes, and where the points of a chart lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

NICE = tuple(Decimal(step) for step in ("1", "2", "5"))
LEFT, RIGHT, TOP, BOTTOM = 9.0, 95.0, 14.0, 84.0
"""Where a chart's points may lie, in percent of its width and height; text stands outside."""


def last_quarter_end(on: date) -> date:
    """The last day of the quarter that ended last before `on`."""
    first_month = (on.month - 1) // 3 * 3 + 1
    return date(on.year, first_month, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on a day. `is_later` where it was reconstructed, or taken late: not what was seen on that day."""

    day: date
    value: Decimal
    numerator: int
    denominator: int | None = None
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A point where it is drawn, in percent of width and height."""

    point: Point
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Segment:
    """The line from one dot to the next."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A line through the points; `ticks` are (value, y) of the lines behind it, `years` (year, x) where one begins."""

    dots: tuple[Dot, ...]
    segments: tuple[Segment, ...]
    ticks: tuple[tuple[Decimal, float], ...]
    years: tuple[tuple[int, float], ...]


def chart(points: Sequence[Point], *, highest: Decimal | None = None) -> Chart:
    """Where the points lie on a chart from 0 to a round number above them, which `highest` bounds."""
    first, last = points[0].day, points[-1].day
    top = ceiling(max(point.value for point in points), highest)

    def x(day: date) -> float:
        whole = (last - first).days
        return round(LEFT + (RIGHT - LEFT) * ((day - first).days / whole if whole else 0.5), 2)

    def y(value: Decimal) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * float(value / top), 2)

    dots = tuple(Dot(point, x(point.day), y(point.value)) for point in points)
    segments = tuple(Segment(a.x, a.y, b.x, b.y) for a, b in pairwise(dots))
    ticks = tuple((value, y(value)) for value in (Decimal(0), top / 2, top))
    years = tuple((year, x(date(year, 1, 1))) for year in range(first.year + 1, last.year + 1))
    return Chart(dots, segments, ticks, years)


def ceiling(value: Decimal, highest: Decimal | None = None) -> Decimal:
    """The round number that a chart of such values goes up to; its half is round too."""
    step = Decimal(2)
    while True:
        for nice in NICE:
            if value <= nice * step:
                return min(nice * step, highest) if highest else nice * step
        step *= 10
