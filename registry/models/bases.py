"""Training bases (培训基地): what they are, what they teach, what they offer so that everybody can learn there."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.fields import PublicIdField
from registry.models.regions import Region, in_subtrees
from registry.rules.access import Actor, Permission


class BaseKind(models.TextChoices):
    TRAINING = "training", _("培训基地")
    PRACTICAL = "practical", _("实习实训基地")
    INCUBATION = "incubation", _("创业孵化基地")


class InstitutionKind(models.TextChoices):
    """What the base is as an institution (docs/domain.md §2.1 C23 to C25, C34, C35)."""

    PUBLIC_PRACTICE = "public_practice", _("公共实训基地")
    VOCATIONAL_COLLEGE = "vocational_college", _("职业院校")
    TECHNICAL_SCHOOL = "technical_school", _("技工院校")
    UNIVERSITY = "university", _("普通高校")
    SPECIAL_EDUCATION = "special_education", _("特殊教育学校")
    TRAINING_INSTITUTION = "training_institution", _("职业培训机构")
    ENTERPRISE = "enterprise", _("行业企业")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
    MASTER_STUDIO = "master_studio", _("大师（工匠）工作室")
    MASSAGE_SHOP = "massage_shop", _("按摩机构")


class Ownership(models.TextChoices):
    PUBLIC = "public", _("公办")
    PRIVATE = "private", _("民办")


class BaseCategoryKind(models.TextChoices):
    """What a base teaches, as it is accredited for (docs/domain.md §2.1 C20, C32, C35).

    A 盲人保健按摩实训基地 (C25) is a practical-training base of the category blind_massage.
    """

    BLIND_MASSAGE = "blind_massage", _("盲人按摩")
    HERITAGE = "heritage", _("非遗传承")
    CREATIVE = "creative", _("文创")
    E_COMMERCE = "e_commerce", _("电子商务")
    RURAL = "rural", _("农村实用技术")
    GENERAL = "general", _("综合")


class AccessProvision(models.TextChoices):
    """What a place offers so that everybody can learn or work there (docs/domain.md §2.1 C18)."""

    BRAILLE = "braille", _("盲文材料")
    LARGE_PRINT = "large_print", _("大字材料")
    SCREEN_READER = "screen_reader", _("读屏电脑")
    GUIDE = "guide", _("引导服务")
    TACTILE = "tactile", _("盲道")
    SIGN_LANGUAGE = "sign_language", _("手语翻译")
    CAPTIONS = "captions", _("实时字幕")
    WHEELCHAIR = "wheelchair", _("轮椅通行")
    TOILET = "toilet", _("无障碍卫生间")
    LODGING = "lodging", _("住宿")
    TRANSPORT = "transport", _("接送")
    HOME_TEACHING = "home_teaching", _("送教上门")


class TrainingBaseQuerySet(models.QuerySet["TrainingBase"]):
    def visible_to(self, actor: Actor) -> "TrainingBaseQuerySet":
        """Bases in the actor's subtrees and the actor's own bases."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.BASE_READ)
        return self.filter(in_subtrees("region__path", scope.region_paths) | Q(pk__in=scope.base_ids))

    def accredited_on(self, day: date) -> "TrainingBaseQuerySet":
        """Bases with a plaque in force, and not suspended, on the day."""
        # By name: accreditations are of bases, so their module stands above this one.
        plaques: Any = apps.get_model("registry", "Accreditation").objects
        return self.filter(pk__in=plaques.in_force(day).values("base"))


class TrainingBase(models.Model):
    public_id = PublicIdField()
    # Names the base in signed claims; given once, never reused.
    serial = models.PositiveIntegerField(_("基地序号"), unique=True)
    # Eight digits that certificate numbers begin with: the first four of the region's code at registration, and a
    # count of 1 to 9999 within these. It stays when the base moves.
    number_prefix = models.CharField(_("证书编号前缀"), max_length=8, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    # Printed on certificates: a name with 残疾人 in it would disclose the holder's disability.
    public_name = models.CharField(_("证书上的名称"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="bases")
    kind = models.CharField(_("基地类型"), max_length=16, choices=BaseKind.choices, default=BaseKind.TRAINING)
    institution_kind = models.CharField(_("机构类型"), max_length=24, choices=InstitutionKind.choices)
    ownership = models.CharField(_("所有制"), max_length=12, choices=Ownership.choices)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    school_permit_number = models.CharField(_("办学许可证号"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)

    objects = TrainingBaseQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "name"]
        constraints = [
            # Some old schools only have a permit (docs/domain.md §3.4).
            models.CheckConstraint(
                condition=~Q(uscc="") | ~Q(school_permit_number=""), name="registry_base_has_uscc_or_permit"
            ),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="registry_base_uscc_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class BaseCategory(models.Model):
    """One of the categories of a base; a base can hold several."""

    base = models.ForeignKey(TrainingBase, models.CASCADE, related_name="categories")
    category = models.CharField(_("类别"), max_length=16, choices=BaseCategoryKind.choices)

    class Meta:
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(fields=["base", "category"], name="registry_base_category_once")
        ]

    def __str__(self) -> str:
        return str(self.get_category_display())


class BaseProvision(models.Model):
    """One thing that a base offers so that everybody can learn there."""

    base = models.ForeignKey(TrainingBase, models.CASCADE, related_name="provisions")
    provision = models.CharField(_("无障碍条件"), max_length=16, choices=AccessProvision.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["base", "provision"], name="registry_base_provision_once")
        ]

    def __str__(self) -> str:
        return str(self.get_provision_display())
