"""Finding regions: those an actor reaches, those below another, those of a name; what the nearest above one says."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.db.models.functions import Length

from registry.errors import InvalidInput
from registry.models import Region
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission

LONGEST_ANSWER = 20
Row = TypeVar("Row", bound=Model)


def in_reach(actor: Actor, permission: Permission, *, on: date) -> QuerySet[Region]:
    """Regions in force where the actor holds the permission, subtrees and the regions of single bases."""
    regions = Region.objects.in_force(on)
    if actor.is_system:
        return regions
    scope = actor.scope(permission)
    return regions.filter(in_subtrees("path", scope.region_paths)) | regions.filter(bases__in=scope.base_ids)


def nearest_first(
    rows: QuerySet[Row], region: Region, *then: str, owner: str = "federation"
) -> QuerySet[Row]:
    """The rows of federations of the region or above it, the nearest one's first, those of one in the order `then`.

    `owner` is the field with the federation.
    """
    of_theirs = rows.filter(**{f"{owner}__region__code__in": region.ancestor_codes})
    return of_theirs.select_related(f"{owner}__region").order_by(
        Length(f"{owner}__region__path").desc(), *then
    )


def children(code: str, *, on: date) -> QuerySet[Region]:
    """The regions in force straight below one."""
    return Region.objects.in_force(on).filter(parent__code=code)


def search(text: str, *, on: date) -> list[Region]:
    """Regions in force of this code, or whose name contains the text; at most LONGEST_ANSWER, by code."""
    text = text.strip()
    if not text:
        return []
    regions = Region.objects.in_force(on)
    found = regions.filter(code=text) if text.isdecimal() else regions.filter(name__icontains=text)
    return list(found[:LONGEST_ANSWER])


def named(text: str, *, on: date) -> Region:
    """The one region in force that a person means by a code or a full name.

    Raises InvalidInput: `region_unknown`, or `region_ambiguous` with the codes of the candidates.
    """
    text = text.strip()
    regions = Region.objects.in_force(on)
    found = list(
        (regions.filter(code=text) if text.isdecimal() else regions.filter(name=text))[:LONGEST_ANSWER]
    )
    if not found:
        raise InvalidInput(fields={"region": "region_unknown"})
    if len(found) > 1:
        codes = "、".join(region.code for region in found)
        raise InvalidInput(fields={"region": "region_ambiguous"}, codes=codes)
    return found[0]


def full_name(region: Region) -> str:
    """甘肃省天水市秦州区: the region with all above it but the nation."""
    above = region.ancestor_codes[1:]
    return (
        "".join(Region.objects.filter(code__in=above).order_by("path").values_list("name", flat=True))
        or region.name
    )
