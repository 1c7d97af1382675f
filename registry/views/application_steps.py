"""The steps of an application for a plaque, as pages and API offer them (registry/views/steps.py)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.actions import application_reviews as reviews
from registry.actions import applications
from registry.errors import NotFound
from registry.forms import Form
from registry.models import Application
from registry.models.applications import ApplicationState as State
from registry.queries import bases, standards
from registry.queries.applications import APPLIED, PREPARED
from registry.requests import today
from registry.rules.access import Actor, Permission, require
from registry.rules.plaques import end_of_term
from registry.views.fields import DayField
from registry.views.steps import NoAnswer, PointsForm, ReasonForm, Step


class CheckForm(PointsForm):
    opinion = forms.CharField(label=_("初审意见"), max_length=1_000, widget=forms.Textarea({"rows": 3}))


class OptionalReasonForm(Form):
    reason = forms.CharField(label=_("理由"), max_length=1_000, required=False)


class PlaqueForm(Form):
    plaque_number = forms.CharField(
        label=_("牌匾编号"), max_length=40, help_text=_("已按上一块牌匾往下编，可以改。")
    )
    granted_on = DayField(label=_("挂牌日期"))
    valid_until = DayField(
        label=_("有效期至"), required=False, help_text=_("已按本地规范的年限算出，可以改。")
    )
    document = forms.CharField(
        label=_("文件"), max_length=120, required=False, help_text=_("批准挂牌的文号。")
    )


def nothing(application: Application, data: Any) -> Form:
    return NoAnswer(data)


def a_reason(application: Application, data: Any) -> Form:
    return ReasonForm(data)


def perhaps_a_reason(application: Application, data: Any) -> Form:
    return OptionalReasonForm(data)


def points(application: Application, data: Any) -> Form:
    path = application.federation.region.path
    asked = standards.value("base_review_criteria", region_path=path, on=today())
    return CheckForm(asked, application.points, data)


def the_plaque(application: Application, data: Any) -> Form:
    day, path = today(), application.federation.region.path
    years = standards.value("accreditation_term_years", region_path=path, on=day)
    suggested = {
        "plaque_number": bases.suggested_number(application.federation, on=day),
        "granted_on": day,
        "valid_until": end_of_term(day, years),
    }
    return PlaqueForm(data, initial=suggested)


_P = Permission
STEPS: Mapping[str, Step] = {
    "submit": Step(
        _("提交申报"),
        _("提交后不能再改；残联退回时可以改了再报。"),
        (State.DRAFT, State.RETURNED),
        _P.BASE_APPLY,
        applications.submit,
        nothing,
        of_base=True,
    ),
    "check": Step(
        _("打分并报审批"),
        _("每条评分标准打一个分，写上初审意见，交审批人决定。"),
        (State.SUBMITTED,),
        _P.BASE_EVALUATE,
        reviews.check,
        points,
        not_after=APPLIED,
    ),
    "accept": Step(
        _("同意挂牌"),
        _("同意后进行公示，公示期满没有异议就可以挂牌。"),
        (State.CHECKED,),
        _P.BASE_ACCREDIT,
        reviews.accept,
        nothing,
        not_after=PREPARED,
    ),
    "accredit": Step(
        _("挂牌"),
        _("挂牌后，基地就可以备案开班，并出现在公开的机构名录里。"),
        (State.ACCEPTED, State.ON_NOTICE),
        _P.BASE_ACCREDIT,
        reviews.accredit,
        the_plaque,
        not_after=PREPARED,
    ),
    "return": Step(
        _("退回修改"),
        _("基地看到理由，改好后可以再提交。"),
        (State.SUBMITTED,),
        _P.BASE_EVALUATE,
        reviews.give_back,
        a_reason,
    ),
    "send-back": Step(
        _("退回基地修改"),
        _("基地看到理由，改好后可以再提交，再从初审开始。"),
        (State.CHECKED, State.ACCEPTED),
        _P.BASE_ACCREDIT,
        reviews.give_back,
        a_reason,
    ),
    "refuse": Step(
        _("不予挂牌"),
        _("这份申报就此结束；基地可以另报一份。"),
        (State.CHECKED, State.ACCEPTED, State.ON_NOTICE),
        _P.BASE_ACCREDIT,
        reviews.refuse,
        a_reason,
        is_grave=True,
        not_after=PREPARED,
    ),
    "withdraw": Step(
        _("撤回申报"),
        _("这份申报就此结束，不能恢复；以后可以另报一份。"),
        (State.DRAFT, State.SUBMITTED, State.RETURNED, State.CHECKED, State.ACCEPTED),
        _P.BASE_APPLY,
        applications.withdraw,
        perhaps_a_reason,
        of_base=True,
        is_grave=True,
    ),
}


def open_step(actor: Actor, application: Application, name: str) -> Step:
    """The step of this name, for an actor who may do it. Raises NotFound, NotPermitted."""
    step = STEPS.get(name)
    if step is None:
        raise NotFound(what="step")
    if not step.may(actor, application):
        # Raises with the permission's name, as the action would.
        require(actor, step.permission)
    return step
