"""Files of a whole cohort, made in the background: all sheets to print, or all images for phones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Cohort
from registry.models import Account
from registry.models.fields import PublicIdField
from registry.rules.access import Actor


class BulkKind(models.TextChoices):
    PDF = "pdf", _("打印用的 PDF")
    IMAGES = "images", _("手机图片")


class BulkFileQuerySet(models.QuerySet["BulkFile"]):
    def visible_to(self, actor: Actor) -> "BulkFileQuerySet":
        """Files of the cohorts that the actor reads; its certificates are asked about besides."""
        return self.filter(cohort__in=Cohort.objects.visible_to(actor))


class BulkFile(models.Model):
    public_id = PublicIdField()
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="bulk_files")
    kind = models.CharField(max_length=8, choices=BulkKind.choices)
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=50)
    asked_at = models.DateTimeField()
    # Primary keys, in printing order, as they were in force when it was asked for.
    certificates = models.JSONField()
    # The row of the background task; empty when it was small enough to be made at once.
    task_id = models.CharField(max_length=36, blank=True)
    made_at = models.DateTimeField(null=True)
    # Why it cannot be made: a permanent code and its facts.
    problem = models.CharField(max_length=40, blank=True)
    problem_facts = models.JSONField(default=dict)
    # With its parts it is then deleted: nobody needs a second copy of so many names.
    expires_at = models.DateTimeField(db_index=True)

    objects = BulkFileQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def total(self) -> int:
        """Certificates asked for."""
        return len(self.certificates)


class BulkPart(models.Model):
    """One file of it. Made one by one, so that after a kill the work goes on where it was."""

    bulk_file = models.ForeignKey(BulkFile, models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    # Certificates that it took care of, those that were no longer in force too.
    count = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["bulk_file", "place"], name="certificates_bulk_part_once")
        ]

    def __str__(self) -> str:
        return self.name
