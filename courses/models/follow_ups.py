"""Follow-ups (回访): what is to be asked of whom on which day, and every try to ask it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.employment import EmploymentSpell
from courses.models.enrolments import Enrolment
from courses.models.service_records import Graduation
from registry.models import Person
from registry.models.fields import PublicIdField, SealedTextField
from registry.models.people import of_people_in
from registry.rules.access import Actor, Permission


class FollowUpResult(models.TextChoices):
    EMPLOYED = "employed", _("在就业")
    UNEMPLOYED = "unemployed", _("没有就业")
    UNREACHABLE = "unreachable", _("联系不上")
    DECLINED = "declined", _("不愿回答")


class FollowUpChannel(models.TextChoices):
    PHONE = "phone", _("电话")
    VISIT = "visit", _("上门")
    WECHAT = "wechat", _("微信")
    OFFICE = "office", _("来访")
    EMPLOYER = "employer", _("向用人单位了解")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, actor: Actor) -> "FollowUpQuerySet":
        """Follow-ups of the people the actor reads."""
        return self if actor.is_system else self.filter(of_people_in(actor.scope(Permission.PERSON_READ)))

    def waiting(self) -> "FollowUpQuerySet":
        """Not answered, and not about work that was over before the question came up."""
        return self.filter(
            Q(spell__isnull=True)
            | Q(spell__undone_on__isnull=True)
            & (Q(spell__ended_on__isnull=True) | Q(spell__ended_on__gt=models.F("due_on"))),
            done_on__isnull=True,
        )


class FollowUp(models.Model):
    """One question due so many months after a completion, the start of work, or a graduation without work since.

    It is made when it falls due.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="follow_ups")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    spell = models.ForeignKey(
        EmploymentSpell, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    graduation = models.ForeignKey(
        Graduation, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    months = models.PositiveSmallIntegerField(_("第几个月"))
    due_on = models.DateField(_("应回访日期"))
    # When to try again after nobody was reached.
    next_on = models.DateField(_("下次联系日期"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("联系次数"), default=0)
    done_on = models.DateField(_("回访日期"), null=True, blank=True)
    result = models.CharField(_("结果"), max_length=12, choices=FollowUpResult.choices, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["done_on", "due_on"], name="courses_follow_up_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "months"],
                condition=Q(enrolment__isnull=False),
                name="courses_follow_up_enrolment_once",
            ),
            models.UniqueConstraint(
                fields=["spell", "months"],
                condition=Q(spell__isnull=False),
                name="courses_follow_up_spell_once",
            ),
            models.UniqueConstraint(
                fields=["graduation", "months"],
                condition=Q(graduation__isnull=False),
                name="courses_follow_up_graduation_once",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, spell__isnull=True, graduation__isnull=True)
                | Q(enrolment__isnull=True, spell__isnull=False, graduation__isnull=True)
                | Q(enrolment__isnull=True, spell__isnull=True, graduation__isnull=False),
                name="courses_follow_up_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, result="") | (Q(done_on__isnull=False) & ~Q(result="")),
                name="courses_follow_up_done_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"FollowUp {self.public_id}"


class FollowUpTry(models.Model):
    """One call or visit and what came of it; the note may say anything of a person's life, so it is sealed."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="held")
    on = models.DateField(_("联系日期"))
    channel = models.CharField(_("方式"), max_length=10, choices=FollowUpChannel.choices)
    result = models.CharField(_("结果"), max_length=12, choices=FollowUpResult.choices)
    note = SealedTextField(_("记录"), blank=True, default="")
    recorded_by = models.CharField(_("登记人"), max_length=50)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"FollowUpTry {self.pk}"
