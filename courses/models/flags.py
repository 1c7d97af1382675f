"""Review flags (疑点): what a check found in a cohort, what a person made of it, and when the cohort was looked at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort
from courses.models.enrolments import Enrolment
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission


class FlagState(models.TextChoices):
    """`gone`: the records no longer show it, and nobody had decided."""

    OPEN = "open", _("待核实")
    DISMISSED = "dismissed", _("核实无问题")
    CONFIRMED = "confirmed", _("确认有问题")
    GONE = "gone", _("疑点已消失")


DECIDED = (FlagState.DISMISSED, FlagState.CONFIRMED)


class ReviewFlagQuerySet(models.QuerySet["ReviewFlag"]):
    def visible_to(self, actor: Actor) -> "ReviewFlagQuerySet":
        """Flags in the actor's subtrees: for federations, never for the base that is asked about."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.FLAG_READ)
        return self.filter(in_subtrees("cohort__region__path", scope.region_paths))


class ReviewFlag(models.Model):
    """One sign in one cohort, or in one enrolment of it.

    What was decided stands while the evidence is the same; after "no problem", other evidence opens it again.
    """

    public_id = PublicIdField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="flags")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, null=True, related_name="flags")
    # A value of rules.flags.Check; the words are in courses/flag_words.py.
    check_name = models.CharField(_("检查"), max_length=32)
    # Counts, dates and public ids of what shows it (rules/flags.py).
    evidence = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=FlagState.choices, default=FlagState.OPEN)
    # Since when it waits: opened again, it waits anew.
    found_on = models.DateField(_("发现日期"))

    objects = ReviewFlagQuerySet.as_manager()

    class Meta:
        ordering = ["found_on", "pk"]
        indexes = [models.Index(fields=["state", "found_on"], name="courses_flag_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "check_name"],
                condition=Q(enrolment__isnull=True),
                name="courses_flag_once_per_cohort",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "check_name"],
                condition=Q(enrolment__isnull=False),
                name="courses_flag_once_per_enrolment",
            ),
        ]

    def __str__(self) -> str:
        return f"ReviewFlag {self.public_id}"


class FlagStep(models.TextChoices):
    FOUND = "found", _("发现")
    CHANGED = "changed", _("证据有变化")
    REOPENED = "reopened", _("证据变了，重新待核实")
    GONE = "gone", _("记录改正，疑点消失")
    DISMISSED = "dismissed", _("核实无问题")
    CONFIRMED = "confirmed", _("确认有问题")


class FlagEvent(models.Model):
    """One step in a flag's life, with the evidence as it was then. Never changed."""

    flag = models.ForeignKey(ReviewFlag, models.CASCADE, related_name="events")
    step = models.CharField(max_length=10, choices=FlagStep.choices)
    on = models.DateField(_("日期"))
    evidence = models.JSONField(default=dict)
    # Empty where the check itself did it.
    by_name = models.CharField(_("核实人"), max_length=50, blank=True)
    reason = models.CharField(_("核实情况"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step__in=["dismissed", "confirmed"]) | (~Q(by_name="") & ~Q(reason="")),
                name="courses_flag_decided_by_whom_and_why",
            )
        ]

    def __str__(self) -> str:
        return f"FlagEvent {self.pk}"


class CohortCheck(models.Model):
    """When the records of a cohort were last looked at."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="flag_check")
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"CohortCheck {self.pk}"


class FlagCursor(models.Model):
    """Up to which row of the audit trail changes were looked at: one row."""

    event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"FlagCursor {self.event}"
