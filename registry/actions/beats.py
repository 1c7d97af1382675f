"""Periodic work: `settings.BEATS` names functions and seconds; each is called as `fn(at=datetime)`.

The seconds divide the local day: 86,400 is just after midnight in China, 3,600 on the hour. One worker at a time runs
a beat, and one that fails or is killed is run again, so a beat must be able to be called twice.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from registry.actions import leases
from registry.actions.leases import LASTS
from registry.actions.tasks import place
from registry.models import Lease

AGAIN = timedelta(minutes=5)
"""After an error; or the beat's own interval, when that is shorter."""

logger = logging.getLogger(__name__)


def run_next(*, holder: str, at: datetime, lasts: timedelta = LASTS) -> str:
    """Runs the first beat whose time has come and that nobody else runs; its name, or "" when there is none."""
    names = [name for name, _seconds in settings.BEATS]
    known = {lease.name: lease for lease in Lease.objects.filter(name__in=names)}
    for name, seconds in settings.BEATS:
        lease = known.get(name)
        if lease and (lease.until > at or _is_done(lease, seconds, at)):
            continue
        if leases.take(name=name, holder=holder, at=at, lasts=lasts):
            _run(name, seconds, holder, at)
            return name
    return ""


def begin_of_slot(at: datetime, seconds: int) -> datetime:
    """When the interval of `seconds` that this moment lies in began, counted from local midnight."""
    local = timezone.localtime(at)
    since_midnight = local.hour * 3600 + local.minute * 60 + local.second
    return at - timedelta(seconds=since_midnight % seconds, microseconds=local.microsecond)


def _is_done(lease: Lease, seconds: int, at: datetime) -> bool:
    return lease.done_at is not None and lease.done_at >= begin_of_slot(at, seconds)


def _run(name: str, seconds: int, holder: str, at: datetime) -> None:
    # Between reading the list and taking the lease another worker may have run it.
    if _is_done(Lease.objects.get(name=name), seconds, at):
        leases.give_back(name=name, holder=holder, at=at)
        return
    try:
        import_string(name)(at=at)
    except Exception as error:
        logger.error("beat %s failed: %s at %s", name, type(error).__name__, place(error))
        leases.give_back(name=name, holder=holder, at=at + min(AGAIN, timedelta(seconds=seconds)))
    else:
        leases.give_back(name=name, holder=holder, at=at, done_at=at)
