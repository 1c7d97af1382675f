"""Certificates that others issued (人社 and 中国残联 families), recorded as proof of a skill."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models import Skill
from courses.models.courses import CourseLevel
from registry.models import Account, Person
from registry.models.fields import PublicIdField
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission


class Family(models.TextChoices):
    """Certificate families (docs/domain.md §4.2); a subsidy scheme lists those that qualify (C40)."""

    SPECIAL_ABILITY = "special_ability", _("专项职业能力证书")
    SKILL_LEVEL = "skill_level", _("职业技能等级证书")
    QUALIFICATION = "qualification", _("职业资格证书")
    BLIND_MEDICAL_MASSAGE = "blind_medical_massage", _("盲人医疗按摩人员考试合格证书")
    TITLE = "title", _("职称证书")


class ExternalCertificateQuerySet(models.QuerySet["ExternalCertificate"]):
    def visible_to(self, actor: Actor) -> "ExternalCertificateQuerySet":
        """Those of people managed in the actor's subtrees or registered at the actor's bases."""
        if actor.is_system:
            return self
        return self.filter(of_people_in(actor.scope(Permission.CERTIFICATE_READ)))

    def in_force(self, on: date) -> "ExternalCertificateQuerySet":
        """Verified by a person, not cancelled, and within their validity."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            verified_on__lte=on,
            cancelled_on__isnull=True,
        )


class ExternalCertificate(models.Model):
    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="external_certificates")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="external_certificates")
    family = models.CharField(_("证书类别"), max_length=24, choices=Family.choices)
    level = models.PositiveSmallIntegerField(_("等级"), choices=CourseLevel.choices, default=CourseLevel.NONE)
    number = models.CharField(_("证书编号"), max_length=40)
    issuer = models.CharField(_("发证单位"), max_length=80)
    issued_on = models.DateField(_("发证日期"))
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    recorded_on = models.DateField(_("登记日期"))
    recorded_by = models.CharField(_("登记人"), max_length=50)
    # A second person verifies, so who the first was must be certain; none for the system's own commands.
    recorder = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Who checked it, when and how (there is no open interface to ask): all three or none.
    verified_by = models.CharField(_("核验人"), max_length=50, blank=True)
    verified_on = models.DateField(_("核验日期"), null=True, blank=True)
    verified_how = models.CharField(_("核验方式"), max_length=120, blank=True)
    cancelled_on = models.DateField(_("作废日期"), null=True, blank=True)
    cancelled_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    objects = ExternalCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["family", "number"], name="certificates_external_number_once"),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by="", verified_how="")
                | (Q(verified_on__isnull=False) & ~Q(verified_by="") & ~Q(verified_how="")),
                name="certificates_external_verified_by_on_how",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="certificates_external_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"ExternalCertificate {self.public_id}"
