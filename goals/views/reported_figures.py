"""Pages of figures reported by hand: enter one, undo one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from goals.actions import reported_figures as actions
from goals.models import ReportedFigure, Target
from goals.models.plans import Operator, TargetPeriod
from goals.queries.reported_figures import regions_for
from goals.rules.targets import SHARE_UNIT
from goals.views.targets import ShareOrNumber, target_of
from registry.errors import NotFound
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, chosen, region_field


class FigureForm(Form):
    """Asks only what fits the target: a number or a day, a year where it is yearly, a region where there are several."""

    value = ShareOrNumber(
        label=_("数值"),
        max_digits=14,
        decimal_places=4,
        widget=forms.TextInput({"inputmode": "decimal", "class": "width-10", "autocomplete": "off"}),
    )
    done_on = DayField(label=_("完成日期"))
    year = forms.TypedChoiceField(label=_("年度"), coerce=int, empty_value=None)
    as_of = DayField(label=_("截至日期"), help_text=_("数字截止到哪一天。"))
    source = forms.CharField(
        label=_("来源"),
        max_length=160,
        help_text=_("数字出自哪份文件、哪个系统或哪个单位，例如 市人社局 2026 年通报。"),
    )

    def __init__(self, target: Target, reach: Any, *args: Any, average: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        by_day = target.operator == Operator.BY and not average
        for name in ("value", "as_of") if by_day else ("done_on",):
            del self.fields[name]
        if target.unit == SHARE_UNIT and not by_day:
            self.fields["value"].label = _("比例（%）")
        if target.period_kind == TargetPeriod.ANNUAL:
            first = target.first_year - average
            year: Any = self.fields["year"]
            year.choices = chosen((one, str(one)) for one in range(first, target.last_year + 1))
        else:
            del self.fields["year"]
        self.fields["region"] = region_field(reach, on=today())
        self.order_fields(["region", "year", "value", "done_on", "as_of", "source"])

    def figure(self) -> dict[str, Any]:
        """What was typed, as the action takes it: a share between 0 and 1."""
        typed = dict(self.cleaned_data)
        if self.target.unit == SHARE_UNIT and typed.get("value") is not None:
            typed["value"] /= 100
        return typed


@require_http_methods(["GET", "POST"])
def report_figure(request: ActorRequest, code: str) -> HttpResponse:
    """Enter a figure of a target; `?average` for the nation's, which some targets are compared with."""
    require_somewhere(request.actor, Permission.PLAN_EDIT)
    held = target_of(request, code)
    average = "average" in request.GET and actions.takes_average(held)
    reach = regions_for(request.actor, held, average=average, on=today())
    if not reach.exists():
        raise NotFound(what="region")
    asked = {"region": request.GET.get("region", ""), "as_of": today()}
    posted = request.POST if request.method == "POST" else None
    form = FigureForm(held, reach, posted, average=average, initial={k: v for k, v in asked.items() if v})
    if form.is_valid():
        with refusals.shown_on(form):
            actions.report(by=request.actor, on=today(), target=held, **form.figure())
            messages.success(request, gettext("已填报。"))
            return redirect("goals:target", code=code)
    context = {"form": form, "target": held, "plan": held.plan, "average": average}
    return render(request, "goals/report_figure.html", context, status=422 if form.is_bound else 200)


class UndoForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=120, help_text=_("写事由，不写个人信息。"))


@require_http_methods(["GET", "POST"])
def undo_figure(request: ActorRequest, public_id: str) -> HttpResponse:
    """It never was so: the row stays in the history, the one before it holds."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    rows = ReportedFigure.objects.visible_to(request.actor)
    figure = one(rows.select_related("region", "target__plan__region"), public_id=public_id)
    path = actions.path_of(figure.target, figure.region)
    require(request.actor, Permission.PLAN_EDIT, region_path=path)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.undo(by=request.actor, on=today(), figure=figure, **form.cleaned_data)
            messages.success(request, gettext("已撤销。"))
            return redirect("goals:target", code=figure.target.code)
    context = {"form": form, "figure": figure, "target": figure.target}
    return render(request, "goals/undo_figure.html", context, status=422 if form.is_bound else 200)
