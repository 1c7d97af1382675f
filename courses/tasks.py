"""Background tasks and periodic work (settings.BEATS) of `courses`."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from courses.actions import comparisons, export_files, flags, follow_ups

SINCE_LAST_NIGHT = timedelta(hours=25)
"""With an hour for a night that was late."""


def make_due_follow_ups(*, at: datetime) -> None:
    """The questions that fall due today, and those of nights that were missed; doing so twice makes none twice."""
    follow_ups.make_due(on=timezone.localdate(at))


@task()
def make_export_file(pk: int) -> None:
    """The file of an export that was too large to wait for."""
    export_files.make(pk)


def forget_export_files(*, at: datetime) -> None:
    """Files that were kept for a day: what was handed out is not kept here a second time."""
    export_files.forget(at=at)


def recheck_what_changed(*, at: datetime) -> None:
    """The checks for fraud on what was written in the last minute (docs/flags.md)."""
    flags.recheck_what_changed(at=at)


def recheck_what_runs(*, at: datetime) -> None:
    """The checks for fraud on every cohort that runs, and once more on what was written in the last day."""
    flags.recheck_lately(at=at, since=at - SINCE_LAST_NIGHT)


@task()
def run_comparison(pk: int) -> None:
    """A partner's file that was too long to wait for."""
    comparisons.run(pk, on=timezone.localdate())


def forget_comparisons(*, at: datetime) -> None:
    """What partners told, once its days are over."""
    comparisons.forget(on=timezone.localdate(at))
