"""What figures are asked of: a region in reach, and a period by its key."""

from goals.models import PlanPeriod
from goals.queries import reach
from goals.queries.periods import chosen, periods
from registry.errors import NotFound
from registry.models import Region
from registry.requests import ActorRequest, today


def asked(request: ActorRequest, region_code: str, period: str) -> tuple[Region, PlanPeriod]:
    """Raises NotFound for a period that nobody counts, unlike the pages: a program must not take one for another."""
    region = reach.region(request.actor, region_code)
    held = chosen(periods(region), period, on=today())
    if held is None or (period and held.key != period):
        raise NotFound(what="period")
    return region, held
