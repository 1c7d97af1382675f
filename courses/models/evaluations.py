"""Evaluation (培训评估): a federation's questions, a cohort's evaluation, its codes, and the answers apart from them."""

import secrets
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, of_cohorts_in
from courses.rules.evaluations import BEST, WORST
from registry.models import Federation
from registry.models.fields import BlindIndexField, PublicIdField, SealedTextField, blind_index
from registry.rules.access import Actor, Permission


class Questionnaire(models.Model):
    """What a federation asks from a day on; never changed, only followed by the next version."""

    federation = models.ForeignKey(Federation, models.PROTECT, related_name="questionnaires")
    version = models.PositiveIntegerField(_("版本"))
    # [{"key", "text", "text_en"}]: read and written whole, never searched.
    questions = models.JSONField(_("问题"))
    since = models.DateField(_("启用日期"))

    class Meta:
        ordering = ["federation", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version"], name="courses_questionnaire_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"Questionnaire {self.federation_id} {self.version}"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, actor: Actor) -> "EvaluationQuerySet":
        """Evaluations of the cohorts the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.COHORT_READ)
        return self.filter(of_cohorts_in(scope))

    def closed(self, on: date) -> "EvaluationQuerySet":
        return self.filter(closes_on__lt=on)


class Evaluation(models.Model):
    """The trainees' evaluation of one cohort. Its questions are those of the day it was opened."""

    public_id = PublicIdField()
    cohort = models.OneToOneField(Cohort, models.PROTECT, related_name="evaluation")
    questions = models.JSONField(_("问题"))
    opened_on = models.DateField(_("开始日期"))
    # The last day on which it takes answers. Results are shown after it: figures that grow by one tell of one.
    closes_on = models.DateField(_("截止日期"))
    # How many were in the class when the slips were last printed.
    invited = models.PositiveIntegerField(_("应评人数"), default=0)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opened_on")), name="courses_evaluation_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return f"Evaluation {self.public_id}"

    def is_open(self, on: date) -> bool:
        return self.opened_on <= on <= self.closes_on


def new_answer_id() -> int:
    """A random key: the order of the rows must not tell who answered when."""
    return secrets.randbits(62)


def code_digest(code: str) -> bytes:
    """What is kept of a code: ten digits are few, so the digest is keyed."""
    return blind_index("evaluationcode.code", code)


class EvaluationCode(models.Model):
    """A code on a slip, known by its keyed digest. Whose slip it is, nobody writes down; nor when it was used."""

    id = models.BigIntegerField(primary_key=True, default=new_answer_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="codes")
    digest = BlindIndexField(unique=True)
    is_used = models.BooleanField(_("已用"), default=False)

    def __str__(self) -> str:
        return "EvaluationCode"


class EvaluationAnswer(models.Model):
    """What one trainee thinks. Nothing leads from here to a code, a person or a moment."""

    id = models.BigIntegerField(primary_key=True, default=new_answer_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="answers")
    # What was written is read by those who may see the results, from five answers on, in random order.
    comment = SealedTextField(_("意见"), blank=True, default="")

    def __str__(self) -> str:
        return "EvaluationAnswer"


class EvaluationMark(models.Model):
    """One question's mark in an answer."""

    id = models.BigIntegerField(primary_key=True, default=new_answer_id, editable=False)
    answer = models.ForeignKey(EvaluationAnswer, models.PROTECT, related_name="marks")
    key = models.CharField(max_length=20)
    mark = models.PositiveSmallIntegerField(_("分数"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "key"], name="courses_evaluation_mark_once"),
            models.CheckConstraint(
                condition=Q(mark__gte=WORST, mark__lte=BEST), name="courses_evaluation_mark_in_range"
            ),
        ]

    def __str__(self) -> str:
        return "EvaluationMark"
