"""Comparisons (数据比对): a partner office's file against our register, row by row, and who settled what differs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Account, Person, Region
from registry.models.fields import PublicIdField, SealedBytesField, SealedTextField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class ComparisonMode(models.TextChoices):
    QUERY = "query", _("查询：名单里哪些人已登记")
    COMPARE = "compare", _("比对：哪些内容不一致")
    VERIFY = "verify", _("核验：我们登记的内容是否属实")


class ComparisonState(models.TextChoices):
    MAPPING = "mapping", _("等待选择栏目")
    RUNNING = "running", _("正在比对")
    DONE = "done", _("已比对")
    FORGOTTEN = "forgotten", _("数据已删除")


class RowState(models.TextChoices):
    MATCH = "match", _("一致")
    CONFLICT = "conflict", _("不一致")
    UNKNOWN = "unknown", _("我们没有登记")
    UNREADABLE = "unreadable", _("读不懂")


class Resolution(models.TextChoices):
    OPEN = "open", _("待处理")
    KEPT = "kept", _("保留我们的")
    TAKEN = "taken", _("采用对方的")
    ASKED = "asked", _("向本人或对方核实")


class PartnerLayout(models.Model):
    """Which column of a partner's files is which: asked once, offered again the next time."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    partner = models.CharField(_("对方单位"), max_length=60)
    # The label of the column, by our field.
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "partner"], name="courses_partner_layout_once")
        ]

    def __str__(self) -> str:
        return f"PartnerLayout {self.pk}"


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def visible_to(self, actor: Actor) -> "ComparisonQuerySet":
        """Comparisons of the regions for which the actor compares."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("region__path", actor.scope(Permission.DATA_COMPARE).region_paths))


class Comparison(models.Model):
    public_id = PublicIdField()
    # Its people are the only ones that are looked for.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    partner = models.CharField(_("对方单位"), max_length=60)
    mode = models.CharField(_("做什么"), max_length=8, choices=ComparisonMode.choices)
    file_name = SealedTextField(_("文件名"))
    data = SealedBytesField(blank=True, default=b"")
    sha256 = models.CharField(max_length=64)
    # Labels of the file's header, and of these the chosen ones by our field.
    labels = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ComparisonState.choices, default=ComparisonState.MAPPING)
    # Rows by state, and how many were totals, signatures and the like: known when the rows are forgotten.
    counts = models.JSONField(default=dict)
    task_id = models.CharField(max_length=36, blank=True)
    problem = models.CharField(max_length=40, blank=True)
    problem_facts = models.JSONField(default=dict)
    uploaded_on = models.DateField(_("上传日期"))
    uploaded_by = models.CharField(_("上传人"), max_length=50)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # On this day what the partner told is forgotten.
    expires_on = models.DateField(_("保留到"), db_index=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_on", "-pk"]

    def __str__(self) -> str:
        return f"Comparison {self.public_id}"


class ComparisonRow(models.Model):
    """A row of the file with what became of it; `problems` are (field, code) of what could not be read."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=60)
    number = models.PositiveIntegerField(_("行号"))
    state = models.CharField(_("结果"), max_length=10, choices=RowState.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # The name and the number as the partner wrote them, in JSON; empty once they are forgotten.
    cells = SealedTextField(blank=True, default="")
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["comparison", "state"], name="courses_comparison_row_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "sheet", "number"], name="courses_comparison_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"ComparisonRow {self.pk}"


class Discrepancy(models.Model):
    """One field in which a row is not ours; the two values are forgotten with the file, who settled it is not."""

    row = models.ForeignKey(ComparisonRow, models.CASCADE, related_name="discrepancies")
    field = models.CharField(max_length=20)
    ours = SealedTextField(blank=True, default="")
    theirs = SealedTextField(blank=True, default="")
    resolution = models.CharField(
        _("处理"), max_length=6, choices=Resolution.choices, default=Resolution.OPEN
    )
    resolved_by = models.CharField(_("处理人"), max_length=50, blank=True)
    resolved_on = models.DateField(_("处理日期"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["row", "field"], name="courses_discrepancy_once"),
            models.CheckConstraint(
                condition=Q(resolution=Resolution.OPEN, resolved_on__isnull=True)
                | (~Q(resolution=Resolution.OPEN) & Q(resolved_on__isnull=False)),
                name="courses_discrepancy_resolved_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Discrepancy {self.pk}"
