"""Background tasks and periodic work (settings.BEATS) of `certificates`."""

from datetime import datetime

from django.conf import settings
from django_tasks import task

from certificates.actions import bulk_files, shares, status_lists
from certificates.views import making


@task()
def make_bulk_file(pk: int) -> None:
    """The file of a whole class."""
    making.make(pk)


def forget_bulk_files(*, at: datetime) -> None:
    """Files of a class that were kept for a day: nobody needs a second copy of so many names."""
    bulk_files.forget(at=at)


def forget_closed_shares(*, at: datetime) -> None:
    """Share links that have long shown nothing: where somebody looked for work is not kept for ever."""
    shares.forget(at=at)


def publish_status(*, at: datetime) -> None:
    """Changes into the status lists, and the lists that changed into STATUS_FOLDER, where there is one."""
    status_lists.publish(at=at, to=settings.STATUS_FOLDER)
