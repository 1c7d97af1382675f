"""Assessments of what a person can do in work (职业能力评估), on which training draws (docs/domain.md §2.1 C16)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.skills import Skill
from registry.models import Person
from registry.models.fields import PublicIdField, SealedTextField


class AbilityAssessment(models.Model):
    """One assessment; the latest one at or before a day holds on that day."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="ability_assessments")
    assessed_on = models.DateField(_("评估日期"))
    assessor = models.CharField(_("评估机构"), max_length=80)
    conclusion = SealedTextField(_("评估结论"), blank=True, default="")
    suited_skills = models.ManyToManyField(Skill, blank=True, related_name="+")

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "assessed_on"], name="courses_ability_assessment_a_day")
        ]

    def __str__(self) -> str:
        return f"AbilityAssessment {self.public_id}"
