"""What federations did for a person: “四个一”, “131”, referrals to training; and who graduated when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort
from courses.models.courses import Course
from registry.models import Person
from registry.models.fields import PublicIdField, SealedTextField
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission


class ServiceKind(models.TextChoices):
    """What is recorded here: two of “四个一” (docs/domain.md §2.2 T08), and “131” (T12, C48)."""

    VERIFICATION = "verification", _("基础信息核对")
    EMPLOYMENT_SERVICE = "employment_service", _("就业服务")
    GUIDANCE = "guidance", _("职业指导")
    VACANCY = "vacancy", _("推荐岗位信息")
    REFERRAL = "referral", _("推荐培训项目")


class FourOnes(models.TextChoices):
    """“四个一”: the assessment and the need are facts of their own, which are not recorded a second time here."""

    VERIFICATION = "verification", _("基础信息核对")
    ABILITY_ASSESSMENT = "ability_assessment", _("职业能力评估")
    NEED_REGISTRATION = "need_registration", _("就业需求登记")
    EMPLOYMENT_SERVICE = "employment_service", _("就业服务")


ONE_THREE_ONE = {ServiceKind.GUIDANCE: 1, ServiceKind.VACANCY: 3, ServiceKind.REFERRAL: 1}
"""How many of each “131” asks for (docs/domain.md §2.2 T12)."""


class ReferralResult(models.TextChoices):
    ENROLLED = "enrolled", _("已报名")
    CONSIDERING = "considering", _("在考虑")
    REFUSED = "refused", _("不参加")


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    def visible_to(self, actor: Actor) -> "ServiceRecordQuerySet":
        """Records of the people the actor reads."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.PERSON_READ)))


class ServiceRecord(models.Model):
    """One dated service to one person; what was said or found is sealed."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="service_records")
    kind = models.CharField(_("服务"), max_length=20, choices=ServiceKind.choices)
    on = models.DateField(_("日期"))
    summary = SealedTextField(_("内容或结论"), blank=True, default="")
    # Of a referral (docs/domain.md §2.1 C48): the class or course if it is one of ours, else `summary` says which.
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="referrals")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="referrals")
    result = models.CharField(_("推荐结果"), max_length=12, choices=ReferralResult.choices, blank=True)
    recorded_by = models.CharField(_("登记人"), max_length=50)

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["person", "kind", "on"], name="courses_service_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ServiceKind.REFERRAL)
                | Q(course__isnull=True, cohort__isnull=True, result=""),
                name="courses_service_referral_only",
            )
        ]

    def __str__(self) -> str:
        return f"ServiceRecord {self.public_id}"


class GraduateLevel(models.TextChoices):
    SECONDARY_VOCATIONAL = "secondary_vocational", _("中职（中专、技工、职高）")
    JUNIOR_COLLEGE = "junior_college", _("大专")
    BACHELOR = "bachelor", _("本科")
    MASTER = "master", _("研究生")


class GraduationQuerySet(models.QuerySet["Graduation"]):
    def visible_to(self, actor: Actor) -> "GraduationQuerySet":
        """Graduations of the people the actor reads."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.PERSON_READ)))


class Graduation(models.Model):
    """A graduate (残疾人毕业生, docs/domain.md §2.1 C49): the class of which year, at which level."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="graduations")
    graduated_on = models.DateField(_("毕业日期"))
    level = models.CharField(_("学历"), max_length=20, choices=GraduateLevel.choices)
    school = models.CharField(_("学校"), max_length=80, blank=True)
    recorded_on = models.DateField(_("登记日期"))

    objects = GraduationQuerySet.as_manager()

    class Meta:
        ordering = ["-graduated_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "graduated_on"], name="courses_graduation_once")
        ]

    def __str__(self) -> str:
        return f"Graduation {self.pk}"
