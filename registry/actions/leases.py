"""Takes, renews and gives back leases: each in one statement, so that of two that ask only one gets it."""

from datetime import UTC, datetime, timedelta

from registry.models import Lease

LASTS = timedelta(seconds=30)
"""How long a worker is believed to live after its last heartbeat."""
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def take(*, name: str, holder: str, at: datetime, lasts: timedelta = LASTS) -> bool:
    """Whether the lease is now the holder's: nobody held it, or the time of whoever did had run out."""
    Lease.objects.bulk_create([Lease(name=name, until=_NEVER)], ignore_conflicts=True)
    return bool(Lease.objects.filter(name=name, until__lte=at).update(holder=holder, until=at + lasts))


def renew(*, holder: str, at: datetime, lasts: timedelta = LASTS) -> None:
    """The heartbeat: everything this holder still holds, it holds for longer."""
    Lease.objects.filter(holder=holder).update(until=at + lasts)


def give_back(*, name: str, holder: str, at: datetime, done_at: datetime | None = None) -> bool:
    """Ends a lease that may be taken again from `at` on; whether it still was the holder's."""
    changes = {"holder": "", "until": at} | ({"done_at": done_at} if done_at else {})
    return bool(Lease.objects.filter(name=name, holder=holder).update(**changes))


def drop(*, name: str, holder: str) -> bool:
    """Ends a lease of something that is over; whether it still was the holder's."""
    return bool(Lease.objects.filter(name=name, holder=holder).delete()[0])


def forget(*, before: datetime) -> int:
    """Deletes what workers that ended long ago left behind; beats stay."""
    return Lease.objects.filter(name__startswith="worker:", until__lt=before).delete()[0]
