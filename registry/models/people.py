"""People: who they are, which bases know them, what they agreed to. Citizen IDs and phones are sealed."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from registry.models.bases import TrainingBase
from registry.models.fields import BlindIndexField, PublicIdField, SealedTextField
from registry.models.regions import Region, in_subtrees
from registry.rules.access import Actor, Permission, Scope


class PersonKind(models.TextChoices):
    """Family members and work-injury workers may train without a 残疾人证 (docs/domain.md §2.1 C07, C08)."""

    DISABLED = "disabled", _("持证残疾人")
    HOUSEHOLD_MEMBER = "household_member", _("残疾人家庭成员")
    WORK_INJURY = "work_injury", _("工伤伤残职工")


class Sex(models.TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class Residence(models.TextChoices):
    URBAN = "urban", _("城镇")
    RURAL = "rural", _("农村")


class AccessNeed(models.TextChoices):
    """What a base acts on; asked for itself, never inferred from the 残疾类别 (docs/domain.md §3.1)."""

    SCREEN_READER = "screen_reader", _("读屏")
    BRAILLE = "braille", _("盲文")
    LARGE_PRINT = "large_print", _("大字")
    SIGN_LANGUAGE = "sign_language", _("手语")
    CAPTIONS = "captions", _("字幕")
    WHEELCHAIR = "wheelchair", _("轮椅")
    COMPANION = "companion", _("陪护")
    HOME_TEACHING = "home_teaching", _("送教上门")


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> "PersonQuerySet":
        """People managed in the actor's subtrees, and those registered at the actor's bases."""
        return self if actor.is_system else self.in_scope(actor.scope(Permission.PERSON_READ))

    def in_scope(self, scope: Scope) -> "PersonQuerySet":
        condition = in_subtrees("region__path", scope.region_paths)
        if scope.base_ids:
            known = BaseRegistration.objects.filter(person=OuterRef("pk"), base_id__in=scope.base_ids)
            condition |= Q(Exists(known))
        return self.filter(condition)


class Person(models.Model):
    public_id = PublicIdField()
    name = models.CharField(_("姓名"), max_length=50)
    citizen_id = SealedTextField(_("身份证号"))
    citizen_id_index = BlindIndexField(unique=True)
    birth_date = models.DateField(_("出生日期"))
    sex = models.CharField(_("性别"), max_length=6, choices=Sex.choices)
    kind = models.CharField(
        _("人员类别"), max_length=16, choices=PersonKind.choices, default=PersonKind.DISABLED
    )
    household_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="household_members"
    )
    # Where the person is managed: hukou or residence. Never inferred from the ID's prefix.
    region = models.ForeignKey(Region, models.PROTECT, related_name="people")
    residence = models.CharField(_("户口性质"), max_length=6, choices=Residence.choices, blank=True)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    education = models.CharField(_("文化程度"), max_length=20, blank=True)
    phone = SealedTextField(_("联系电话"), blank=True, default="")
    access_needs = models.JSONField(_("无障碍需求"), default=list, blank=True)
    registered_on = models.DateField(_("登记日期"))

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["region", "id"], name="registry_person_region")]

    def __str__(self) -> str:
        return f"Person {self.public_id}"


class BaseRegistration(models.Model):
    """A base knows a person: it enrolled them at least once. This is what lets its staff see them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="base_registrations")
    base = models.ForeignKey(TrainingBase, models.CASCADE, related_name="base_registrations")
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "base"], name="registry_person_base_once")]
        indexes = [models.Index(fields=["base", "person"], name="registry_base_person")]

    def __str__(self) -> str:
        return f"BaseRegistration {self.pk}"


def of_people_in(scope: Scope) -> Q:
    """Rows whose `person` is managed in the scope's subtrees or registered at its bases."""
    known = BaseRegistration.objects.filter(base_id__in=scope.base_ids)
    return in_subtrees("person__region__path", scope.region_paths) | Q(person__in=known.values("person"))


class ConsentPurpose(models.TextChoices):
    REGISTRATION = "registration", _("登记与培训")
    PUBLIC_CERTIFICATE = "public_certificate", _("证书公开查验")
    SHARING = "sharing", _("部门间共享")
    FOLLOW_UP = "follow_up", _("回访")


class ConsentChannel(models.TextChoices):
    PAPER = "paper", _("书面")
    AUDIO = "audio", _("录音")
    WITNESS = "witness", _("见证人")
    ONLINE = "online", _("网上")


class Consent(models.Model):
    """Consent for one purpose (个人信息保护法 §29): which text, how, when, and when it was taken back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("用途"), max_length=20, choices=ConsentPurpose.choices)
    channel = models.CharField(_("方式"), max_length=10, choices=ConsentChannel.choices)
    text_version = models.CharField(_("告知书版本"), max_length=20)
    given_on = models.DateField(_("同意日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)

    class Meta:
        ordering = ["-given_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="registry_consent_withdrawn_after_given",
            )
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk}"
