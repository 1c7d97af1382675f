"""For which regions an actor enters figures of a target."""

from datetime import date

from django.db.models import QuerySet

from goals.models import Target
from goals.queries.by_hand import is_per_unit
from goals.rules.metrics import UNIT_LEVELS
from registry.models import Region
from registry.models.regions import NATION_CODE
from registry.queries import regions
from registry.rules.access import Actor, Permission


def regions_for(actor: Actor, target: Target, *, average: bool, on: date) -> QuerySet[Region]:
    """Each unit of a target that is set for each, else the plan's region and those below, in the actor's reach.

    With `average` the nation, for whom the plan's region is in reach.
    """
    reach = regions.in_reach(actor, Permission.PLAN_EDIT, on=on)
    if average:
        is_own = actor.may(Permission.PLAN_EDIT, region_path=target.plan.region.path)
        return Region.objects.filter(code=NATION_CODE) if is_own else Region.objects.none()
    inside = reach.filter(path__startswith=target.plan.region.path)
    return inside.filter(level=UNIT_LEVELS[target.per]) if is_per_unit(target) else inside
