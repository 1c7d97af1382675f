"""Pages of bulletins: the list, drafting and changing one, reading it, issuing it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from goals.actions import bulletins
from goals.actions.reports import require_own
from goals.errors import BulletinIssued
from goals.indicator_words import NAMES
from goals.models import Bulletin, Plan, PlanPeriod
from goals.models.bulletins import BulletinState, Line
from goals.queries import bulletins as queries
from goals.queries import reports as report_queries
from goals.views import papers
from goals.views import report_words as words
from goals.views.reports import is_own, require_figures
from registry.forms import Form
from registry.models import Region
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission
from registry.templatetags.page import day
from registry.views import refusals
from registry.views.lists import page_of


@require_safe
def bulletin_list(request: ActorRequest) -> HttpResponse:
    require_figures(request.actor)
    rows = Bulletin.objects.visible_to(request.actor).select_related("region", "plan")
    return render(
        request,
        "goals/bulletins/list.html",
        {"page": page_of(request, rows), "begin": _beginnings(request)},
    )


class BulletinForm(Form):
    title = forms.CharField(label=_("标题"), max_length=120)
    opening = forms.CharField(
        label=_("开头"), max_length=2_000, required=False, widget=forms.Textarea({"rows": 4})
    )
    period = forms.ChoiceField(label=_("年份"), widget=forms.RadioSelect)
    items = forms.MultipleChoiceField(
        label=_("按哪些指标通报"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("带编号的是规划下达的任务，其余是比例，不用下达任务。"),
    )
    line = forms.ChoiceField(
        label=_("对照线"),
        choices=Line.choices,
        widget=forms.RadioSelect,
        help_text=_("低于对照线的单位会在通报里点名。"),
    )
    month_end = forms.ChoiceField(
        label=_("数据截至"), required=False, help_text=_("可以用今天的数据，也可以用已经存下的月末数据。")
    )
    request = forms.CharField(
        label=_("工作要求"), max_length=2_000, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, plan: Plan, region: Region, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        first, last = plan.period.first_year, plan.period.last_year
        within = PlanPeriod.objects.filter(first_year__gte=first, last_year__lte=last)
        self.periods = {period.key: period for period in within}
        fields["period"].choices = [(key, str(period)) for key, period in self.periods.items()]
        targets, shares = queries.offered(plan, region)
        fields["items"].choices = [
            *(
                (
                    target.code,
                    _now("%(name)s（%(code)s）") % {"name": _now(target.metric_name), "code": target.code},
                )
                for target, _found in targets
            ),
            *((indicator.key, NAMES[indicator.key]) for indicator in shares),
        ]
        ends = queries.month_ends(region, plan.period, on=today())
        fields["month_end"].choices = [("", _("今天")), *((one.isoformat(), day(one)) for one in ends)]

    def asked(self) -> dict[str, Any]:
        """What the actions take."""
        values = dict(self.cleaned_data)
        values["month_end"] = date.fromisoformat(values["month_end"]) if values["month_end"] else None
        values["period"] = self.periods[values["period"]]
        return values


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, plan_id: str, region_code: str) -> HttpResponse:
    """A draft for the units below a region, which is the plan's or one that the plan covers."""
    require_figures(request.actor)
    plan = one(Plan.objects.select_related("region", "period"), public_id=plan_id)
    region = one(Region.objects.filter(path__startswith=plan.region.path), code=region_code)
    require_own(request.actor, Permission.REPORT_WRITE, region)
    # The units read it in the language of the place, whichever the officer works in.
    with translation.override("zh-hans"):
        title = _now("%(region)s残疾人就业和培训工作进展情况通报") % {"region": region.name}
    initial = {
        "title": title,
        "period": plan.period.key,
        "line": Line.AVERAGE,
        "items": ["two_skill_coverage"],
    }
    form = BulletinForm(plan, region, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            drafted = bulletins.draft(by=request.actor, on=today(), plan=plan, region=region, **form.asked())
            messages.success(request, _now("已存为草稿，数据已经冻结。请另一位同事签发。"))
            return redirect("goals:bulletin", public_id=drafted.public_id)
    context = {"form": form, "plan": plan, "region": region}
    return render(request, "goals/bulletins/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, public_id: str) -> HttpResponse:
    """Change a draft; its figures are taken afresh."""
    shown = seen(request, public_id)
    require_own(request.actor, Permission.REPORT_WRITE, shown.region)
    _require_draft(shown)
    initial = {name: getattr(shown, name) for name in ("title", "opening", "items", "line", "request")}
    initial |= {
        "period": shown.period.key,
        "month_end": shown.month_end.isoformat() if shown.month_end else "",
    }
    form = BulletinForm(
        shown.plan, shown.region, request.POST if request.method == "POST" else None, initial=initial
    )
    if form.is_valid():
        with refusals.shown_on(form):
            bulletins.edit(by=request.actor, on=today(), bulletin=shown, **form.asked())
            return redirect("goals:bulletin", public_id=public_id)
    context = {"form": form, "plan": shown.plan, "region": shown.region, "bulletin": shown}
    return render(request, "goals/bulletins/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def bulletin(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = seen(request, public_id)
    is_draft = shown.state == BulletinState.DRAFT
    context = {
        "bulletin": shown,
        "items": [
            {
                "name": words.item_name(item),
                "line": item["line"],
                "rows": words.compared(item),
                "below": words.below(item),
            }
            for item in shown.figures["items"]
        ],
        "versions": words.versions(shown.figures),
        "may_edit": is_draft and is_own(request.actor, Permission.REPORT_WRITE, shown.region),
        "may_issue": is_draft and is_own(request.actor, Permission.REPORT_DECIDE, shown.region),
        "is_internal": words.is_internal(words.counts_compared(shown.figures)),
        "file_kinds": papers.FILES,
    }
    return render(request, "goals/bulletins/bulletin.html", context)


class NumberForm(Form):
    number = forms.CharField(label=_("文号"), max_length=60)


@require_http_methods(["GET", "POST"])
def issue(request: ActorRequest, public_id: str) -> HttpResponse:
    """Under which number it goes out, and what that means."""
    shown = seen(request, public_id)
    require_own(request.actor, Permission.REPORT_DECIDE, shown.region)
    _require_draft(shown)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            bulletins.issue(by=request.actor, on=today(), bulletin=shown, number=form.cleaned_data["number"])
            messages.success(request, _now("已印发，各单位可以看到。"))
            return redirect("goals:bulletin", public_id=public_id)
    context = {"form": form, "bulletin": shown}
    return render(request, "goals/bulletins/issue.html", context, status=422 if form.is_bound else 200)


@require_safe
def file(request: ActorRequest, public_id: str, kind: str) -> HttpResponse:
    return papers.answer(papers.of_bulletin(seen(request, public_id)), kind)


def seen(request: ActorRequest, public_id: str) -> Bulletin:
    require_figures(request.actor)
    rows = Bulletin.objects.visible_to(request.actor)
    return one(rows.select_related("region", "period", "plan__region", "plan__period"), public_id=public_id)


def _require_draft(shown: Bulletin) -> None:
    if shown.state != BulletinState.DRAFT:
        raise BulletinIssued(number=shown.number)


def _beginnings(request: ActorRequest) -> list[tuple[Plan, Region]]:
    """For which regions the actor may draft one, and on which plan: of the actor's own federations with units below."""
    paths = request.actor.scope(Permission.REPORT_WRITE).region_paths
    own = list(Region.objects.filter(path__in=paths, children__isnull=False).distinct())
    plans = report_queries.plans_near([region.path for region in own]) if own else []
    return [(plan, region) for region in own for plan in plans if region.path.startswith(plan.region.path)]
