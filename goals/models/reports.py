"""Reports of units on a plan (落实情况报告), and what was handed in: frozen, every version kept (docs/domain.md §2.2)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models.plans import Operator, PlanPeriod, Target, TargetPeriod
from goals.rules import reports as rules
from registry.models import Region
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class ReportKind(models.TextChoices):
    ANNUAL = rules.ANNUAL, _("年度报告")
    MID_TERM = rules.MID_TERM, _("中期评估")
    FINAL = rules.FINAL, _("总结评估")
    EVALUATION = rules.EVALUATION, _("绩效评估")
    INSPECTION = rules.INSPECTION, _("督促检查")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回修改")
    ACCEPTED = "accepted", _("已接收")


WRITTEN = ("implementation", "results", "experience", "problems")
"""The four sections that Panjin names (T31): 落实情况、工作成效、经验做法、存在问题."""
FINDINGS = "findings"
"""What an evaluation or inspection concludes, besides."""
MAY_BE_WRITTEN = (ReportState.DRAFT, ReportState.RETURNED)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """Reports of units whose figures the actor reads; a draft that was never handed in only to the unit itself."""
        if actor.is_system:
            return self
        paths = actor.scope(Permission.FIGURES_READ).region_paths
        handed_in = ~Q(state=ReportState.DRAFT) | Q(region__path__in=paths)
        return self.filter(in_subtrees("region__path", paths), handed_in)

    def addressed_to(self, actor: Actor) -> "ReportQuerySet":
        """Reports on the plans of the very federations in which the actor decides."""
        if actor.is_system:
            return self
        return self.filter(target__plan__region__path__in=actor.scope(Permission.REPORT_DECIDE).region_paths)


class Report(models.Model):
    """What one unit writes for one target of a plan and one year; each submission is a `ReportFiling`."""

    public_id = PublicIdField()
    target = models.ForeignKey(Target, models.PROTECT, related_name="reports")
    region = models.ForeignKey(Region, models.PROTECT, related_name="reports")
    # Of a target that asks for one report in all: the last of its years.
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("种类"), max_length=12, choices=ReportKind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    state_since = models.DateField(_("进入状态的日期"))
    implementation = models.TextField(_("落实情况"), max_length=5_000, blank=True)
    results = models.TextField(_("工作成效"), max_length=5_000, blank=True)
    experience = models.TextField(_("经验做法"), max_length=5_000, blank=True)
    problems = models.TextField(_("存在问题"), max_length=5_000, blank=True)
    findings = models.TextField(_("评估结论"), max_length=5_000, blank=True)
    # The end of a month whose figures are to be frozen; empty: those of the day of submission.
    month_end = models.DateField(_("数据截至"), null=True, blank=True)
    drafted_on = models.DateField(_("起草日期"))
    drafted_by = models.CharField(_("起草人"), max_length=50)
    # When it was first handed in: what decides whether it was late.
    filed_on = models.DateField(_("首次报送日期"), null=True)
    # Of a report to somebody outside: the day and number under which it went there.
    sent_on = models.DateField(_("上报日期"), null=True, blank=True)
    sent_number = models.CharField(_("上报文号"), max_length=60, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "region__code"]
        indexes = [models.Index(fields=["state", "state_since"], name="goals_report_state")]
        constraints = [
            models.UniqueConstraint(fields=["target", "region", "year"], name="goals_report_once"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_number="")
                | (Q(sent_on__isnull=False) & ~Q(sent_number="")),
                name="goals_report_sent_with_number",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.public_id}"

    @property
    def may_be_written(self) -> bool:
        return self.state in MAY_BE_WRITTEN

    @property
    def is_outside(self) -> bool:
        """Whether it goes to somebody outside the federations (T27)."""
        return self.target.metric in rules.OUTSIDE

    @property
    def handed_in_on(self) -> date | None:
        """The day that is compared with the deadline."""
        return self.sent_on if self.is_outside else self.filed_on

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections that it has, in their order."""
        return WRITTEN if self.kind == ReportKind.ANNUAL else (*WRITTEN, FINDINGS)

    @property
    def deadline(self) -> date | None:
        return deadline(self.target, self.year)

    @property
    def first_year(self) -> int:
        """Where its own figures begin: the year of a yearly report, else the plan's first."""
        return self.year if is_yearly(self.target) else self.target.plan.period.first_year


class ReportFiling(models.Model):
    """One submission: words and figures as they were handed in, never changed; then the decision on it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="filings")
    number = models.PositiveSmallIntegerField(_("版本"))
    sections = models.JSONField()
    as_of = models.DateField(_("数据截至"))
    # Built by queries/report_figures.py, with the versions of the definitions and the allocations of the day.
    figures = models.JSONField()
    submitted_on = models.DateField(_("报送日期"))
    submitted_by = models.CharField(_("报送人"), max_length=50)
    # Whoever hands in does not also decide; the name stays when an account is closed.
    submitter_id = models.BigIntegerField(null=True)
    is_accepted = models.BooleanField(null=True)
    decided_on = models.DateField(_("审核日期"), null=True)
    decided_by = models.CharField(_("审核人"), max_length=50, blank=True)
    reason = models.TextField(_("退回理由"), max_length=1_000, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="goals_filing_number_once"),
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True, decided_on__isnull=True)
                | Q(is_accepted__isnull=False, decided_on__isnull=False),
                name="goals_filing_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"ReportFiling {self.pk}"


def is_yearly(target: Target) -> bool:
    return target.period_kind == TargetPeriod.ANNUAL


def deadline(target: Target, year: int) -> date | None:
    """By when the target's report of the year is owed; None where the document names no day."""
    return rules.deadline(target.due, year, is_dated=target.operator == Operator.BY)


def own_years(target: Target, year: int) -> tuple[int, int]:
    """First and last year of the figures in the target's report of a year (`PlanPeriod`)."""
    period: PlanPeriod = target.plan.period
    return (year, year) if is_yearly(target) else (period.first_year, period.last_year)
