"""Periodic work of `courses` (settings.BEATS)."""

from datetime import datetime

from django.utils import timezone

from courses.actions import follow_ups


def make_due_follow_ups(*, at: datetime) -> None:
    """The questions that fall due today, and those of nights that were missed; doing so twice makes none twice."""
    follow_ups.make_due(on=timezone.localdate(at))
