"""Pages of individual service plans (一人一策, 一生一策): who needs one, one opened, reviewed, closed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import service_plans
from courses.actions.service_plans import LONGEST_TEXT
from courses.models import ServicePlan
from courses.models.service_plans import ClosedReason, ServicePlanKind
from courses.queries import service_plans as queries
from courses.views.employment import person_of
from registry.forms import Form
from registry.queries import regions
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, chosen, region_field
from registry.views.lists import page_of

WHOSE = [("", _("全部")), ("mine", _("我负责的")), ("nobody", _("没有辅导员的"))]


def _text(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
    )


class PlansFilter(Form):
    show = forms.ChoiceField(
        label=_("名单"),
        choices=[
            ("", _("应建未建")),
            ("to_review", _("该回顾的")),
            ("open", _("正在执行")),
            ("closed", _("已结案")),
        ],
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("类型"), choices=[("", _("全部")), *ServicePlanKind.choices], required=False
    )
    whose = forms.ChoiceField(label=_("辅导员"), choices=WHOSE, required=False)

    def __init__(self, request: ActorRequest) -> None:
        super().__init__(request.GET or None)
        reach = regions.in_reach(request.actor, Permission.PERSON_EDIT, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, empty_label=_("全部"))


@require_safe
def plan_list(request: ActorRequest) -> HttpResponse:
    """Who should have a plan and has none; or plans to review, open and closed ones."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    filters = PlansFilter(request)
    wanted = dict(filters.cleaned_data) if filters.is_valid() else {}
    show = wanted.pop("show", "")
    if show:
        rows = queries.listed(request.actor, on=today(), show=show, **wanted)
    else:
        rows = queries.without_plan(request.actor, on=today(), **wanted)
    context = {
        "filter_form": filters,
        "page": page_of(request, rows),
        "show": show,
        "may_export": request.actor.may_somewhere(Permission.DATA_EXPORT),
    }
    return render(request, "courses/service_plans/list.html", context, status=422 if filters.errors else 200)


class PlanForm(Form):
    kind = forms.ChoiceField(label=_("类型"), choices=chosen(ServicePlanKind.choices))
    aim = _text(_("目标"), help_text=_("想做什么工作，什么时候做到。加密保存。"))
    steps = _text(
        _("措施"), required=False, help_text=_("谁在什么时候做什么：培训、推荐岗位、辅具、补贴。加密保存。")
    )
    opened_on = DayField(label=_("建档日期"))


@require_http_methods(["GET", "POST"])
def new_plan(request: ActorRequest, public_id: str) -> HttpResponse:
    """Open a plan for a person; `?kind=` chooses its type."""
    person = person_of(request, public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(person))
    initial = {"kind": request.GET.get("kind", ""), "opened_on": today()}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            service_plans.open_plan(by=request.actor, on=today(), person=person, **form.cleaned_data)
            messages.success(request, gettext("服务计划已建立。"))
            return redirect("courses:service-file", public_id=public_id)
    context = {"form": form, "person": person}
    return render(request, "courses/service_plans/new.html", context, status=422 if form.is_bound else 200)


class ReviewForm(Form):
    reviewed_on = DayField(label=_("回顾日期"))
    finding = _text(_("进展"), help_text=_("做到了什么，什么没有做到，为什么。加密保存。"))
    aim = _text(_("目标"))
    steps = _text(_("措施"), required=False, help_text=_("接下来做什么。"))


@require_http_methods(["GET", "POST"])
def plan_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """One plan with its reviews, for those who may edit the person; a POST records a review."""
    plan = _plan(request, public_id)
    initial = {"reviewed_on": today(), "aim": plan.aim, "steps": plan.steps}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            service_plans.review(by=request.actor, on=today(), plan=plan, **form.cleaned_data)
            messages.success(request, gettext("回顾已登记。"))
            return redirect("courses:service-file", public_id=plan.person.public_id)
    context = {"form": form, "plan": plan, "person": plan.person, "reviews": plan.reviews.all()}
    return render(request, "courses/service_plans/plan.html", context, status=422 if form.is_bound else 200)


class CloseForm(Form):
    closed_on = DayField(label=_("结案日期"))
    closed_reason = forms.ChoiceField(
        label=_("结案原因"), choices=ClosedReason.choices, widget=forms.RadioSelect
    )


@require_http_methods(["GET", "POST"])
def close_plan(request: ActorRequest, public_id: str) -> HttpResponse:
    """The plan is over."""
    plan = _plan(request, public_id)
    form = CloseForm(request.POST if request.method == "POST" else None, initial={"closed_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            asked = form.cleaned_data
            service_plans.close(
                by=request.actor,
                on=today(),
                plan=plan,
                closed_on=asked["closed_on"],
                reason=asked["closed_reason"],
            )
            messages.success(request, gettext("服务计划已结案。"))
            return redirect("courses:service-file", public_id=plan.person.public_id)
    context = {"form": form, "plan": plan, "person": plan.person}
    return render(request, "courses/service_plans/close.html", context, status=422 if form.is_bound else 200)


def _plan(request: ActorRequest, public_id: str) -> ServicePlan:
    rows = ServicePlan.objects.visible_to(request.actor).select_related("person__region")
    plan = one(rows, public_id=public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(plan.person))
    return plan
