"""What the life of bases asks of somebody: of who accredits, who checks, and of the staff of a base."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from registry.models import Application, BaseEvaluation, BaseEvent, NoticeItem, TrainingBase
from registry.models.applications import ApplicationState
from registry.models.base_evaluations import EvaluationState
from registry.queries import applications, base_evaluations, bases
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

BASES_WITHOUT_PLAQUE = ngettext_lazy("%(n)s 个培训基地没有有效挂牌", "%(n)s 个培训基地没有有效挂牌", "count")
PLAQUES_ENDING = ngettext_lazy(
    "%(n)s 个培训基地的挂牌即将到期，最早 %(oldest)s到期",
    "%(n)s 个培训基地的挂牌即将到期，最早 %(oldest)s到期",
    "count",
)
APPLICATIONS = {
    "returned": ngettext_lazy(
        "%(n)s 份申报被退回，改好后再提交，最早 %(oldest)s退回",
        "%(n)s 份申报被退回，改好后再提交，最早 %(oldest)s退回",
        "count",
    ),
    "submitted": ngettext_lazy(
        "%(n)s 份基地申报等待初审，最早 %(oldest)s提交",
        "%(n)s 份基地申报等待初审，最早 %(oldest)s提交",
        "count",
    ),
    "accepted": ngettext_lazy(
        "%(n)s 份基地申报通过审批，等待公示，最早 %(oldest)s通过",
        "%(n)s 份基地申报通过审批，等待公示，最早 %(oldest)s通过",
        "count",
    ),
    "checked": ngettext_lazy(
        "%(n)s 份基地申报等待审批，最早 %(oldest)s初审",
        "%(n)s 份基地申报等待审批，最早 %(oldest)s初审",
        "count",
    ),
    "noticed": ngettext_lazy(
        "%(n)s 份基地申报公示期满，可以挂牌，最早 %(oldest)s公示",
        "%(n)s 份基地申报公示期满，可以挂牌，最早 %(oldest)s公示",
        "count",
    ),
}
EVALUATIONS = {
    "started": ngettext_lazy(
        "%(n)s 份年度评估等待自评，最早 %(oldest)s开始",
        "%(n)s 份年度评估等待自评，最早 %(oldest)s开始",
        "count",
    ),
    "assessed": ngettext_lazy(
        "%(n)s 份年度评估等待评分，最早 %(oldest)s自评",
        "%(n)s 份年度评估等待评分，最早 %(oldest)s自评",
        "count",
    ),
    "scored": ngettext_lazy(
        "%(n)s 份年度评估等待审定，最早 %(oldest)s评分",
        "%(n)s 份年度评估等待审定，最早 %(oldest)s评分",
        "count",
    ),
    "to_mend": ngettext_lazy(
        "%(n)s 项整改等待报告，最早 %(oldest)s到期",
        "%(n)s 项整改等待报告，最早 %(oldest)s到期",
        "count",
    ),
    "mended": ngettext_lazy(
        "%(n)s 项整改等待验收，最早 %(oldest)s报告",
        "%(n)s 项整改等待验收，最早 %(oldest)s报告",
        "count",
    ),
    "missing": ngettext_lazy(
        "%(n)s 个培训基地还没有开始今年的评估", "%(n)s 个培训基地还没有开始今年的评估", "count"
    ),
}


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """One query for each kind; nobody is asked to judge what they prepared themselves."""
    found: list[Waiting] = []
    if actor.may_somewhere(Permission.BASE_ACCREDIT):
        found += _of_approver(actor, on)
    if actor.may_somewhere(Permission.BASE_EVALUATE):
        found += _of_officer(actor, on)
    own = list(actor.scope(Permission.BASE_APPLY).base_ids)
    return found + (_of_base(own, on) if own else [])


def _of_approver(actor: Actor, on: date) -> list[Waiting]:
    seen, page = TrainingBase.objects.visible_to(actor), reverse("registry:bases")
    mine = Application.objects.addressed_to(actor, Permission.BASE_ACCREDIT)
    noticed = NoticeItem.objects.filter(
        subject_type=Application._meta.label_lower,
        subject_id=OuterRef("pk"),
        notice__ends_on__lt=on,
        notice__withdrawn_on__isnull=True,
    )
    to_decide = mine.filter(state=ApplicationState.CHECKED)
    scored = BaseEvaluation.objects.addressed_to(actor, Permission.BASE_ACCREDIT).filter(
        state=EvaluationState.SCORED
    )
    return [
        *counted(
            "bases_without_plaque",
            BASES_WITHOUT_PLAQUE,
            bases.listed(seen, on=on, accredited=False),
            one="registry:base",
            many=f"{page}?accredited=no",
        ),
        *_ending(seen, on),
        *_applications("checked", _not_by(actor, to_decide, *applications.PREPARED)),
        *_applications("noticed", mine.filter(Exists(noticed), state=ApplicationState.ON_NOTICE)),
        *_evaluations("scored", _not_by(actor, scored, *base_evaluations.PREPARED)),
    ]


def _of_officer(actor: Actor, on: date) -> list[Waiting]:
    mine = Application.objects.addressed_to(actor, Permission.BASE_EVALUATE)
    evaluations = BaseEvaluation.objects.addressed_to(actor, Permission.BASE_EVALUATE)
    submitted = mine.filter(state=ApplicationState.SUBMITTED)
    assessed = evaluations.filter(state=EvaluationState.ASSESSED)
    mended = evaluations.filter(mended_on__isnull=False, mend_accepted_on__isnull=True)
    return [
        *_applications("submitted", _not_by(actor, submitted, *applications.APPLIED)),
        *_applications("accepted", mine.filter(state=ApplicationState.ACCEPTED)),
        *_evaluations("assessed", _not_by(actor, assessed, base_evaluations.ASSESSED)),
        *_evaluations("mended", mended, since="mended_on"),
        *counted(
            "evaluations_missing",
            EVALUATIONS["missing"],
            base_evaluations.missing(actor, on=on),
            one="registry:base",
            many=reverse("registry:start-evaluations"),
        ),
    ]


def _of_base(own: list[int], on: date) -> list[Waiting]:
    mine = BaseEvaluation.objects.filter(base__in=own)
    to_mend = mine.filter(mend_by__isnull=False, mended_on__isnull=True)
    return [
        *_ending(TrainingBase.objects.filter(pk__in=own), on),
        *_applications("returned", Application.objects.filter(base__in=own, state=ApplicationState.RETURNED)),
        *_evaluations("started", mine.filter(state=EvaluationState.STARTED)),
        *_evaluations("to_mend", to_mend, since="mend_by"),
    ]


def _ending(seen: QuerySet[TrainingBase], on: date) -> list[Waiting]:
    return counted(
        "plaques_ending",
        PLAQUES_ENDING,
        bases.ending_soon(seen, on=on),
        since="plaque_ends_on",
        one="registry:base",
        many=f"{reverse('registry:bases')}?accredited=ending",
    )


def _applications(key: str, rows: QuerySet[Any]) -> list[Waiting]:
    state = "on_notice" if key == "noticed" else key
    return counted(
        f"applications_{key}",
        APPLICATIONS[key],
        rows,
        since="state_since",
        one="registry:application",
        many=f"{reverse('registry:applications')}?state={state}",
    )


def _evaluations(key: str, rows: QuerySet[Any], *, since: str = "state_since") -> list[Waiting]:
    state = key if key in EvaluationState.values else EvaluationState.DECIDED
    return counted(
        f"evaluations_{key}",
        EVALUATIONS[key],
        rows,
        since=since,
        one="registry:base-evaluation",
        many=f"{reverse('registry:base-evaluations')}?state={state}",
    )


def _not_by(actor: Actor, rows: QuerySet[Any], *verbs: str) -> QuerySet[Any]:
    """Rows of which this account did none of these steps."""
    if actor.account_id is None:
        return rows
    own = BaseEvent.objects.filter(
        subject_type=rows.model._meta.model_name,
        subject_id=OuterRef("pk"),
        account_id=actor.account_id,
        verb__in=verbs,
    )
    return rows.filter(~Exists(own))
