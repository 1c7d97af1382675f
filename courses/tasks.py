"""Background tasks and periodic work (settings.BEATS) of `courses`."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from courses.actions import export_files, follow_ups


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
