"""Periodic work of `registry` (settings.BEATS)."""

from datetime import datetime, timedelta

from registry.actions import leases, tasks, throttles

# The longest window of any limit is 30 days (certificates/limits.py).
TWO_MONTHS = timedelta(days=60)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)


def forget_spent(*, at: datetime) -> None:
    """Rate limits whose window is over, tasks that ended a week ago, workers that are long gone."""
    throttles.forget(before=at - TWO_MONTHS)
    tasks.forget(before=at - A_WEEK)
    leases.forget(before=at - A_DAY)
