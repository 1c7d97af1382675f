"""Hardship classes of people (困难类别), dated: which holds of whom from which day to which."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.fields import PublicIdField
from registry.models.people import Person, of_people_in
from registry.rules.access import Actor, Permission


class Hardship(models.TextChoices):
    """As registry/rules/hardship.py has them, with the words that a roster uses."""

    SUBSISTENCE_ALLOWANCE = "subsistence_allowance", _("低保")
    DESTITUTE = "destitute", _("特困")
    LIFTED_HOUSEHOLD = "lifted_household", _("脱贫户")
    MONITORED_HOUSEHOLD = "monitored_household", _("防返贫监测对象")
    MARGINAL_HOUSEHOLD = "marginal_household", _("边缘易致贫户")
    UNSTABLE_HOUSEHOLD = "unstable_household", _("脱贫不稳定户")
    SUDDEN_HOUSEHOLD = "sudden_household", _("突发严重困难户")
    GRADUATE = "graduate", _("高校毕业生")
    ZERO_EMPLOYMENT_FAMILY = "zero_employment_family", _("零就业家庭")
    SEVERAL_DISABLED = "several_disabled", _("一户多残")
    LONG_TERM_UNEMPLOYED = "long_term_unemployed", _("长期失业")
    HARD_TO_EMPLOY = "hard_to_employ", _("就业困难人员")


class HardshipStatusQuerySet(models.QuerySet["HardshipStatus"]):
    def visible_to(self, actor: Actor) -> "HardshipStatusQuerySet":
        """Classes of the people the actor reads."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.PERSON_READ)))

    def standing(self, on: date) -> "HardshipStatusQuerySet":
        """Those that hold on the day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), since__lte=on)


class HardshipStatus(models.Model):
    """The person is of this class from a day to the day on which it was over, that day not included."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="hardships")
    kind = models.CharField(_("困难类别"), max_length=24, choices=Hardship.choices)
    since = models.DateField(_("认定日期"))
    ended_on = models.DateField(_("退出日期"), null=True, blank=True)
    recorded_on = models.DateField(_("登记日期"))
    recorded_by = models.CharField(_("登记人"), max_length=50)

    objects = HardshipStatusQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(ended_on__isnull=True),
                name="registry_hardship_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")),
                name="registry_hardship_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"HardshipStatus {self.public_id}"
