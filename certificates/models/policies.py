"""What a federation asks of changes to certificates below it: a second person, and a time to undo."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.rules.changes import LONGEST_WINDOW, Policy
from registry.models import Federation


class ChangePolicy(models.Model):
    """The nearest one up the tree from a base's region decides (queries/policies.py)."""

    federation = models.OneToOneField(Federation, models.PROTECT, related_name="change_policy")
    two_people_withdraw = models.BooleanField(_("撤销需要两人"), default=False)
    two_people_replace = models.BooleanField(_("更正需要两人"), default=False)
    two_people_bulk = models.BooleanField(_("批量办理需要两人"), default=False)
    undo_minutes = models.PositiveSmallIntegerField(_("撤回时限（分钟）"), default=Policy.undo_minutes)
    decided_on = models.DateField(_("决定日期"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undo_minutes__lte=LONGEST_WINDOW), name="certificates_policy_window_limited"
            )
        ]

    def __str__(self) -> str:
        return f"ChangePolicy of {self.federation_id}"

    @property
    def policy(self) -> Policy:
        return Policy(
            two_people_withdraw=self.two_people_withdraw,
            two_people_replace=self.two_people_replace,
            two_people_bulk=self.two_people_bulk,
            undo_minutes=self.undo_minutes,
        )
