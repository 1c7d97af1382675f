"""Pages of targets: one target with its progress, and adding, changing, removing those of a draft."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from goals.actions import targets as actions
from goals.actions.reported_figures import path_of, takes_average
from goals.actions.targets import NewTarget
from goals.indicator_words import GROUPS, NAMES, cell_name
from goals.models import Plan, ReportedFigure, Target
from goals.models.plans import Operator, PlanState, TargetPeriod
from goals.plan_words import METRIC_NAMES, UNIT_NAMES
from goals.queries import allocations, progress
from goals.queries.plans import region_within
from goals.queries.sources import is_divisible
from goals.rules.indicators import INDICATORS
from goals.rules.metrics import REPORTED
from goals.rules.targets import SHARE_UNIT
from goals.views.plan_edits import YearField
from goals.views.plans import plan_of
from goals.words import PER
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, chosen
from registry.views.lists import page_of


def target_of(request: ActorRequest, code: str) -> Target:
    """The target, if the actor may know of its plan."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    plans = Plan.objects.visible_to(request.actor)
    rows = Target.objects.filter(plan__in=plans.values("pk"))
    return one(rows.select_related("plan__region", "plan__period", "repeats"), code=code)


@require_safe
def target(request: ActorRequest, code: str) -> HttpResponse:
    """One target: its sentence, its progress year by year and unit by unit, what was reported, how it is split."""
    held = target_of(request, code)
    region = region_within(request.actor, held.plan, request.GET.get("region", ""))
    context: dict[str, Any] = {"target": held, "plan": held.plan, "region": region, "as_of": today()}
    if region:
        in_force = held.plan.state == PlanState.IN_FORCE and not held.repeats_id
        may_edit = in_force and request.actor.may(Permission.PLAN_EDIT, region_path=region.path)
        found = progress.of_target(held, held.plan, on=today(), region=region)
        rows = ReportedFigure.objects.visible_to(request.actor).filter(target=held)
        page = page_of(request, rows.select_related("region"))
        context |= {
            "progress": found,
            "residences": [
                (cell_name(cell), count) for cell, count in progress.by_residence(held, region, found.reading)
            ]
            if found.reading
            else [],
            "may_report": may_edit and progress.is_reportable(held, found),
            "may_report_average": in_force
            and takes_average(held)
            and request.actor.may(Permission.PLAN_EDIT, region_path=held.plan.region.path),
            "split": allocations.cascade(held, region, on=today()) if is_divisible(held) else None,
            "may_split": may_edit,
            "page": page,
            "reported": [(row, _may_undo(request.actor, held, row)) for row in page],
        }
    return render(request, "goals/target.html", context)


def _may_undo(actor: Actor, held: Target, row: ReportedFigure) -> bool:
    return actor.may(Permission.PLAN_EDIT, region_path=path_of(held, row.region))


def metric_choices() -> Iterator[tuple[Any, Any]]:
    """By hand, then the indicators by group, then bases and reports."""
    yield REPORTED, _("人工填报（系统不统计的）")
    for group, label in GROUPS.items():
        yield label, [(key, NAMES[key]) for key, one in INDICATORS.items() if one.group == group]
    yield _("基地和报告"), list(METRIC_NAMES.items())


class ShareOrNumber(forms.DecimalField):
    default_error_messages = {"invalid": _("请填写数字，例如 3000 或 80。")}


class TargetForm(Form):
    quote = forms.CharField(
        label=_("文件原文"), max_length=500, widget=forms.Textarea({"rows": 3}), help_text=_("照抄这一句。")
    )
    metric = forms.ChoiceField(
        label=_("指标"), help_text=_("系统能统计的，选对应的指标；其他的选人工填报，再写名称。")
    )
    metric_name = forms.CharField(
        label=_("指标名称"), max_length=80, required=False, help_text=_("只有人工填报的才填。")
    )
    period_kind = forms.ChoiceField(label=_("时段"), choices=chosen(TargetPeriod.choices))
    operator = forms.ChoiceField(label=_("要求"), choices=chosen(Operator.choices))
    value = ShareOrNumber(
        label=_("数值"),
        max_digits=14,
        decimal_places=4,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "class": "width-10", "autocomplete": "off"}),
        help_text=_("比例填百分数，例如 80。要求是期限的不填。"),
    )
    unit = forms.ChoiceField(label=_("单位"), choices=list(UNIT_NAMES.items()))
    due_on = DayField(
        label=_("期限"), required=False, help_text=_("要求是期限的才填。每年一次的，只取月和日。")
    )
    per = forms.ChoiceField(label=_("口径"), choices=list(PER.items()), initial="region")
    first_year = YearField(label=_("起始年份"))
    last_year = YearField(label=_("结束年份"))
    note = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        metric: Any = self.fields["metric"]
        metric.choices = chosen(metric_choices())

    def target(self) -> NewTarget:
        """What was typed, as the action takes it: a share between 0 and 1."""
        typed = dict(self.cleaned_data)
        if typed["unit"] == SHARE_UNIT and typed["value"] is not None:
            typed["value"] /= 100
        return NewTarget(**typed)


@require_http_methods(["GET", "POST"])
def new_target(request: ActorRequest, public_id: str) -> HttpResponse:
    plan = _edited(request, plan_of(request, public_id))
    years = {"first_year": plan.period.first_year, "last_year": plan.period.last_year}
    form = TargetForm(request.POST if request.method == "POST" else None, initial=years)
    if form.is_valid():
        with refusals.shown_on(form):
            made = actions.add(by=request.actor, plan=plan, target=form.target())
            messages.success(request, gettext("已登记目标 %(code)s。") % {"code": made.code})
            return redirect("goals:plan", public_id=public_id)
    context = {"form": form, "plan": plan}
    return render(request, "goals/target_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit_target(request: ActorRequest, code: str) -> HttpResponse:
    """Change a target of a draft, or with the other button remove it."""
    held = target_of(request, code)
    plan = _edited(request, held.plan)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove(by=request.actor, target=held)
        messages.success(request, gettext("已删除目标 %(code)s。") % {"code": code})
        return redirect("goals:plan", public_id=plan.public_id)
    form = TargetForm(request.POST if request.method == "POST" else None, initial=_initial(held))
    if form.is_valid():
        with refusals.shown_on(form):
            actions.change(by=request.actor, target=held, to=form.target())
            messages.success(request, gettext("已保存。"))
            return redirect("goals:plan", public_id=plan.public_id)
    context = {"form": form, "plan": plan, "target": held}
    return render(request, "goals/target_form.html", context, status=422 if form.is_bound else 200)


def _initial(held: Target) -> dict[str, Any]:
    names = ("quote", "metric", "period_kind", "operator", "unit", "per", "first_year", "last_year", "note")
    initial = {name: getattr(held, name) for name in names}
    if held.metric == REPORTED:
        initial["metric_name"] = held.metric_name
    if held.value is not None:
        value: Decimal = held.value * 100 if held.unit == SHARE_UNIT else held.value
        initial["value"] = f"{value.normalize():f}"
    if held.due:
        initial["due_on"] = f"{held.first_year}-{held.due}" if len(held.due) == 5 else held.due
    return initial


def _edited(request: ActorRequest, plan: Plan) -> Plan:
    require(request.actor, Permission.PLAN_EDIT, region_path=plan.region.path)
    return plan
