"""Periodic work of `goals` (settings.BEATS)."""

from datetime import datetime, timedelta

from django.utils import timezone

from goals.actions import coverage, recounts

A_WEEK = timedelta(days=7)


def count_what_dates_changed(*, at: datetime) -> None:
    """People whose external certificate ran out, who reached working age, or for whom something took effect."""
    on = timezone.localdate(at)
    # A week, so that some missed nights are made good; counting somebody twice changes nothing.
    recounts.beat(since=on - A_WEEK, on=on)


def fold_coverage(*, at: datetime) -> None:
    """Appended counts into the totals: figures do not change by it, reading them gets cheaper."""
    while coverage.fold():
        continue
