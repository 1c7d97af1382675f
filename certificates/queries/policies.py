"""Which policy for changes holds for a base."""

from certificates.models import ChangePolicy
from certificates.rules.changes import Policy
from registry.models import TrainingBase


def policy_for(base: TrainingBase) -> Policy:
    """That of the nearest federation up the tree from the base's region that has decided; else the default.

    One query.
    """
    decided = ChangePolicy.objects.filter(
        federation__region__code__in=base.region.ancestor_codes
    ).select_related("federation__region")
    nearest = max(decided, key=lambda one: len(one.federation.region.path), default=None)
    return nearest.policy if nearest else Policy()
