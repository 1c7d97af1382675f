"""Past months of the demo's figures, so that its dashboards show how they grew."""

from datetime import date

from goals.actions import snapshots
from goals.models import PlanPeriod
from goals.rules.trends import last_quarter_end

OPEN = "360000"
"""The province whose last quarter is open to everybody."""


def keep(period: PlanPeriod, *, on: date) -> int:
    """The ends of the period's quarters and of the last quarter; how many figures are kept."""
    quarters = [
        date(year, month, day)
        for year in range(period.first_year, period.last_year + 1)
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]
    return snapshots.reconstruct(period, sorted({*quarters, last_quarter_end(on)}), on=on)
