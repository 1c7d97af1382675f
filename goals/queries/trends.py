"""An indicator over the months of a period: what was kept at the end of each, and now."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from goals.models import FigureSnapshot, PlanPeriod
from goals.queries import figures
from goals.queries.figures import Counts
from goals.rules.indicators import Indicator, value
from goals.rules.trends import Point, last_quarter_end
from registry.models import Region


@dataclass(frozen=True)
class Trend:
    """The points of an indicator, the earliest first; the last one is now. `change` as in coverage.Finding."""

    indicator: Indicator
    points: list[Point]
    change: Decimal | None

    @property
    def has_reconstructed(self) -> bool:
        return any(point.is_later for point in self.points)


def of_region(indicator: Indicator, region: Region, period: PlanPeriod, *, now: Counts, on: date) -> Trend:
    """The months of the region; one query."""
    return of_history(indicator, figures.history(region, period), now=now, on=on)


def of_history(indicator: Indicator, kept: list[FigureSnapshot], *, now: Counts, on: date) -> Trend:
    points = [
        point
        for row in kept
        if row.month_end < on
        and (
            point := _point(indicator, row.counts, row.month_end, row.taken_on > row.month_end + timedelta(1))
        )
    ]
    last = _point(indicator, now, on)
    return Trend(indicator, [*points, last] if last else points, change(indicator, now, kept, on=on))


def change(indicator: Indicator, now: Counts, kept: list[FigureSnapshot], *, on: date) -> Decimal | None:
    """How much more it is than at the end of the last quarter: percentage points of a share, else a number."""
    before = next((row for row in kept if row.month_end == last_quarter_end(on)), None)
    if before is None:
        return None
    return difference(indicator, now, before.counts)


def difference(indicator: Indicator, now: Counts, before: Counts) -> Decimal | None:
    """Percentage points of a share, else a number; None where there was nobody to divide by."""
    new, old = value(indicator, now), value(indicator, before)
    if not indicator.denominator:
        return Decimal(new.numerator - old.numerator)
    return None if new.share is None or old.share is None else new.share - old.share


def _point(indicator: Indicator, counts: Counts, day: date, is_later: bool = False) -> Point | None:
    found = value(indicator, counts)
    if indicator.denominator and found.share is None:
        return None
    shown = Decimal(found.numerator) if found.share is None else found.share
    return Point(day, shown, found.numerator, found.denominator, is_later)
