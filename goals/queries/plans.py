"""Whose part of a plan a reader sees, and who may edit it."""

from typing import Literal, overload

from goals.models import Plan
from goals.models.plans import PlanState
from goals.queries import reach
from registry.errors import NotFound
from registry.models import Region
from registry.rules.access import Actor, Permission


@overload
def region_within(actor: Actor, plan: Plan, code: str) -> Region | None: ...
@overload
def region_within(actor: Actor, plan: Plan, code: str, *, is_needed: Literal[True]) -> Region: ...
def region_within(actor: Actor, plan: Plan, code: str, *, is_needed: bool = False) -> Region | None:
    """The region asked for, or the highest one of the plan's region that the actor reads figures of; None: none.

    Raises NotFound for a region outside the plan or the actor's reach, and where one is needed and there is none.
    """
    if code:
        region = reach.region(actor, code)
        if not region.path.startswith(plan.region.path):
            raise NotFound(what="region")
        return region
    if actor.may(Permission.FIGURES_READ, region_path=plan.region.path):
        return plan.region
    inside = [region for region in reach.tops(actor) if region.path.startswith(plan.region.path)]
    if is_needed and not inside:
        raise NotFound(what="region")
    return inside[0] if inside else None


def may_edit(actor: Actor, plan: Plan) -> bool:
    """Whether the actor may change the plan, put it in force or withdraw it: never one that comes with the register."""
    if plan.is_seeded or plan.state == PlanState.WITHDRAWN:
        return False
    return actor.may(Permission.PLAN_EDIT, region_path=plan.region.path)
