"""Accounts that an actor manages, with the roles they hold."""

from django.db.models import Prefetch, Q, QuerySet

from registry.models import Account, Federation, Membership, TrainingBase
from registry.models.regions import in_subtrees, of_bases_in
from registry.rules.access import Actor, Permission


def managed_memberships(actor: Actor) -> QuerySet[Membership]:
    """Roles held in organisations whose accounts the actor manages: an account may hold others elsewhere."""
    roles = Membership.objects.select_related("federation", "base")
    if actor.is_system:
        return roles
    scope = actor.scope(Permission.ACCOUNT_MANAGE)
    return roles.filter(in_subtrees("federation__region__path", scope.region_paths) | of_bases_in(scope))


def with_roles(actor: Actor) -> QuerySet[Account]:
    """Accounts the actor manages, each with `managed_roles`."""
    return Account.objects.visible_to(actor).prefetch_related(
        Prefetch("memberships", managed_memberships(actor), to_attr="managed_roles")
    )


def federations(actor: Actor) -> QuerySet[Federation]:
    """Federations whose accounts the actor manages."""
    if actor.is_system:
        return Federation.objects.all()
    return Federation.objects.filter(
        in_subtrees("region__path", actor.scope(Permission.ACCOUNT_MANAGE).region_paths)
    )


def bases(actor: Actor) -> QuerySet[TrainingBase]:
    """Training bases whose accounts the actor manages."""
    if actor.is_system:
        return TrainingBase.objects.all()
    scope = actor.scope(Permission.ACCOUNT_MANAGE)
    return TrainingBase.objects.filter(
        in_subtrees("region__path", scope.region_paths) | Q(pk__in=scope.base_ids)
    )
