"""What the filing of a cohort (开班备案) holds beside its particulars: the budget, and every move with its reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, CohortState, FundingSource


class BudgetItem(models.TextChoices):
    """What may be charged (docs/domain.md §5.4)."""

    TEACHING = "teaching", _("授课")
    VENUE = "venue", _("场地")
    MATERIALS = "materials", _("资料耗材")
    PRINTING = "printing", _("印刷")
    BOARD_AND_LODGING = "board_and_lodging", _("食宿")
    TRANSPORT = "transport", _("交通")
    LIVING_ALLOWANCE = "living_allowance", _("生活补助")
    EXAMINATION = "examination", _("考证")
    APPRAISAL = "appraisal", _("鉴定")
    INSURANCE = "insurance", _("保险")
    CARE = "care", _("照护人员")


class BudgetLine(models.Model):
    """One item of the budget, paid from one source (docs/domain.md §2.1 C43, C44)."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="budget_lines")
    item = models.CharField(_("预算项目"), max_length=20, choices=BudgetItem.choices)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    funding_source = models.CharField(_("资金来源"), max_length=20, choices=FundingSource.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "item"], name="courses_budget_item_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="courses_budget_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"BudgetLine {self.pk}"


class CohortMove(models.Model):
    """One move through the life of a cohort: who, when, why (docs/domain.md §5.3)."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="moves")
    before = models.CharField(_("之前"), max_length=12, choices=CohortState.choices)
    after = models.CharField(_("之后"), max_length=12, choices=CohortState.choices)
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(_("办理人"), max_length=50)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    # What was to be mended, by task of the filing, as `Cohort.to_mend` was told then.
    task_reasons = models.JSONField(_("各项意见"), default=dict, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"CohortMove {self.pk}"
