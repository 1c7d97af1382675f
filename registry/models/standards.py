"""Local standards (管理规范): what a federation decided, from which day, by which document."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.federations import Federation


class LocalStandard(models.Model):
    """One rule of one federation from a day on; NULL gives the decision back to the federation above.

    It is never changed, only followed by one of a later day or, on the same day, replaced before the audit trail.
    """

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="standards")
    key = models.CharField(_("规范"), max_length=40)
    value = models.JSONField(_("取值"), null=True)
    document = models.CharField(_("文件"), max_length=120, blank=True)
    since = models.DateField(_("施行日期"))

    class Meta:
        ordering = ["key", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "key", "since"], name="registry_standard_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="registry_standard_has_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.since}"
