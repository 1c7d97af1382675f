"""The steps of a base's yearly evaluation, as pages and API offer them (registry/views/steps.py)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.actions import base_evaluations as evaluations
from registry.actions import rectifications
from registry.errors import NotFound
from registry.forms import Form
from registry.models import BaseEvaluation
from registry.models.base_evaluations import EvaluationResult
from registry.models.base_evaluations import EvaluationState as State
from registry.queries import standards
from registry.queries.base_evaluations import ASSESSED, PREPARED
from registry.requests import today
from registry.rules import criteria
from registry.rules.access import Actor, Permission, require
from registry.views.fields import DayField
from registry.views.steps import NoAnswer, PointsForm, ReasonForm, Step

_TEXT: Any = {"max_length": 2_000, "widget": forms.Textarea({"rows": 4})}


class AssessForm(PointsForm):
    text = forms.CharField(label=_("自评说明"), **_TEXT)


class ScoreForm(PointsForm):
    opinion = forms.CharField(label=_("评分意见"), **_TEXT)


class DecideForm(Form):
    result = forms.ChoiceField(
        label=_("等次"),
        choices=EvaluationResult.choices,
        widget=forms.RadioSelect,
        help_text=_("已按得分选好；改选其他等次要写理由。"),
    )
    reason = forms.CharField(label=_("理由"), max_length=1_000, required=False)
    mend_what = forms.CharField(
        label=_("整改内容"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("等次是限期整改时填写。"),
    )
    mend_by = DayField(label=_("整改期限"), required=False)


class ReportForm(Form):
    text = forms.CharField(label=_("整改报告"), **_TEXT)


class RefuseForm(ReasonForm):
    mend_by = DayField(label=_("新的整改期限"))


def _deadline(evaluation: BaseEvaluation) -> Any:
    path = evaluation.federation.region.path
    return today() + timedelta(days=standards.value("rectification_days", region_path=path, on=today()))


def assess(evaluation: BaseEvaluation, data: Any) -> Form:
    return AssessForm(
        evaluation.criteria, evaluation.self_points, data, initial={"text": evaluation.self_text}
    )


def score(evaluation: BaseEvaluation, data: Any) -> Form:
    given = evaluation.points or evaluation.self_points
    return ScoreForm(evaluation.criteria, given, data, initial={"opinion": evaluation.opinion})


def decide(evaluation: BaseEvaluation, data: Any) -> Form:
    reached = criteria.result(evaluation.score, evaluation.thresholds) if evaluation.score is not None else ""
    form = DecideForm(data, initial={"result": reached})
    if reached == EvaluationResult.TO_MEND:
        form.initial["mend_by"] = _deadline(evaluation)
    return form


def refuse(evaluation: BaseEvaluation, data: Any) -> Form:
    return RefuseForm(data, initial={"mend_by": _deadline(evaluation)})


def a_reason(evaluation: BaseEvaluation, data: Any) -> Form:
    return ReasonForm(data)


def a_report(evaluation: BaseEvaluation, data: Any) -> Form:
    return ReportForm(data)


def nothing(evaluation: BaseEvaluation, data: Any) -> Form:
    return NoAnswer(data)


_P = Permission
STEPS: Mapping[str, Step] = {
    "assess": Step(
        _("自评"),
        _("每条标准给自己打一个分，说明全年的情况。提交后由残联评分。"),
        (State.STARTED,),
        _P.BASE_APPLY,
        evaluations.assess,
        assess,
        of_base=True,
    ),
    "score": Step(
        _("评分"),
        _("已带入自评得分，改动不同的地方就可以。基地没有自评也可以评分。"),
        (State.STARTED, State.ASSESSED),
        _P.BASE_EVALUATE,
        evaluations.score,
        score,
        not_after=(ASSESSED,),
    ),
    "decide": Step(
        _("审定等次"),
        _("审定后不能改。不合格的，可以在基地页面暂停或摘下牌匾。"),
        (State.SCORED,),
        _P.BASE_ACCREDIT,
        evaluations.decide,
        decide,
        not_after=PREPARED,
    ),
    "send-back": Step(
        _("退回重新评分"),
        _("评分人看到理由，重新评分。"),
        (State.SCORED,),
        _P.BASE_ACCREDIT,
        evaluations.give_back,
        a_reason,
    ),
}
MENDING: Mapping[str, Step] = {
    "report": Step(
        _("报告整改"),
        _("写明整改了什么，残联验收。"),
        ("to_mend",),
        _P.BASE_APPLY,
        rectifications.report,
        a_report,
        of_base=True,
    ),
    "accept": Step(
        _("整改验收通过"),
        _("整改就此结束。"),
        ("mended",),
        _P.BASE_EVALUATE,
        rectifications.accept,
        nothing,
        not_after=("base.mend_reported",),
    ),
    "refuse": Step(
        _("整改没有通过"),
        _("写明还缺什么，给一个新的期限。"),
        ("mended",),
        _P.BASE_EVALUATE,
        rectifications.refuse,
        refuse,
        not_after=("base.mend_reported",),
    ),
}
ALL = {**STEPS, **MENDING}


def place(evaluation: BaseEvaluation) -> str:
    """Where it stands, the mending after the decision included."""
    if evaluation.mend_by is None or evaluation.mend_accepted_on is not None:
        return evaluation.state
    return "mended" if evaluation.mended_on is not None else "to_mend"


def open_step(actor: Actor, evaluation: BaseEvaluation, name: str) -> Step:
    """The step of this name, for an actor who may do it. Raises NotFound, NotPermitted."""
    step = ALL.get(name)
    if step is None:
        raise NotFound(what="step")
    if not step.may(actor, evaluation):
        require(actor, step.permission)
    return step
