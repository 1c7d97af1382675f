"""Trainers (培训教师): who teaches at a base, what, and from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.skills import Skill
from registry.models import TrainingBase
from registry.models.fields import BlindIndexField, PublicIdField, SealedTextField
from registry.models.regions import of_bases_in
from registry.rules.access import Actor, Permission


class AccessSkill(models.TextChoices):
    """What a trainer can do so that everybody can follow; the counterpart of a person's `AccessNeed`."""

    SIGN_LANGUAGE = "sign_language", _("手语")
    BRAILLE = "braille", _("盲文")
    SCREEN_READER = "screen_reader", _("读屏软件教学")
    ORAL_DESCRIPTION = "oral_description", _("口述操作")
    EASY_LANGUAGE = "easy_language", _("通俗讲解")
    HOME_TEACHING = "home_teaching", _("送教上门")


class TrainerQuerySet(models.QuerySet["Trainer"]):
    def visible_to(self, actor: Actor) -> "TrainerQuerySet":
        """Trainers of the bases whose cohorts the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        return self.filter(of_bases_in(scope))

    def active_between(self, first: date, last: date) -> "TrainerQuerySet":
        """Those who teach on every day from the first to the last."""
        return self.filter(Q(active_until__isnull=True) | Q(active_until__gte=last), active_from__lte=first)


class Trainer(models.Model):
    """A person who teaches at one base; whoever teaches at two has a row at each."""

    public_id = PublicIdField()
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="trainers")
    name = models.CharField(_("姓名"), max_length=50)
    # Only the blind index of the citizen ID is kept: enough to know one trainer at two bases again.
    citizen_id_index = BlindIndexField(null=True)
    phone = SealedTextField(_("联系电话"), blank=True, default="")
    qualification = models.CharField(_("资质"), max_length=200, blank=True)
    skills = models.ManyToManyField(Skill, verbose_name=_("任教技能"), related_name="trainers")
    access_skills = models.JSONField(_("无障碍教学能力"), default=list, blank=True)
    active_from = models.DateField(_("任教起始日期"))
    active_until = models.DateField(_("任教结束日期"), null=True, blank=True)

    objects = TrainerQuerySet.as_manager()

    class Meta:
        ordering = ["base", "name", "pk"]
        indexes = [models.Index(fields=["citizen_id_index"], name="courses_trainer_citizen_id")]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                name="courses_trainer_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["base", "citizen_id_index"],
                condition=Q(citizen_id_index__isnull=False),
                name="courses_trainer_once_per_base",
            ),
        ]

    def __str__(self) -> str:
        return f"Trainer {self.public_id}"
