"""Which policy for changes holds for a base."""

from certificates.models import ChangePolicy
from certificates.rules.changes import Policy
from registry.models import TrainingBase
from registry.queries.regions import nearest_first


def policy_for(base: TrainingBase) -> Policy:
    """That of the nearest federation up the tree from the base's region that has decided; else the default.

    One query.
    """
    nearest = nearest_first(ChangePolicy.objects.all(), base.region).first()
    return nearest.policy if nearest else Policy()
