"""Whose figures an actor may see: regions from the top of each role down, and single bases."""

from collections.abc import Collection

from django.db.models import QuerySet

from registry.errors import NotFound
from registry.models import Region, TrainingBase
from registry.rules.access import Actor, Permission, require_somewhere


def tops(actor: Actor, permission: Permission = Permission.FIGURES_READ) -> list[Region]:
    """The highest regions in the actor's reach, one for each federation whose region is not inside another's."""
    paths = actor.scope(permission).region_paths
    highest = [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]
    return list(Region.objects.filter(path__in=highest).order_by("code"))


def region(actor: Actor, code: str, permission: Permission = Permission.FIGURES_READ) -> Region:
    """The region of this code. Raises NotPermitted when the actor holds the permission nowhere, and NotFound
    both when there is no such region and when it lies outside the actor's reach."""
    require_somewhere(actor, permission)
    held = Region.objects.select_related("parent").filter(code=code).first()
    if held is None or not actor.may(permission, region_path=held.path):
        raise NotFound(what="region")
    return held


def bases(actor: Actor) -> QuerySet[TrainingBase]:
    """The actor's own bases whose trainees' figures the actor may see."""
    return TrainingBase.objects.filter(pk__in=actor.scope(Permission.FIGURES_READ).base_ids)


def above(region: Region, actor: Actor) -> list[Region]:
    """The regions above this one that the actor may open, from the top down."""
    codes: Collection[str] = region.ancestor_codes[:-1]
    found = Region.objects.filter(code__in=codes).order_by("path")
    return [one for one in found if actor.may(Permission.FIGURES_READ, region_path=one.path)]
