"""The federations for which somebody may do something."""

from django.db.models import QuerySet

from registry.models import Federation
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


def federations_where(actor: Actor, permission: Permission) -> QuerySet[Federation]:
    """Federations in the subtrees in which the actor holds the permission, the highest first."""
    rows = Federation.objects.select_related("region").order_by("region__path")
    if actor.is_system:
        return rows
    return rows.filter(in_subtrees("region__path", actor.scope(permission).region_paths))
