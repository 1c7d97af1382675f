"""Who is asking: an account with the roles it holds today."""

from datetime import date

from django.db.models import Q

from registry.models import Account, Membership
from registry.rules.access import Actor, Grant, Role


def actor_for(account: Account, *, on: date) -> Actor:
    """The actor of this request. Read afresh each time, so that a role taken away is gone at the next request."""
    held = (
        Membership.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on), account=account, since__lte=on
        )
        .order_by("pk")
        .values_list("role", "federation__region__path", "base_id")
    )
    grants = tuple(
        Grant(role=Role(role), region_path=path or "", base_id=base_id) for role, path, base_id in held
    )
    return Actor(account_id=account.pk, name=account.name, grants=grants)
