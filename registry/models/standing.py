"""Dated facts about a person: 残疾人证, employment, need registration. A change is a new row, never an edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.fields import BlindIndexField, SealedTextField
from registry.models.people import Person


class DisabilityCategory(models.TextChoices):
    """GB/T 26341-2010."""

    VISUAL = "visual", _("视力")
    HEARING = "hearing", _("听力")
    SPEECH = "speech", _("言语")
    PHYSICAL = "physical", _("肢体")
    INTELLECTUAL = "intellectual", _("智力")
    PSYCHOSOCIAL = "psychosocial", _("精神")
    MULTIPLE = "multiple", _("多重")


class DisabilityCertificate(models.Model):
    """A 残疾人证 as it was on a date; category and grade can change while the person stays the same."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="disability_certificates")
    number = SealedTextField(_("残疾人证号"))
    number_index = BlindIndexField(db_index=True)
    category = models.CharField(_("残疾类别"), max_length=14, choices=DisabilityCategory.choices)
    grade = models.PositiveSmallIntegerField(_("残疾等级"))
    # How often the card was re-issued after loss: B1, B2… (docs/domain.md §3.1); 0 for the first card.
    reissue_no = models.PositiveSmallIntegerField(_("补发次数"), default=0)
    recorded_on = models.DateField(_("登记日期"))
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    cancelled_on = models.DateField(_("注销日期"), null=True, blank=True)

    class Meta:
        ordering = ["-recorded_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__range=(1, 4)), name="registry_disability_grade_1_to_4"
            ),
            models.UniqueConstraint(
                fields=["person", "number_index", "recorded_on"], name="registry_disability_certificate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"DisabilityCertificate {self.pk}"


class Employment(models.TextChoices):
    EMPLOYED = "employed", _("已就业")
    UNEMPLOYED = "unemployed", _("未就业")


class EmploymentStatus(models.Model):
    """Employed or not, from a date on; the latest row at or before a day holds on that day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employment_statuses")
    status = models.CharField(_("就业状况"), max_length=12, choices=Employment.choices)
    since = models.DateField(_("起始日期"))

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "since"], name="registry_employment_status_a_day")
        ]

    def __str__(self) -> str:
        return f"EmploymentStatus {self.pk}"


class NeedRegistration(models.Model):
    """就业需求登记: what the person wants and can, on a date; the latest row at or before a day holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="need_registrations")
    training_need = models.BooleanField(_("有培训需求"))
    employment_need = models.BooleanField(_("有就业需求"))
    employable = models.BooleanField(_("具备就业条件"))
    registered_on = models.DateField(_("登记日期"))

    class Meta:
        ordering = ["-registered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "registered_on"], name="registry_need_a_day")
        ]

    def __str__(self) -> str:
        return f"NeedRegistration {self.pk}"
