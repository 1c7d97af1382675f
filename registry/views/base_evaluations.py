"""Pages of the yearly evaluation of bases: the list, starting a year, one evaluation with its next steps."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import base_evaluations as actions
from registry.forms import Form
from registry.models import BaseEvaluation, Federation
from registry.models.base_evaluations import EvaluationResult, EvaluationState
from registry.queries import base_evaluations as queries
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views import evaluation_steps, refusals
from registry.views.lists import page_of
from registry.views.steps import done_by, scored
from registry.words import verb


class EvaluationFilter(Form):
    year = forms.IntegerField(
        label=_("年度"),
        required=False,
        min_value=2000,
        max_value=2199,
        widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
    )
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *EvaluationState.choices], required=False
    )
    result = forms.ChoiceField(
        label=_("等次"), choices=[("", _("全部")), *EvaluationResult.choices], required=False
    )


@require_safe
def evaluation_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.BASE_READ)
    filters = EvaluationFilter(request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows = queries.listed(BaseEvaluation.objects.visible_to(request.actor), **wanted)
    context = {
        "page": page_of(request, rows),
        "filter_form": filters,
        "may_start": request.actor.may_somewhere(Permission.BASE_EVALUATE),
    }
    return render(request, "registry/base_evaluations/list.html", context)


class StartForm(Form):
    federation = forms.ModelChoiceField(
        label=_("评估单位"), queryset=Federation.objects.none(), to_field_name="public_id", empty_label=None
    )
    year = forms.TypedChoiceField(label=_("年度"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, federations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["federation"]
        chosen.queryset = federations
        years: Any = self.fields["year"]
        years.choices = [(year, str(year)) for year in (today().year, today().year - 1)]


MOST_FEDERATIONS = 130
"""An officer of the nation chooses among the highest: the others start their own."""


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest) -> HttpResponse:
    """Open the year for every base with a plaque of the federation; criteria stay as they are that day."""
    require_somewhere(request.actor, Permission.BASE_EVALUATE)
    highest = queries.evaluating(request.actor).values("pk")[:MOST_FEDERATIONS]
    form = StartForm(
        Federation.objects.filter(pk__in=[row["pk"] for row in highest]),
        request.POST if request.method == "POST" else None,
        initial={"year": today().year},
    )
    if form.is_valid():
        with refusals.shown_on(form):
            started = len(actions.start(by=request.actor, on=today(), **form.cleaned_data))
            text = ngettext("已开始 %(n)s 家基地的评估", "已开始 %(n)s 家基地的评估", started)
            messages.success(request, text % {"n": started})
            return redirect("registry:base-evaluations")
    context = {"form": form}
    return render(
        request, "registry/base_evaluations/start.html", context, status=422 if form.is_bound else 200
    )


@require_safe
def evaluation(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = queries.seen(request.actor, public_id)
    events = list(queries.steps(shown))
    mine = done_by(request.actor, events)
    here = evaluation_steps.place(shown)
    context = {
        "evaluation": shown,
        "here": here,
        "criteria": scored(shown.criteria, shown.self_points, shown.points),
        "events": [{"event": one, "verb": verb(one.verb)} for one in events],
        "steps": [
            {"name": name, "step": step, "blocked": bool(mine & set(step.not_after))}
            for name, step in evaluation_steps.ALL.items()
            if here in step.states and step.may(request.actor, shown)
        ],
        "is_overdue": here == "to_mend" and shown.mend_by is not None and shown.mend_by < today(),
    }
    return render(request, "registry/base_evaluations/evaluation.html", context)


@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, public_id: str, name: str) -> HttpResponse:
    """One step with its consequence, what it asks, and its button."""
    shown = queries.seen(request.actor, public_id)
    done = evaluation_steps.open_step(request.actor, shown, name)
    form = done.form(shown, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            done.run(by=request.actor, on=today(), evaluation=shown, **form.cleaned_data)
            messages.success(request, gettext("已办理：%(name)s") % {"name": done.label})
            return redirect("registry:base-evaluation", public_id=public_id)
    context = {"form": form, "evaluation": shown, "step": done}
    return render(
        request, "registry/base_evaluations/step.html", context, status=422 if form.is_bound else 200
    )
