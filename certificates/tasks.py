"""Periodic work of `certificates` (settings.BEATS)."""

from datetime import datetime

from django.conf import settings

from certificates.actions import shares, status_lists


def forget_closed_shares(*, at: datetime) -> None:
    """Share links that have long shown nothing: where somebody looked for work is not kept for ever."""
    shares.forget(at=at)


def publish_status(*, at: datetime) -> None:
    """Changes into the status lists, and the lists that changed into STATUS_FOLDER, where there is one."""
    status_lists.publish(at=at, to=settings.STATUS_FOLDER)
