"""What happened to a base: who did what, when and why. Its history page shows it; the audit trail keeps it too."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.bases import TrainingBase


class BaseEvent(models.Model):
    """One step, never changed. `verb` is the audit trail's, `subject` the row it was about, such as an application."""

    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="events")
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.PositiveBigIntegerField()
    happened_on = models.DateField(_("日期"))
    # Who must not also decide is told by the account; the name stays when an account is closed.
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("经办人"), max_length=50, blank=True)
    note = models.TextField(_("说明"), blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="registry_baseevent_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.happened_on}"
