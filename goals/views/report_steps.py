"""Steps of a report, one page each: write a section, choose the date, hand in, decide, note where it was sent."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from goals.actions import report_decisions, reports
from goals.errors import ReportInState
from goals.models import Report
from goals.models.reports import MAY_BE_WRITTEN, ReportState
from goals.queries import report_figures
from goals.rules.reports import stamp
from goals.views import report_words as words
from goals.views.reports import live_figures, of_figures, seen
from registry.errors import NotFound
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission
from registry.templatetags.page import day
from registry.views import refusals
from registry.views.fields import DayField

HINTS = {
    "implementation": _("对照规划的任务，写做了什么、做到哪一步。"),
    "results": _("写成效，可以引用下面的数据。"),
    "experience": _("写值得推广的做法。"),
    "problems": _("写困难、原因和下一步打算。"),
    "findings": _("写评估或检查的结论和建议。"),
}


class SectionForm(Form):
    """One section; the field has the section's name, so that refusals find it."""

    was = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, report: Report, section: str, *args: Any, **kwargs: Any) -> None:
        text = getattr(report, section)
        super().__init__(*args, initial={"was": stamp(text), section: text}, **kwargs)
        field: Any = Report._meta.get_field(section)
        self.fields[section] = forms.CharField(
            label=field.verbose_name,
            max_length=field.max_length,
            required=False,
            widget=forms.Textarea({"rows": 14}),
            help_text=HINTS[section],
        )


@require_http_methods(["GET", "POST"])
def section(request: ActorRequest, public_id: str, name: str) -> HttpResponse:
    """One section: saved as often as one likes, finished or not; then the next one."""
    shown = _to_write(request, public_id)
    if name not in shown.sections:
        raise NotFound(what="section")
    form = SectionForm(shown, name, request.POST if request.method == "POST" else None)
    theirs = ""
    if form.is_valid():
        text, was = form.cleaned_data[name], form.cleaned_data["was"] or None
        try:
            with refusals.shown_on(form):
                reports.write(by=request.actor, report=shown, section=name, text=text, was=was)
                messages.success(request, _now("已保存。可以离开，以后再接着写。"))
                return _after_saving(request, shown, name)
        finally:
            shown.refresh_from_db(fields=[name])
        theirs = getattr(shown, name)
        # Saved once more, the present text is the one that was seen.
        form.data = form.data.copy() | {"was": stamp(theirs)}
    order = list(shown.sections)
    context = {
        "form": form,
        "report": shown,
        "title": words.title(shown),
        "heading": form.fields[name].label,
        "theirs": theirs if form.errors else "",
        "is_last": name == order[-1],
    }
    return render(request, "goals/reports/section.html", context, status=422 if form.is_bound else 200)


class DateForm(Form):
    month_end = forms.ChoiceField(label=_("数据截至"), required=False, widget=forms.RadioSelect)

    def __init__(self, ends: list[date], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("报送当天")), *((one.isoformat(), day(one)) for one in ends)]
        self.fields["month_end"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def choose_date(request: ActorRequest, public_id: str) -> HttpResponse:
    """Which figures go with the report: those of the day it is handed in, or of the end of a month."""
    shown = _to_write(request, public_id)
    ends = report_figures.month_ends(shown, on=today())
    initial = {"month_end": shown.month_end.isoformat() if shown.month_end else ""}
    form = DateForm(ends, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            asked = form.cleaned_data["month_end"]
            month_end = date.fromisoformat(asked) if asked else None
            reports.choose_date(by=request.actor, on=today(), report=shown, month_end=month_end)
            return redirect("goals:report", public_id=public_id)
    context = {"form": form, "report": shown, "title": words.title(shown)} | live_figures(shown)
    return render(request, "goals/reports/date.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def submit(request: ActorRequest, public_id: str) -> HttpResponse:
    """All of it as it will be handed in; what is missing is named, with the way there."""
    shown = _to_write(request, public_id)
    form = Form(request.POST if request.method == "POST" else None)
    missing = reports.missing_sections(shown)
    if form.is_valid() and not missing:
        with refusals.shown_on(form):
            reports.submit(by=request.actor, on=today(), report=shown)
            messages.success(
                request, _now("已报送给%(recipient)s，数据已经冻结。") % {"recipient": words.recipient(shown)}
            )
            return redirect("goals:report", public_id=public_id)
    written = words.sections(shown, {name: getattr(shown, name) for name in shown.sections})
    context = {
        "form": form,
        "report": shown,
        "title": words.title(shown),
        "recipient": words.recipient(shown),
        "sections": written,
        "missing": [(name, heading) for name, heading, _text in written if name in missing],
    } | live_figures(shown)
    return render(request, "goals/reports/submit.html", context, status=422 if form.is_bound else 200)


class DecisionForm(Form):
    decision = forms.ChoiceField(
        label=_("审核结果"),
        choices=[("accept", _("接收")), ("return", _("退回修改"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("退回理由"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("退回时必须填写，报送单位会看到。写事由，不写个人信息。"),
    )


@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, public_id: str) -> HttpResponse:
    """Accept it or return it with the reason, with all of it on the page."""
    shown = seen(request, public_id)
    reports.require_own(request.actor, Permission.REPORT_DECIDE, shown.target.plan.region)
    _require_state(shown, ReportState.SUBMITTED)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            if form.cleaned_data["decision"] == "accept":
                report_decisions.accept(by=request.actor, on=today(), report=shown)
                messages.success(request, _now("已接收。"))
            else:
                reason = form.cleaned_data["reason"]
                report_decisions.give_back(by=request.actor, on=today(), report=shown, reason=reason)
                messages.success(request, _now("已退回，报送单位会看到理由。"))
            return redirect("goals:report", public_id=public_id)
    filing = shown.filings.latest("number")
    context = {
        "form": form,
        "report": shown,
        "title": words.title(shown),
        "filing": filing,
        "filed": words.sections(shown, filing.sections),
    } | of_figures(filing.figures)
    return render(request, "goals/reports/decide.html", context, status=422 if form.is_bound else 200)


class SentForm(Form):
    sent_on = DayField(label=_("上报日期"))
    sent_number = forms.CharField(label=_("上报文号"), max_length=60)


@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, public_id: str) -> HttpResponse:
    """The day and number under which it went to somebody outside."""
    shown = seen(request, public_id)
    reports.require_own(request.actor, Permission.REPORT_WRITE, shown.region)
    _require_state(shown, ReportState.ACCEPTED)
    if not shown.is_outside or shown.sent_on is not None:
        raise ReportInState(state=shown.state)
    form = SentForm(request.POST if request.method == "POST" else None, initial={"sent_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            reports.send(by=request.actor, on=today(), report=shown, **form.cleaned_data)
            return redirect("goals:report", public_id=public_id)
    context = {
        "form": form,
        "report": shown,
        "title": words.title(shown),
        "recipient": words.recipient(shown),
    }
    return render(request, "goals/reports/send.html", context, status=422 if form.is_bound else 200)


def _to_write(request: ActorRequest, public_id: str) -> Report:
    """A report that the actor writes, while it can be written."""
    shown = seen(request, public_id)
    reports.require_own(request.actor, Permission.REPORT_WRITE, shown.region)
    _require_state(shown, *MAY_BE_WRITTEN)
    return shown


def _require_state(shown: Report, *states: ReportState) -> None:
    if shown.state not in states:
        raise ReportInState(state=shown.state)


def _after_saving(request: ActorRequest, shown: Report, name: str) -> HttpResponse:
    """The same section again, or the one after it, or the report after the last."""
    order = list(shown.sections)
    if "next" not in request.POST:
        return redirect("goals:report-section", public_id=shown.public_id, name=name)
    if name == order[-1]:
        return redirect("goals:report", public_id=shown.public_id)
    return redirect("goals:report-section", public_id=shown.public_id, name=order[order.index(name) + 1])
