"""Pages of reports: the status board, beginning one, and one report with all its versions."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from goals.actions import reports
from goals.models import Plan, Report
from goals.models.reports import ReportState
from goals.queries import report_figures, report_status
from goals.queries import reports as queries
from goals.queries.report_status import Duty
from goals.rules.reports import is_due_soon
from goals.views import papers
from goals.views import report_words as words
from registry.errors import NotFound, NotPermitted
from registry.forms import Form
from registry.models import Region
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission
from registry.views import refusals


class PlanFilter(Form):
    plan = forms.ChoiceField(label=_("规划"), required=False)

    def __init__(self, plans: list[Plan], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(plan.public_id, plan.title) for plan in plans]  # type: ignore[attr-defined]


@require_safe
def board(request: ActorRequest) -> HttpResponse:
    """What the actor's own unit owes and has to decide, then who filed, late or not at all, of one plan."""
    actor = request.actor
    paths = require_figures(actor)
    plans = queries.plans_near(paths)
    asked = next((plan for plan in plans if plan.public_id == request.GET.get("plan")), None)
    shown = asked or next(iter(plans), None)
    found = report_status.of_plan(shown, on=today(), paths=paths) if shown else {}
    duties = [duty for duty in report_status.own(actor, on=today()) if duty.is_open]
    context = {
        "plan": shown,
        "filter_form": PlanFilter(plans, initial={"plan": shown.public_id if shown else ""}),
        "plans": plans,
        "finding": words.finding(
            report_status.counted(duty for several in found.values() for duty in several)
        ),
        "boards": [_board(target, several, actor) for target, several in found.items() if several],
        "duties": [
            {"duty": duty, "cell": _cell(duty, actor), "is_soon": is_due_soon(duty.due_on, on=today())}
            for duty in duties
        ],
        "waiting": [(report, words.title(report)) for report in queries.to_decide(actor)],
        "as_of": today(),
        "may_draft": bool(actor.scope(Permission.REPORT_WRITE).region_paths),
    }
    return render(request, "goals/reports/board.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, code: str, year: int, region_code: str) -> HttpResponse:
    """What is asked for, and the button that begins it; one that is there already opens."""
    require_figures(request.actor)
    target = one(report_status.report_targets(), code=code)
    region = queries.unit(region_code)
    reports.require_own(request.actor, Permission.REPORT_WRITE, region)
    duty = report_status.one(target, region, year, on=today())
    if duty is None:
        raise NotFound(what="report")
    if duty.report is not None:
        return redirect("goals:report", public_id=duty.report.public_id)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            begun = reports.start(by=request.actor, on=today(), target=target, region=region, year=year)
            return redirect("goals:report", public_id=begun.public_id)
    context = {"form": form, "duty": duty, "target": target}
    return render(request, "goals/reports/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def report(request: ActorRequest, public_id: str) -> HttpResponse:
    """One report: to whoever writes it the sections and the next step, to everybody what was handed in."""
    shown = seen(request, public_id)
    actor = request.actor
    filings = list(shown.filings.all())
    last = filings[-1] if filings else None
    writes = shown.may_be_written and is_own(actor, Permission.REPORT_WRITE, shown.region)
    context: dict[str, Any] = {
        "report": shown,
        "title": words.title(shown),
        "recipient": words.recipient(shown),
        "filings": filings[::-1],
        "filing": last,
        "writes": writes,
        "decides": shown.state == ReportState.SUBMITTED
        and is_own(actor, Permission.REPORT_DECIDE, shown.target.plan.region),
        "sends": shown.state == ReportState.ACCEPTED
        and shown.is_outside
        and shown.sent_on is None
        and is_own(actor, Permission.REPORT_WRITE, shown.region),
        "file_kinds": papers.FILES,
    }
    if writes:
        written = {name: getattr(shown, name) for name in shown.sections}
        context["sections"] = words.sections(shown, written)
        context["missing"] = reports.missing_sections(shown)
    if last:
        context |= of_figures(last.figures) | {"filed": words.sections(shown, last.sections)}
    return render(request, "goals/reports/report.html", context)


@require_safe
def file(request: ActorRequest, public_id: str, kind: str) -> HttpResponse:
    """A version as it was handed in, the last without `?version=`."""
    shown = seen(request, public_id)
    filing = queries.filing(shown, request.GET.get("version", ""))
    return papers.answer(papers.of_filing(filing), kind)


def seen(request: ActorRequest, public_id: str) -> Report:
    require_figures(request.actor)
    return one(queries.whole(Report.objects.visible_to(request.actor)), public_id=public_id)


def require_figures(actor: Actor) -> tuple[str, ...]:
    """The regions whose figures the actor reads: reports are of federations. Raises NotPermitted without any."""
    if actor.is_system:
        return ("000000/",)
    paths = actor.scope(Permission.FIGURES_READ).region_paths
    if not paths:
        raise NotPermitted(permission=Permission.FIGURES_READ.value)
    return paths


def is_own(actor: Actor, permission: Permission, region: Region) -> bool:
    """Whether the actor holds the permission in this region's own federation (actions/reports.py)."""
    return actor.is_system or region.path in actor.scope(permission).region_paths


def of_figures(figures: dict[str, Any]) -> dict[str, Any]:
    """What the tables of figures show (figures.html)."""
    return {
        "figures": figures,
        "tasks": words.tasks(figures),
        "indicators": words.indicators(figures),
        "versions": words.versions(figures),
    }


def live_figures(report: Report) -> dict[str, Any]:
    """The figures as they would be frozen now."""
    return of_figures(report_figures.of_report(report, on=today()))


def _board(target: Any, duties: list[Duty], actor: Actor) -> dict[str, Any]:
    """One target's units as rows and its years as columns."""
    years = sorted({duty.year for duty in duties})
    rows: dict[str, dict[str, Any]] = {}
    for duty in duties:
        row = rows.setdefault(duty.region.code, {"region": duty.region, "cells": dict.fromkeys(years)})
        row["cells"][duty.year] = _cell(duty, actor)
    columns = [(year, next(duty.due_on for duty in duties if duty.year == year)) for year in years]
    return {
        "target": target,
        "columns": columns,
        "rows": [{"region": row["region"], "cells": list(row["cells"].values())} for row in rows.values()],
        "finding": words.finding(report_status.counted(duties)),
    }


def _cell(duty: Duty, actor: Actor) -> dict[str, Any]:
    """Where a report stands, and where it is opened: a draft only by its own unit."""
    url, own = "", is_own(actor, Permission.REPORT_WRITE, duty.region)
    if duty.report is not None and (own or duty.report.state != ReportState.DRAFT):
        url = reverse("goals:report", args=[duty.report.public_id])
    elif duty.report is None and own:
        url = reverse("goals:new-report", args=[duty.target.code, duty.year, duty.region.code])
    is_draft = duty.report is not None and duty.report.state == ReportState.DRAFT
    return {
        "tag": words.STATUS_TAGS[duty.status],
        "word": words.status_word(duty.status),
        "filed_on": duty.report.handed_in_on if duty.report else None,
        "state": duty.report.get_state_display() if duty.report and not is_draft else "",
        "url": url,
    }
