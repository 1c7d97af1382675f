"""Objections from the inside: the list, oldest first, and one with its answer."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.actions import objections
from registry.forms import Form
from registry.models import Objection
from registry.models.notices import ObjectionState
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.lists import page_of
from registry.views.posts import posted_from


class ObjectionFilter(Form):
    state = forms.ChoiceField(
        label=_("办理情况"), choices=[("", _("全部")), *ObjectionState.choices], required=False
    )


@require_safe
def objection_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.NOTICE_READ)
    filters = ObjectionFilter(request.GET or None)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    rows = Objection.objects.visible_to(request.actor).select_related("notice", "item")
    if state:
        rows = rows.filter(state=state)
    context = {"page": page_of(request, rows), "filter_form": filters}
    return render(request, "registry/notices/objections.html", context)


class AnswerForm(Form):
    is_upheld = forms.TypedChoiceField(
        label=_("核查结果"),
        choices=[
            ("no", _("异议不成立：公示的事项可以继续办理")),
            ("yes", _("异议成立：公示的事项不能继续办理")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("答复"),
        max_length=objections.LONGEST_ANSWER,
        help_text=_("查明了什么，依据是什么。提出异议的人凭回执号能看到，所以不写姓名和号码。"),
        widget=forms.Textarea({"rows": 5}),
    )


@require_safe
def objection(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, seen_objection(request, public_id), AnswerForm())


@posted_from("registry:objection")
def answer(request: ActorRequest, public_id: str) -> HttpResponse:
    held, form = seen_objection(request, public_id), AnswerForm(request.POST)
    require(request.actor, Permission.NOTICE_ANSWER, region_path=held.notice.federation.region.path)
    if form.is_valid():
        with refusals.shown_on(form):
            objections.answer(by=request.actor, on=today(), objection=held, **form.cleaned_data)
            messages.success(request, _now("已答复。提出异议的人凭回执号可以看到。"))
            return redirect("registry:objection", public_id=public_id)
    return _page(request, held, form)


def seen_objection(request: ActorRequest, public_id: str) -> Objection:
    """An objection, if the actor may know of it."""
    seen = Objection.objects.visible_to(request.actor)
    return one(seen.select_related("notice__federation__region", "item"), public_id=public_id)


def _page(request: ActorRequest, held: Objection, form: AnswerForm) -> HttpResponse:
    is_own = held.notice.published_by_id == request.actor.account_id
    may_answer = request.actor.may(Permission.NOTICE_ANSWER, region_path=held.notice.federation.region.path)
    is_open = held.state == ObjectionState.OPEN
    context = {
        "objection": held,
        "form": form,
        "is_open": is_open,
        "may_answer": may_answer and is_open and not is_own,
        "is_own": may_answer and is_open and is_own,
    }
    return render(request, "registry/notices/objection.html", context, status=422 if form.errors else 200)
