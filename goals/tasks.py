"""Background work of `goals`: periodic (settings.BEATS), and the counting of a new period."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from goals.actions import dates, figures, periods, snapshots

A_WEEK = timedelta(days=7)


def count_what_dates_changed(*, at: datetime) -> None:
    """People whose external certificate ran out, who reached working age, or for whom something took effect."""
    on = timezone.localdate(at)
    # A week, so that some missed nights are made good; counting somebody twice changes nothing.
    dates.beat(since=on - A_WEEK, on=on)


def fold_figures(*, at: datetime) -> None:
    """Appended counts into the totals: figures do not change by it, reading them gets cheaper."""
    while figures.fold():
        continue


def open_year(*, at: datetime) -> None:
    """Every year has its figures: the first night of a year opens it, and the plans that begin with it."""
    periods.open_year(on=timezone.localdate(at))


def take_snapshots(*, at: datetime) -> None:
    """The figures at the end of the last month; nothing on the other days."""
    snapshots.take(on=timezone.localdate(at))


@task
def count_period(pk: int) -> None:
    """Counts everybody in a period that is new."""
    periods.count(pk, on=timezone.localdate())
