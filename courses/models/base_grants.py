"""Grants to training bases (基地扶持): base, year, purpose, amount, funding source, document (docs/domain.md §2.1 C47)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import FundingSource
from registry.models import Account, Federation, TrainingBase
from registry.models.fields import PublicIdField
from registry.models.regions import of_bases_in
from registry.rules.access import Actor, Permission


class GrantPurpose(models.TextChoices):
    """What the money is for; one purpose is paid once in a year, whoever pays it (C43)."""

    PREMISES = "premises", _("场地建设和租赁")
    EQUIPMENT = "equipment", _("设备购置")
    ACCESSIBILITY = "accessibility", _("无障碍改造")
    COURSES = "courses", _("课程和教材开发")
    TRAINERS = "trainers", _("师资培养")
    OPERATION = "operation", _("日常运行")
    AWARD = "award", _("考核奖励")


class BaseGrantQuerySet(models.QuerySet["BaseGrant"]):
    def visible_to(self, actor: Actor) -> "BaseGrantQuerySet":
        """Grants to the bases whose subsidies the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.SUBSIDY_READ)
        return self.filter(of_bases_in(scope))

    def standing(self) -> "BaseGrantQuerySet":
        return self.filter(undone_on__isnull=True)


class BaseGrant(models.Model):
    public_id = PublicIdField()
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="grants")
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="grants")
    year = models.PositiveSmallIntegerField(_("年度"))
    purpose = models.CharField(_("用途"), max_length=14, choices=GrantPurpose.choices)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2)
    funding_source = models.CharField(_("资金来源"), max_length=20, choices=FundingSource.choices)
    document = models.CharField(_("文件名称和文号"), max_length=120)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    recorded_on = models.DateField(_("登记日期"))
    recorded_by = models.CharField(_("登记人"), max_length=50)
    # A second person records the payment, so who the first was must be certain; none for the system's own commands.
    recorder = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(_("发放日期"), null=True, blank=True)
    payment_number = models.CharField(_("支付凭证号"), max_length=40, blank=True)
    undone_on = models.DateField(_("撤销日期"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=50, blank=True)
    undone_reason = models.CharField(_("撤销原因"), max_length=120, blank=True)

    objects = BaseGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "year", "purpose"],
                condition=Q(undone_on__isnull=True),
                name="courses_base_grant_once_a_year",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="courses_base_grant_amount_positive"),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, payment_number="")
                | (Q(paid_on__isnull=False) & ~Q(payment_number="")),
                name="courses_base_grant_paid_with_number",
            ),
        ]

    def __str__(self) -> str:
        return f"BaseGrant {self.public_id}"
