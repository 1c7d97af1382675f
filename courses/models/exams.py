"""Examinations (考核) apart from teaching: when and where, who examines, each candidate's marks, corrections."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, of_cohorts_in
from courses.models.enrolments import Enrolment
from registry.models import Account
from registry.models.fields import PublicIdField
from registry.rules.access import Actor, Permission


class ExamKind(models.TextChoices):
    THEORY = "theory", _("理论")
    PRACTICE = "practice", _("实操")
    BOTH = "both", _("理论和实操")


class ExamQuerySet(models.QuerySet["Exam"]):
    def visible_to(self, actor: Actor) -> "ExamQuerySet":
        """Examinations of the cohorts the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        return self.filter(of_cohorts_in(scope))


class Exam(models.Model):
    """One examination of some trainees of a cohort; a re-sit (补考) is one of those who failed."""

    public_id = PublicIdField()
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="exams")
    is_resit = models.BooleanField(_("补考"), default=False)
    held_on = models.DateField(_("考核日期"))
    place = models.CharField(_("考核地点"), max_length=120, blank=True)
    examiner = models.ForeignKey(Account, models.PROTECT, related_name="exams", verbose_name=_("考评员"))
    kind = models.CharField(_("考核内容"), max_length=8, choices=ExamKind.choices, default=ExamKind.BOTH)
    # The share of theory in the score, in per cent; the rest is practice. 100 and 0 where there is one part only.
    theory_weight = models.PositiveSmallIntegerField(_("理论成绩占比(%)"), default=40)
    submitted_on = models.DateField(_("提交日期"), null=True, blank=True)

    objects = ExamQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]
        indexes = [models.Index(fields=["examiner", "submitted_on"], name="courses_exam_examiner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ExamKind.THEORY, theory_weight=100)
                | Q(kind=ExamKind.PRACTICE, theory_weight=0)
                | Q(kind=ExamKind.BOTH, theory_weight__range=(1, 99)),
                name="courses_exam_weight_fits_kind",
            )
        ]

    def __str__(self) -> str:
        return f"Exam {self.public_id}"


def _mark(label: Any) -> Any:
    return models.DecimalField(label, max_digits=4, decimal_places=1, null=True, blank=True)


class ExamEntry(models.Model):
    """One candidate of one examination. The first attempt is 1; whoever was absent has used the attempt."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="entries")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="exam_entries")
    attempt = models.PositiveSmallIntegerField(_("第几次"), default=1)
    theory = _mark(_("理论成绩"))
    practice = _mark(_("实操成绩"))
    is_absent = models.BooleanField(_("缺考"), default=False)
    # The weighted score, kept so that a later change of weights would not rewrite it; none when absent.
    score = _mark(_("成绩"))

    class Meta:
        ordering = ["enrolment"]
        constraints = [
            models.UniqueConstraint(fields=["exam", "enrolment"], name="courses_exam_entry_once"),
            models.UniqueConstraint(fields=["enrolment", "attempt"], name="courses_exam_attempt_once"),
            models.CheckConstraint(
                condition=Q(theory__isnull=True) | Q(theory__range=(0, 100)),
                name="courses_exam_theory_0_to_100",
            ),
            models.CheckConstraint(
                condition=Q(practice__isnull=True) | Q(practice__range=(0, 100)),
                name="courses_exam_practice_0_to_100",
            ),
            models.CheckConstraint(
                condition=Q(is_absent=False)
                | Q(theory__isnull=True, practice__isnull=True, score__isnull=True),
                name="courses_exam_absent_has_no_marks",
            ),
        ]

    def __str__(self) -> str:
        return f"ExamEntry {self.pk}"


class ExamCorrection(models.Model):
    """A change after the results were final: what stood there, why it changed, by whom. Never changed itself."""

    entry = models.ForeignKey(ExamEntry, models.CASCADE, related_name="corrections")
    theory_before = _mark(_("更正前理论成绩"))
    practice_before = _mark(_("更正前实操成绩"))
    was_absent = models.BooleanField(_("更正前缺考"), default=False)
    reason = models.CharField(_("原因"), max_length=200)
    corrected_on = models.DateField(_("更正日期"))
    corrected_by = models.CharField(_("更正人"), max_length=50)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"ExamCorrection {self.pk}"
