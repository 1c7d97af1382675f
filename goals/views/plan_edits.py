"""Pages of entering a plan: its particulars, putting it in force, withdrawing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.views.money import CountField
from goals.actions import plan_edits as actions
from goals.actions.plan_edits import PlanText
from goals.models import Plan
from goals.views.plans import plan_of
from registry.errors import RegistryError
from registry.forms import Form
from registry.queries import regions
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, region_field
from registry.views.posts import posted_from
from registry.words import say


class YearField(CountField):
    """A year in four digits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(least=1900, most=2199, **options)


class PlanForm(Form):
    title = forms.CharField(label=_("文件名称"), max_length=120, help_text=_("照文件写全称。"))
    document_number = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("例如 天政办发〔2022〕78号。")
    )
    issuer = forms.CharField(label=_("发文机关"), max_length=60, required=False)
    issued_on = DayField(label=_("发布日期"), required=False)
    first_year = YearField(label=_("起始年份"))
    last_year = YearField(label=_("结束年份"), help_text=_("规划期包括这一年。"))

    def text(self) -> PlanText:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return PlanText(**{name: typed[name] for name in PlanText.__dataclass_fields__})


@require_http_methods(["GET", "POST"])
def new_plan(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.PLAN_EDIT)
    form = PlanForm(request.POST if request.method == "POST" else None)
    reach = regions.in_reach(request.actor, Permission.PLAN_EDIT, on=today())
    form.fields["region"] = region_field(reach, on=today())
    form.order_fields(["title", "region"])
    if form.is_valid():
        with refusals.shown_on(form):
            region = form.cleaned_data["region"]
            made = actions.draft(by=request.actor, on=today(), region=region, text=form.text())
            messages.success(request, gettext("草稿已保存。接下来登记目标。"))
            return redirect("goals:plan", public_id=made.public_id)
    return render(request, "goals/plan_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit_plan(request: ActorRequest, public_id: str) -> HttpResponse:
    held = _edited(request, public_id)
    names = ("title", "document_number", "issuer", "issued_on")
    initial = {name: getattr(held, name) for name in names}
    initial |= {"first_year": held.period.first_year, "last_year": held.period.last_year}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.edit(by=request.actor, on=today(), plan=held, text=form.text())
            messages.success(request, gettext("已保存。"))
            return redirect("goals:plan", public_id=public_id)
    context = {"form": form, "plan": held}
    return render(request, "goals/plan_form.html", context, status=422 if form.is_bound else 200)


@posted_from("goals:plan")
def put_in_force(request: ActorRequest, public_id: str) -> HttpResponse:
    held = _edited(request, public_id)
    try:
        actions.put_in_force(by=request.actor, on=today(), plan=held)
        messages.success(request, gettext("规划已生效，人员正在后台统计。"))
    except RegistryError as error:
        messages.error(request, say(error.code, error.facts))
    return redirect("goals:plan", public_id=public_id)


class WithdrawForm(Form):
    reason = forms.CharField(
        label=_("撤回原因"), max_length=200, help_text=_("例如：文件有误，已重新印发。写事由，不写个人信息。")
    )


@require_http_methods(["GET", "POST"])
def withdraw_plan(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take a plan, or a draft of one, back with a reason."""
    held = _edited(request, public_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            reason = form.cleaned_data["reason"]
            actions.withdraw(by=request.actor, on=today(), plan=held, reason=reason)
            messages.success(request, gettext("已撤回。"))
            return redirect("goals:plans")
    context = {"form": form, "plan": held}
    return render(request, "goals/plan_withdraw.html", context, status=422 if form.is_bound else 200)


def _edited(request: ActorRequest, public_id: str) -> Plan:
    require_somewhere(request.actor, Permission.FIGURES_READ)
    held = plan_of(request, public_id)
    require(request.actor, Permission.PLAN_EDIT, region_path=held.region.path)
    return held
