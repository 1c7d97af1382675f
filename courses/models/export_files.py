"""Files of an export, made piece by piece, sealed, and forgotten once they were handed out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort
from courses.models.comparisons import Comparison
from registry.models import Account, Export, Region
from registry.models.exports import ExportPurpose
from registry.models.fields import PublicIdField, SealedBytesField, SealedTextField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class ExportFileQuerySet(models.QuerySet["ExportFile"]):
    def visible_to(self, actor: Actor) -> "ExportFileQuerySet":
        """Files of the regions whose data the actor hands out."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("region__path", actor.scope(Permission.DATA_EXPORT).region_paths))


class ExportFile(models.Model):
    """What was asked for and how far it is; the record of it that stays is the Export of the same public id."""

    public_id = PublicIdField()
    ledger = models.CharField(_("内容"), max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="+")
    comparison = models.ForeignKey(Comparison, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"), null=True)
    purpose = models.CharField(_("用途"), max_length=20, choices=ExportPurpose.choices)
    recipient = models.CharField(_("接收单位"), max_length=80)
    # Keys of the personal fields that are not masked.
    in_clear = models.JSONField(default=list)
    # The day as which the register is read.
    on = models.DateField()
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=50)
    asked_at = models.DateTimeField()
    # The row of the background task; empty when it was small enough to be made at once.
    task_id = models.CharField(max_length=36, blank=True)
    total = models.PositiveIntegerField()
    # Of each sheet: its name, its rows, and for each label how many of its cells are filled.
    completeness = models.JSONField(default=list)
    made_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)
    problem_facts = models.JSONField(default=dict)
    data = SealedBytesField(blank=True, default=b"")
    export = models.OneToOneField(Export, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    objects = ExportFileQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"ExportFile {self.public_id}"


class ExportPart(models.Model):
    """A page of rows, sealed. After a kill the work goes on behind the last of them; the whole file takes their place."""

    export_file = models.ForeignKey(ExportFile, models.CASCADE, related_name="parts")
    sheet = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    # The key of its last row: the next page begins behind it.
    last = models.BigIntegerField()
    count = models.PositiveIntegerField()
    # A JSON list of the rows' cells, as they leave the register.
    rows = SealedTextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["export_file", "sheet", "place"], name="courses_export_part_once")
        ]

    def __str__(self) -> str:
        return f"ExportPart {self.pk}"
