"""Individual service plans (一人一策, 一生一策): what is aimed at for one person, by which steps, and how it went."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models import Person
from registry.models.fields import PublicIdField, SealedTextField
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission


class ServicePlanKind(models.TextChoices):
    """For whom (docs/domain.md §2.2 T13, T19, T20)."""

    GRADUATE = "graduate", _("一生一策（毕业生）")
    HARDSHIP = "hardship", _("一对一帮扶（困难人员）")
    GENERAL = "general", _("一人一策")


class ClosedReason(models.TextChoices):
    ACHIEVED = "achieved", _("目标已实现")
    DECLINED = "declined", _("本人不再需要")
    MOVED = "moved", _("已迁往外地")
    NOT_DUE = "not_due", _("不再属于服务对象")
    OTHER = "other", _("其他")


class ServicePlanQuerySet(models.QuerySet["ServicePlan"]):
    def visible_to(self, actor: Actor) -> "ServicePlanQuerySet":
        """Plans of the people the actor reads."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.PERSON_READ)))

    def standing(self) -> "ServicePlanQuerySet":
        """Those that are not closed."""
        return self.filter(closed_on__isnull=True)


class ServicePlan(models.Model):
    """One plan for one person, at most one of which is open; aim and steps say much of a life, so they are sealed."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="service_plans")
    kind = models.CharField(_("类型"), max_length=12, choices=ServicePlanKind.choices)
    aim = SealedTextField(_("目标"))
    steps = SealedTextField(_("措施"), blank=True, default="")
    opened_on = models.DateField(_("建档日期"))
    reviewed_on = models.DateField(_("最近一次回顾"), null=True, blank=True)
    closed_on = models.DateField(_("结案日期"), null=True, blank=True)
    closed_reason = models.CharField(_("结案原因"), max_length=12, choices=ClosedReason.choices, blank=True)
    recorded_by = models.CharField(_("登记人"), max_length=50)

    objects = ServicePlanQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(closed_on__isnull=True),
                name="courses_service_plan_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closed_reason="")),
                name="courses_service_plan_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="courses_service_plan_closed_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"ServicePlan {self.public_id}"


class ServicePlanReview(models.Model):
    """What a review found on a day; it may say anything of a person's life, so it is sealed."""

    plan = models.ForeignKey(ServicePlan, models.CASCADE, related_name="reviews")
    on = models.DateField(_("回顾日期"))
    finding = SealedTextField(_("进展"))
    recorded_by = models.CharField(_("登记人"), max_length=50)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "on"], name="courses_service_plan_review_a_day")
        ]

    def __str__(self) -> str:
        return f"ServicePlanReview {self.pk}"
