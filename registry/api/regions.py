"""Regions: public knowledge, for whoever may use the API."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from registry.models import Region
from registry.queries import regions as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today

router = Router(tags=["regions"])


class RegionOut(Schema):
    code: str
    name: str
    level: str
    path: str
    valid_from: date | None
    valid_to: date | None
    is_statutory: bool


@router.get("", response=list[RegionOut], operation_id="search_regions")
def search_regions(request: ActorRequest, text: str) -> Any:
    """Regions in force of this code, or whose name contains the text; at most 20."""
    return queries.search(text, on=today())


@router.get("/{code}", response=RegionOut, operation_id="get_region")
def get_region(request: ActorRequest, code: str) -> Any:
    """One region, also a retired one."""
    return one(Region.objects.all(), code=code)


@router.get("/{code}/children", response=list[RegionOut], operation_id="list_child_regions")
def list_child_regions(request: ActorRequest, code: str) -> Any:
    """The regions in force straight below one."""
    return queries.children(one(Region.objects.all(), code=code).code, on=today())
