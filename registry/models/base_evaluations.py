"""The yearly evaluation of a base (年度评估): criteria, self-assessment, scores, result, rectification (整改)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.bases import TrainingBase
from registry.models.federations import Federation
from registry.models.fields import PublicIdField
from registry.models.regions import in_subtrees, of_bases_in
from registry.rules.access import Actor, Permission


class EvaluationState(models.TextChoices):
    STARTED = "started", _("待自评")
    ASSESSED = "assessed", _("待评分")
    SCORED = "scored", _("待审定")
    DECIDED = "decided", _("已审定")


class EvaluationResult(models.TextChoices):
    EXCELLENT = "excellent", _("优秀")
    QUALIFIED = "qualified", _("合格")
    TO_MEND = "to_mend", _("限期整改")
    UNQUALIFIED = "unqualified", _("不合格")


class BaseEvaluationQuerySet(models.QuerySet["BaseEvaluation"]):
    def visible_to(self, actor: Actor) -> "BaseEvaluationQuerySet":
        """Evaluations of the bases that the actor reads."""
        if actor.is_system:
            return self
        scope = actor.scope(Permission.BASE_READ)
        return self.filter(of_bases_in(scope))

    def addressed_to(self, actor: Actor, permission: Permission) -> "BaseEvaluationQuerySet":
        """Evaluations by the federations in whose name the actor holds the permission."""
        if actor.is_system:
            return self
        return self.filter(in_subtrees("federation__region__path", actor.scope(permission).region_paths))


class BaseEvaluation(models.Model):
    """One base, year and federation. Its criteria and thresholds are those of the day it was started."""

    public_id = PublicIdField()
    base = models.ForeignKey(TrainingBase, models.PROTECT, related_name="evaluations")
    federation = models.ForeignKey(Federation, models.PROTECT, related_name="base_evaluations")
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(
        _("状态"), max_length=12, choices=EvaluationState.choices, default=EvaluationState.STARTED
    )
    state_since = models.DateField(_("进入状态的日期"))
    criteria = models.JSONField(_("评分标准"))
    thresholds = models.JSONField(_("等次分数线"))
    self_points = models.JSONField(_("自评得分"), default=list)
    self_text = models.TextField(_("自评说明"), max_length=2000, blank=True)
    points = models.JSONField(_("得分"), default=list)
    score = models.DecimalField(_("总分"), max_digits=4, decimal_places=1, null=True)
    opinion = models.TextField(_("评分意见"), max_length=2000, blank=True)
    result = models.CharField(_("等次"), max_length=12, choices=EvaluationResult.choices, blank=True)
    mend_what = models.TextField(_("整改内容"), max_length=1000, blank=True)
    mend_by = models.DateField(_("整改期限"), null=True)
    mended_on = models.DateField(_("整改报告日期"), null=True)
    mended_text = models.TextField(_("整改报告"), max_length=2000, blank=True)
    mend_accepted_on = models.DateField(_("整改验收日期"), null=True)

    objects = BaseEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "base__region__code", "pk"]
        indexes = [models.Index(fields=["state", "state_since"], name="registry_baseevaluation_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "federation", "year"], name="registry_base_evaluated_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state="decided") & ~Q(result="") | ~Q(state="decided") & Q(result=""),
                name="registry_baseevaluation_decided_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"BaseEvaluation {self.public_id}"
