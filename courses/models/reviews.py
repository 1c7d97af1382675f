"""What trainers and visitors of the federation say of a cohort, and the calls to trainees drawn by chance."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, of_cohorts_in
from courses.models.enrolments import Enrolment
from registry.models.fields import PublicIdField, SealedTextField
from registry.rules.access import Actor, Permission


class ReviewKind(models.TextChoices):
    TRAINER = "trainer", _("教师评价")
    INSPECTION = "inspection", _("残联现场检查")


class ReviewQuerySet(models.QuerySet["CohortReview"]):
    def visible_to(self, actor: Actor) -> "ReviewQuerySet":
        """Reviews of the cohorts the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        return self.filter(of_cohorts_in(scope))


class CohortReview(models.Model):
    """One trainer's or one visitor's review; it stays as it was written."""

    public_id = PublicIdField()
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="reviews")
    kind = models.CharField(_("类型"), max_length=10, choices=ReviewKind.choices)
    reviewed_on = models.DateField(_("日期"))
    # Who visited or taught; names of staff, as in the audit trail.
    reviewer = models.CharField(_("评价人"), max_length=50)
    # {criterion: mark from 5 to 1}; the criteria are in courses/rules/evaluations.py.
    marks = models.JSONField(_("评分"))
    # People write names here.
    findings = SealedTextField(_("发现的问题和建议"), blank=True, default="")
    recorded_by = models.CharField(_("登记人"), max_length=50)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        return f"CohortReview {self.public_id}"

    @property
    def mean(self) -> float | None:
        """The mean mark, None where nothing was marked."""
        return sum(self.marks.values()) / len(self.marks) if self.marks else None


class CallResult(models.TextChoices):
    WAITING = "waiting", _("待回访")
    CONFIRMED = "confirmed", _("确认参加了培训")
    DENIED = "denied", _("没有参加或情况不符")
    NOT_REACHED = "not_reached", _("没有联系上")


class SpotCall(models.Model):
    """A trainee whom the system drew to be called about the training (docs/domain.md §5.3, §5.5)."""

    review = models.ForeignKey(CohortReview, models.PROTECT, related_name="calls")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="spot_calls")
    result = models.CharField(
        _("回访结果"), max_length=12, choices=CallResult.choices, default=CallResult.WAITING
    )
    note = SealedTextField(_("备注"), blank=True, default="")
    called_on = models.DateField(_("回访日期"), null=True)
    called_by = models.CharField(_("回访人"), max_length=50, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "enrolment"], name="courses_spot_call_once"),
            models.CheckConstraint(
                condition=Q(result="waiting", called_on__isnull=True)
                | (~Q(result="waiting") & Q(called_on__isnull=False)),
                name="courses_spot_call_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"SpotCall {self.pk}"
