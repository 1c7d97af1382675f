"""Whether background work gets done."""

from datetime import datetime

from registry.models import Lease

WORKER = "worker:"


def any_alive(*, at: datetime) -> bool:
    """Whether a worker gave a sign of life of late. One query."""
    return Lease.objects.filter(name__startswith=WORKER, until__gt=at).exists()
