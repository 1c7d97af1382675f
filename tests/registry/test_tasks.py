"""The periodic work of the registry."""

from datetime import UTC, datetime, timedelta

import pytest

from registry import tasks
from registry.actions import leases, throttles
from registry.models import Lease, Throttle

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 3, 1, tzinfo=UTC)


def test_rate_limits_and_workers_of_long_ago_are_forgotten() -> None:
    for at in (AT - timedelta(days=61), AT - timedelta(days=29), AT):
        throttles.hit(purpose="look-up", source="192.0.2.1", limit=5, seconds=60, at=at)
    for at in (AT - timedelta(days=2), AT):
        leases.take(name=f"worker:{at:%d}", holder="one", at=at)
    leases.take(name="a.beat", holder="one", at=AT - timedelta(days=2))

    tasks.forget_spent(at=AT)

    assert Throttle.objects.count() == 2
    assert sorted(Lease.objects.values_list("name", flat=True)) == ["a.beat", "worker:03"]
