"""Roster imports: an uploaded workbook, kept row by row until every good row is loaded and every bad one mended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, of_cohorts_in
from courses.models.enrolments import Enrolment
from registry.models.fields import PublicIdField, SealedTextField
from registry.rules.access import Actor, Permission


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, actor: Actor) -> "RosterImportQuerySet":
        """Imports into cohorts that the actor may edit: an unfinished roster shows full citizen IDs."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_EDIT)
        return self.filter(of_cohorts_in(scope))


class RosterImport(models.Model):
    public_id = PublicIdField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="roster_imports")
    file_name = models.CharField(_("文件名"), max_length=120)
    # SHA-256 of the file: the same file again leads to the same import.
    digest = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    uploaded_by = models.CharField(_("上传人"), max_length=50)
    # What was said of the file as a whole: sheets read, unknown columns. Codes and facts, no personal data.
    notices = models.JSONField(default=list)
    # How many rows the file had and how many of them were refused at first: mending does not change them, so that
    # figures of data quality need not read five million rows.
    rows_read = models.PositiveIntegerField(_("读到的行数"), default=0)
    rows_refused = models.PositiveIntegerField(_("未通过的行数"), default=0)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "digest"], name="courses_roster_file_once_per_cohort")
        ]

    def __str__(self) -> str:
        return f"RosterImport {self.public_id}"


class RowState(models.TextChoices):
    READY = "ready", _("可以载入")
    BAD = "bad", _("需要改正")
    LOADED = "loaded", _("已载入")
    SKIPPED = "skipped", _("已跳过")


class RosterImportRow(models.Model):
    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    sheet = models.CharField(_("工作表"), max_length=60)
    # As the spreadsheet program numbers it, from 1.
    row_number = models.PositiveIntegerField(_("行号"))
    # JSON of field → text as uploaded or mended; sealed, since it holds citizen IDs.
    cells = SealedTextField()
    # [{"field", "code", "severity", "facts"}]; never the value itself.
    problems = models.JSONField(default=list)
    state = models.CharField(_("状态"), max_length=8, choices=RowState.choices)
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="roster_rows")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "sheet", "row_number"], name="courses_roster_row_once")
        ]
        indexes = [models.Index(fields=["roster", "state"], name="courses_roster_row_state")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row_number}"
