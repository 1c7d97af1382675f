"""The period that is counted, and the day on which."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """`until` is the earlier of the period's last day and the day of counting."""

    first: date
    last: date
    on: date
    # The nation's standards on the day: the window of the conversion rate in days, the months of the retention rate.
    window_days: int = 180
    months: int = 6

    @property
    def until(self) -> date:
        return min(self.last, self.on)

    def holds(self, day: date | None) -> bool:
        """Whether the day lies from first to until."""
        return day is not None and self.first <= day <= self.until
