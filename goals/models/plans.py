"""Policy plans and their targets, as data: a document, its period, and what it asks for in its own words."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models import Region
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class PlanPeriod(models.Model):
    """Years that figures are counted for: those of a plan, and each single year; the population of the two-skills
    goal is fixed for it (docs/domain.md §2.5).
    """

    first_year = models.PositiveSmallIntegerField(_("起始年份"))
    last_year = models.PositiveSmallIntegerField(_("结束年份"))
    # Everybody up to this person is counted in it; empty once all are (actions/recounts.py).
    counted_to = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["first_year", "-last_year"]
        constraints = [
            models.UniqueConstraint(fields=["first_year", "last_year"], name="goals_period_once"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="goals_period_forward"),
        ]

    def __str__(self) -> str:
        return str(self.first_year) if self.is_year else f"{self.first_year}–{self.last_year}"

    @property
    def key(self) -> str:
        """How addresses name it: "2022-2024", or "2024" for a single year."""
        return str(self.first_year) if self.is_year else f"{self.first_year}-{self.last_year}"

    @property
    def is_year(self) -> bool:
        return self.first_year == self.last_year

    @property
    def is_counted(self) -> bool:
        """Whether everybody is counted in it; until then its figures are those of a part."""
        return self.counted_to is None

    @property
    def first_day(self) -> date:
        return date(self.first_year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.last_year, 12, 31)


class PlanState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    IN_FORCE = "in_force", _("已生效")
    WITHDRAWN = "withdrawn", _("已撤回")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, actor: Actor) -> "PlanQuerySet":
        """Plans in force are published documents; drafts and withdrawn ones are for those who edit them."""
        if actor.is_system:
            return self
        own = in_subtrees("region__path", actor.scope(Permission.PLAN_EDIT).region_paths)
        return self.filter(Q(state=PlanState.IN_FORCE) | own)


class Plan(models.Model):
    """A policy document. Those of the seed are never edited here; officers enter others (actions/plan_edits.py)."""

    public_id = PublicIdField()
    period = models.ForeignKey(PlanPeriod, models.PROTECT, related_name="plans")
    region = models.ForeignKey(Region, models.PROTECT, related_name="plans")
    title = models.CharField(_("文件名称"), max_length=120)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    # False where the number was found elsewhere: the copy of the document that was read does not carry it.
    number_in_document = models.BooleanField(_("文号见于原文"), default=True)
    issuer = models.CharField(_("发文机关"), max_length=60, blank=True)
    issued_on = models.DateField(_("发布日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=PlanState.choices, default=PlanState.IN_FORCE)
    is_seeded = models.BooleanField(default=False)
    recorded_by = models.CharField(_("登记人"), max_length=50, blank=True)
    in_force_on = models.DateField(_("生效登记日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawn_by = models.CharField(_("撤回人"), max_length=50, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "period__first_year"]
        constraints = [
            # One that was withdrawn does not stand in the way of the one that is entered in its place.
            models.UniqueConstraint(
                fields=["region", "title"], condition=~Q(state="withdrawn"), name="goals_plan_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="goals_plan_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TargetPeriod(models.TextChoices):
    CUMULATIVE = "cumulative", _("累计")
    ANNUAL = "annual", _("每年")
    DEADLINE = "deadline", _("限期")
    WINDOW = "window", _("期内")
    STANDING = "standing", _("持续")


class TargetScope(models.TextChoices):
    """Whose work the target is: training itself, what federations track about it, or another system's."""

    CORE = "core", _("培训与证书")
    TRACKING = "tracking", _("残联跟踪")
    ADJACENT = "adjacent", _("其他系统")


class Operator(models.TextChoices):
    AT_LEAST = ">=", _("不少于")
    AT_MOST = "<=", _("不超过")
    EQUAL = "=", _("等于")
    BY = "by", _("于…前")


class Target(models.Model):
    """One numeric target with the sentence that sets it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    code = models.CharField(_("编号"), max_length=24, unique=True)
    metric = models.CharField(_("指标"), max_length=60)
    metric_name = models.CharField(_("指标名称"), max_length=80)
    period_kind = models.CharField(_("时段"), max_length=12, choices=TargetPeriod.choices)
    operator = models.CharField(_("要求"), max_length=2, choices=Operator.choices)
    # A number, or for operator "by" a date such as 12-31, 2024-12-31 or 2023-Q4; both empty where the
    # document sets no figure of its own (JX-08 follows a national average, PJ-07 names no day).
    value = models.DecimalField(_("数值"), max_digits=14, decimal_places=4, null=True, blank=True)
    due = models.CharField(_("期限"), max_length=12, blank=True)
    unit = models.CharField(_("单位"), max_length=12)
    per = models.CharField(_("口径"), max_length=24)
    scope = models.CharField(_("范围"), max_length=10, choices=TargetScope.choices)
    first_year = models.PositiveSmallIntegerField(_("起始年份"))
    last_year = models.PositiveSmallIntegerField(_("结束年份"))
    # As in the copy that was read; Jiangxi's is in traditional script with a converter's word errors, so its
    # simplified reading stands beside it.
    quote = models.TextField(_("原文"))
    quote_simplified = models.TextField(_("原文（简体）"), blank=True)
    note = models.TextField(_("说明"), blank=True)
    # Where another text says it again: shown, never added up.
    source = models.CharField(_("出处"), max_length=120, blank=True)
    repeats = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="repeated_by")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
