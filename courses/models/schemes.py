"""Subsidy schemes (补贴项目): who pays what under which conditions, by the document it rests on."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.rules.subsidies import Terms
from registry.models import Federation
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class SubsidyKind(models.TextChoices):
    """What a subsidy is for (docs/domain.md §2.1 C38 to C42)."""

    TRAINING_FEE = "training_fee", _("培训费补贴")
    LIVING = "living", _("生活费（含交通费）补贴")
    APPRAISAL = "appraisal", _("职业技能鉴定补贴")
    STARTUP = "startup", _("一次性创业补贴")
    MASSAGE_SHOP_STARTUP = "massage_shop_startup", _("按摩机构开办扶持")


class AmountBasis(models.TextChoices):
    HEAD = "head", _("每人")
    DAY = "day", _("每人每天")
    HOUR = "hour", _("每人每课时")


class SubsidySchemeQuerySet(models.QuerySet["SubsidyScheme"]):
    def visible_to(self, actor: Actor) -> "SubsidySchemeQuerySet":
        """Schemes are public policy: whoever deals with subsidies reads them all."""
        return self if actor.may_somewhere(Permission.SUBSIDY_READ) else self.none()

    def editable_by(self, actor: Actor) -> "SubsidySchemeQuerySet":
        if actor.is_system:
            return self
        scope = actor.scope(Permission.SUBSIDY_SCHEME_EDIT)
        return self.filter(in_subtrees("federation__region__path", scope.region_paths))

    def in_force(self, on: date) -> "SubsidySchemeQuerySet":
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)


class SubsidyScheme(models.Model):
    """One version: it is never changed once claimed under; a new document makes a new row and ends this one."""

    public_id = PublicIdField()
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="subsidy_schemes")
    kind = models.CharField(_("补贴类别"), max_length=24, choices=SubsidyKind.choices)
    name = models.CharField(_("名称"), max_length=80)
    basis = models.CharField(_("计算方式"), max_length=6, choices=AmountBasis.choices)
    rate = models.DecimalField(_("标准（元）"), max_digits=12, decimal_places=2)
    cap = models.DecimalField(_("每人上限（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    # Per cent in special cases (rules/subsidies.Terms), and what is asked (rules/subsidies.CONDITIONS).
    shares = models.JSONField(_("按情形折算"), default=dict, blank=True)
    conditions = models.JSONField(_("条件"), default=dict, blank=True)
    funding_sources = models.JSONField(_("可用资金"), default=list)
    document = models.CharField(_("文件"), max_length=120)
    clause = models.CharField(_("条款"), max_length=200, blank=True)
    valid_from = models.DateField(_("开始日期"))
    valid_until = models.DateField(_("结束日期"), null=True, blank=True)

    objects = SubsidySchemeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="courses_scheme_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="courses_scheme_pays_something"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        return Terms(self.basis, self.rate, self.cap, self.shares)
