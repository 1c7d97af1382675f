"""The bases for which somebody may do something."""

from django.db.models import Q, QuerySet

from registry.models import TrainingBase
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


def bases_where(actor: Actor, permission: Permission) -> QuerySet[TrainingBase]:
    """Bases over which the actor holds the permission."""
    if actor.is_system:
        return TrainingBase.objects.all()
    scope = actor.scope(permission)
    return TrainingBase.objects.filter(
        in_subtrees("region__path", scope.region_paths) | Q(pk__in=scope.base_ids)
    )
