"""Enrolments: one person in one cohort, what was true of them at the start, and how it ended."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, of_cohorts_in
from registry.models import Person
from registry.models.fields import PublicIdField
from registry.models.standing import DisabilityCategory, Employment
from registry.rules.access import Actor, Permission


class Outcome(models.TextChoices):
    PENDING = "pending", _("未定")
    COMPLETED = "completed", _("结业")
    FAILED = "failed", _("未合格")
    WITHDREW = "withdrew", _("中途退出")


class OutcomeRule(models.TextChoices):
    """Which rule decided the outcome."""

    PASSED = "passed", _("出勤和考核均达到要求")
    ATTENDANCE_SHORT = "attendance_short", _("出勤率不足")
    MARK_SHORT = "mark_short", _("考核成绩未达合格分数")
    NOT_ASSESSED = "not_assessed", _("没有考核成绩")
    LEFT = "left", _("本人退出")


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, actor: Actor) -> "EnrolmentQuerySet":
        """Enrolments in cohorts the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        return self.filter(of_cohorts_in(scope))


class Enrolment(models.Model):
    public_id = PublicIdField()
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    enrolled_on = models.DateField(_("报名日期"))
    # Snapshot at enrolment: later changes of the 残疾人证 do not move old statistics. Empty without a 残疾人证.
    disability_category = models.CharField(
        _("残疾类别"), max_length=14, choices=DisabilityCategory.choices, blank=True
    )
    disability_grade = models.PositiveSmallIntegerField(_("残疾等级"), null=True, blank=True)
    employment = models.CharField(_("就业状况"), max_length=12, choices=Employment.choices, blank=True)
    # Why this trainee joined when the roster was frozen already.
    joined_late_reason = models.CharField(_("中途加入的原因"), max_length=200, blank=True)
    # 师带徒: who takes this trainee on (docs/domain.md §2.1 C09).
    master = models.CharField(_("师傅"), max_length=40, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, default=Outcome.PENDING)
    outcome_rule = models.CharField(_("判定依据"), max_length=20, choices=OutcomeRule.choices, blank=True)
    outcome_on = models.DateField(_("判定日期"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="courses_enrolment_once_per_cohort"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PENDING, outcome_rule="", outcome_on__isnull=True)
                | (~Q(outcome=Outcome.PENDING) & ~Q(outcome_rule="") & Q(outcome_on__isnull=False)),
                name="courses_enrolment_outcome_has_rule_and_date",
            ),
        ]

    def __str__(self) -> str:
        return f"Enrolment {self.public_id}"


class AssessmentResult(models.Model):
    """The mark of the completion assessment (结业考核), 0 to 100."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="assessment")
    score = models.DecimalField(_("成绩"), max_digits=4, decimal_places=1)
    assessed_on = models.DateField(_("考核日期"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__range=(0, 100)), name="courses_assessment_score_0_to_100"
            )
        ]

    def __str__(self) -> str:
        return f"AssessmentResult {self.pk}"
