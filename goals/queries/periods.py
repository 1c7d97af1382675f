"""The periods of the plans, and which of them a reader means."""

from collections.abc import Sequence
from datetime import date

from goals.models import PlanPeriod


def periods() -> list[PlanPeriod]:
    """All of them: those of plans, the earliest first, then single years."""
    return sorted(PlanPeriod.objects.all(), key=lambda period: (period.is_year, period.first_year))


def chosen(among: Sequence[PlanPeriod], asked: str | None, *, on: date) -> PlanPeriod | None:
    """The one asked for by its key ("2022-2024"), or the latest of a plan, or year, that has begun by `on`.

    An unknown key gives that too, so that old links still open; None when no plan is loaded.
    """
    begun = [period for period in among if period.first_year <= on.year]
    of_plans = [period for period in begun if not period.is_year]
    latest = next(reversed(of_plans or begun), None) or next(iter(among), None)
    return next((period for period in among if period.key == asked), latest)
