"""Subsidy schemes (补贴项目): who pays what under which conditions, by the document it rests on."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.rules.subsidies import COST_ITEMS, FOR_A_BUSINESS, FOR_A_COHORT, PAID_TO_BASE, Terms
from registry.models import Federation
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class SubsidyKind(models.TextChoices):
    """What a subsidy is for (docs/domain.md §2.1 C38 to C42). The words stand on public notices."""

    TRAINING_FEE = "training_fee", _("培训费补贴")
    LIVING = "living", _("生活费（含交通费）补贴")
    APPRAISAL = "appraisal", _("职业技能鉴定补贴")
    STARTUP = "startup", _("一次性创业补贴")
    MASSAGE_SHOP_STARTUP = "massage_shop_startup", _("按摩机构开办扶持")


class CostItem(models.TextChoices):
    """What is charged: a kind of subsidy pays for one of these (rules/subsidies.COST_ITEMS)."""

    TUITION = "tuition", _("培训费")
    LIVING = "living", _("生活费和交通费")
    APPRAISAL = "appraisal", _("鉴定费")
    STARTUP = "startup", _("创业补贴")
    SHOP = "shop", _("按摩机构开办费用")


class AmountBasis(models.TextChoices):
    HEAD = "head", _("每人")
    DAY = "day", _("每人每天（按实际出勤天数）")
    HOUR = "hour", _("每人每课时（按实际出勤课时）")


class CertificateFamily(models.TextChoices):
    """Families of certificates that a scheme may list (docs/domain.md §4.2); all but ours are of the app above."""

    COMPLETION = "completion", _("培训合格证")
    SPECIAL_ABILITY = "special_ability", _("专项职业能力证书")
    SKILL_LEVEL = "skill_level", _("职业技能等级证书")
    QUALIFICATION = "qualification", _("职业资格证书")
    BLIND_MEDICAL_MASSAGE = "blind_medical_massage", _("盲人医疗按摩人员考试合格证书")
    TITLE = "title", _("职称证书")


class SubsidySchemeQuerySet(models.QuerySet["SubsidyScheme"]):
    def visible_to(self, actor: Actor) -> "SubsidySchemeQuerySet":
        """Schemes are public policy: whoever deals with subsidies reads them all."""
        return self if actor.may_somewhere(Permission.SUBSIDY_READ) else self.none()

    def editable_by(self, actor: Actor) -> "SubsidySchemeQuerySet":
        """Those of federations for which the actor decides."""
        if actor.is_system:
            return self
        paths = actor.scope(Permission.SUBSIDY_SCHEME_EDIT).region_paths
        return self.filter(in_subtrees("federation__region__path", paths))

    def in_force(self, on: date) -> "SubsidySchemeQuerySet":
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)


class SubsidyScheme(models.Model):
    """One version. It is never changed: a new document makes a new row and ends this one, so that a claim stays
    under the rules it was made under (docs/domain.md §2.1 C45, C46)."""

    public_id = PublicIdField()
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="subsidy_schemes")
    kind = models.CharField(_("补贴类别"), max_length=24, choices=SubsidyKind.choices)
    name = models.CharField(_("名称"), max_length=80)
    basis = models.CharField(_("计算方式"), max_length=6, choices=AmountBasis.choices)
    rate = models.DecimalField(_("标准（元）"), max_digits=12, decimal_places=2)
    cap = models.DecimalField(_("每人上限（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    # Per cent in special cases, and what is asked: rules/subsidies says which keys there are.
    shares = models.JSONField(_("按情形折算"), default=dict, blank=True)
    conditions = models.JSONField(_("条件"), default=dict, blank=True)
    funding_sources = models.JSONField(_("可用资金"), default=list)
    document = models.CharField(_("文件名称和文号"), max_length=120)
    clause = models.CharField(_("条款"), max_length=200, blank=True)
    valid_from = models.DateField(_("执行日期"))
    valid_until = models.DateField(_("执行到"), null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    decided_on = models.DateField(_("登记日期"))
    decided_by = models.CharField(_("登记人"), max_length=50)

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

    @property
    def item(self) -> str:
        return COST_ITEMS[self.kind]

    @property
    def is_paid_to_base(self) -> bool:
        return self.kind in PAID_TO_BASE

    @property
    def is_for_cohort(self) -> bool:
        return self.kind in FOR_A_COHORT

    @property
    def is_for_business(self) -> bool:
        return self.kind in FOR_A_BUSINESS

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
