"""Local standards: what holds in a region, and deciding one rule."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from registry.actions import standards as actions
from registry.api.days import Day
from registry.errors import NotFound
from registry.models import Federation, Region
from registry.queries import standards as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.rules.standards import STANDARDS

router = Router(tags=["standards"])


class StandardOut(Schema):
    """`federation` decided it ("": the default of the system), from `since` on, by `document`."""

    key: str
    value: Any
    federation: str
    since: date | None
    document: str


class DecisionIn(Schema):
    """`value` as the key's kind wants it: a whole number, true or false, or a list; null follows the one above."""

    value: Any = None
    since: Day
    document: str = ""


def _out(held: queries.InForce) -> dict[str, Any]:
    row = held.decided
    return {
        "key": held.key,
        "value": held.value,
        "federation": row.federation.name if row else "",
        "since": row.since if row else None,
        "document": row.document if row else "",
    }


@router.get("/{code}", response=list[StandardOut], operation_id="list_standards")
def list_standards(request: ActorRequest, code: str, on: Day | None = None) -> Any:
    """Every standard as it holds in a region on a day (today)."""
    require_somewhere(request.actor, Permission.BASE_READ)
    region = one(Region.objects.all(), code=code)
    held = queries.in_force(STANDARDS, region_path=region.path, on=on or today())
    return [_out(one_held) for one_held in held.values()]


@router.put("/{code}/{key}", response=StandardOut, operation_id="decide_standard")
def decide_standard(request: ActorRequest, code: str, key: str, body: DecisionIn) -> Any:
    """Decide one rule for a federation's region from a day on."""
    federation = one(Federation.objects.visible_to(request.actor).select_related("region"), region__code=code)
    require(request.actor, Permission.STANDARD_EDIT, region_path=federation.region.path)
    if key not in STANDARDS:
        raise NotFound(what="standard")
    actions.decide(by=request.actor, federation=federation, key=key, **body.dict())
    return _out(queries.in_force([key], region_path=federation.region.path, on=today())[key])
