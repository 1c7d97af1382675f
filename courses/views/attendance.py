"""Pages of the timetable and of attendance: the grid, adding sessions, the sheet out and in."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions import attendance
from courses.models import Cohort, Enrolment, Session
from courses.models.attendance import Presence, SessionKind
from courses.queries import attendance as queries
from courses.queries import sheets
from courses.queries.cohorts import progress
from courses.queries.outcomes import planned_hours
from courses.rules.cohorts import OPEN_TO_ATTENDANCE, OPEN_TO_SESSIONS
from courses.rules.sessions import HOURS, PARTS, NewSession, Pattern, generate
from courses.views.cohorts import cohort_of, may
from courses.views.names import labels
from courses.views.sheets import UploadForm, odd_words, uploaded, workbook
from registry import words
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField

# One letter for each mark in the hidden field that remembers what the page showed.
_LETTERS = {"": "-", "present": "p", "late": "t", "leave": "l", "absent": "a"}


@dataclass(frozen=True)
class Cell:
    """One select of the grid; `name` is its form field, `label` what is heard."""

    name: str
    label: str
    mark: str
    is_ahead: bool


def session_words(session: Session) -> str:
    """6月3日 第1节: how a session is called in the page."""
    return _now("%(month)s月%(day)s日 第%(part)s节") % {
        "month": session.on.month,
        "day": session.on.day,
        "part": session.part,
    }


def _key(session: Session) -> str:
    return f"{session.on:%Y%m%d}.{session.part}"


def cell_name(session: Session, enrolment: Enrolment) -> str:
    return f"mark-{_key(session)}-{enrolment.public_id}"


@require_http_methods(["GET", "POST"])
def attendance_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """The grid, ten sessions at a time; saving writes only what was changed since the page was read."""
    cohort = cohort_of(request, public_id)
    grid = queries.grid(cohort, page=request.GET.get("page"), group=request.GET.get("group"))
    if request.method == "POST":
        return _save(request, cohort, grid)
    day_now = today()
    named = labels(row.enrolment for row in grid.rows)
    rows = [
        {
            "enrolment": row.enrolment,
            "name": named[row.enrolment.pk],
            "attended_hours": row.attended_hours,
            "seen": "".join(_LETTERS[mark] for _session, mark in row.marks),
            "cells": [
                Cell(
                    name=cell_name(session, row.enrolment),
                    label=f"{named[row.enrolment.pk]} {session_words(session)}",
                    mark=mark,
                    is_ahead=session.on > day_now,
                )
                for session, mark in row.marks
            ],
        }
        for row in grid.rows
    ]
    context = {
        "cohort": cohort,
        "grid": grid,
        "rows": rows,
        "columns": [
            {
                "key": _key(session),
                "session": session,
                "words": session_words(session),
                "is_ahead": session.on > day_now,
            }
            for session in grid.sessions
        ],
        "choices": [("", _now("未登记")), *Presence.choices],
        "planned_hours": planned_hours(cohort),
        "progress": progress(cohort),
        "may_record": may(request, Permission.RESULT_RECORD, cohort) and cohort.state in OPEN_TO_ATTENDANCE,
        "may_plan": may(request, Permission.RESULT_RECORD, cohort) and cohort.state in OPEN_TO_SESSIONS,
        "upload_form": UploadForm(),
    }
    return render(request, "courses/attendance/grid.html", context)


def _save(request: ActorRequest, cohort: Cohort, grid: queries.Grid) -> HttpResponse:
    everyone = request.POST.get("everyone", "")
    texts: dict[tuple[int, int], str] = {}
    for row in grid.rows:
        seen = request.POST.get(f"seen-{row.enrolment.public_id}", "")
        for place, (session, _mark) in enumerate(row.marks):
            text = request.POST.get(cell_name(session, row.enrolment))
            if everyone == _key(session) and not text:
                text = Presence.PRESENT.value
            # Two trainers may keep one grid: a cell that this page did not change is left as the other set it.
            if text is not None and _LETTERS.get(text) != seen[place : place + 1]:
                texts[session.pk, row.enrolment.pk] = text
    recorded = attendance.record_texts(by=request.actor, on=today(), cohort=cohort, texts=texts)
    if recorded.problems:
        return _with_problems(request, cohort, texts, recorded)
    saved = recorded.written + recorded.cleared
    messages.success(request, ngettext("已保存 %(n)s 处考勤", "已保存 %(n)s 处考勤", saved) % {"n": saved})
    asked = request.GET.urlencode()
    return redirect(reverse("courses:attendance", args=[cohort.public_id]) + (f"?{asked}" if asked else ""))


def _with_problems(
    request: ActorRequest,
    cohort: Cohort,
    texts: dict[tuple[int, int], str],
    recorded: attendance.Recorded,
    odd: list[str] | None = None,
) -> HttpResponse:
    """What could not be saved, each with a select to set it right; the rest is saved."""
    sessions = {session.pk: session for session in Session.objects.filter(cohort=cohort)}
    people = {row.pk: row for row in Enrolment.objects.filter(cohort=cohort).select_related("person")}
    named = labels(people.values())
    bad = []
    for (session_id, enrolment_id), code in sorted(recorded.problems.items()):
        session, enrolment = sessions[session_id], people[enrolment_id]
        label = f"{named[enrolment_id]} {session_words(session)}"
        sentence = words.say(code, {"on": str(session.on)})
        bad.append(
            {
                "id": f"{_key(session)}-{enrolment.public_id}".replace(".", "-"),
                "name": cell_name(session, enrolment),
                "who": named[enrolment_id],
                "session": session_words(session),
                "label": label,
                "text": texts[session_id, enrolment_id][:40],
                "sentence": sentence,
                "is_ahead": code == "session_ahead_here",
            }
        )
    errors = [
        (cell["id"], _now("%(who)s：%(what)s") % {"who": cell["label"], "what": cell["sentence"]})
        for cell in bad
    ]
    context = {
        "cohort": cohort,
        "bad": bad,
        "errors": errors,
        "odd": odd or [],
        "saved": recorded.written + recorded.cleared,
        "choices": [("", _now("未登记")), *Presence.choices],
    }
    return render(request, "courses/attendance/corrections.html", context, status=422)


@require_POST
def correct(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes the corrected cells of a sheet or page, by the names of their fields."""
    cohort = cohort_of(request, public_id)
    sessions = {_key(session): session.pk for session in Session.objects.filter(cohort=cohort)}
    enrolments = dict(Enrolment.objects.filter(cohort=cohort).values_list("public_id", "pk"))
    texts: dict[tuple[int, int], str] = {}
    for name, text in request.POST.items():
        kind, _dash, rest = name.partition("-")
        session, _dash, enrolment = rest.partition("-")
        if kind == "mark" and session in sessions and enrolment in enrolments and text:
            texts[sessions[session], enrolments[enrolment]] = str(text)
    recorded = attendance.record_texts(by=request.actor, on=today(), cohort=cohort, texts=texts)
    if recorded.problems:
        return _with_problems(request, cohort, texts, recorded)
    saved = recorded.written
    messages.success(request, ngettext("已保存 %(n)s 处考勤", "已保存 %(n)s 处考勤", saved) % {"n": saved})
    return redirect("courses:attendance", public_id=public_id)


@require_safe
def sheet(request: ActorRequest, public_id: str) -> HttpResponse:
    """The attendance sheet to fill in; it holds names, so whoever records may have it."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    return workbook(sheets.attendance_sheet(cohort), _now("%(cohort)s考勤表") % {"cohort": cohort.name})


@require_POST
def upload(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes a filled sheet: good cells are saved, bad ones come back to be set right in the page."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        with uploaded(form) as (data, file_name):
            read = sheets.read_marks(cohort, data=data, file_name=file_name)
            recorded = attendance.record_texts(by=request.actor, on=today(), cohort=cohort, texts=read.texts)
            odd = odd_words(read.odd)
            if recorded.problems or odd:
                return _with_problems(request, cohort, read.texts, recorded, odd)
            saved = recorded.written
            sentence = ngettext("已从表格保存 %(n)s 处考勤", "已从表格保存 %(n)s 处考勤", saved)
            messages.success(request, sentence % {"n": saved})
            return redirect("courses:attendance", public_id=public_id)
    context = {
        "cohort": cohort,
        "form": form,
        "action": "courses:attendance-upload",
        "back": "courses:attendance",
    }
    return render(request, "courses/upload.html", context, status=422)


class SessionForm(Form):
    on = DayField(label=_("日期"))
    part = forms.IntegerField(
        label=_("当日第几节"),
        min_value=PARTS.start,
        max_value=PARTS.stop - 1,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    hours = forms.IntegerField(
        label=_("课时"),
        min_value=HOURS.start,
        max_value=HOURS.stop - 1,
        initial=4,
        help_text=_("1 课时为 45 分钟，每节 1 到 12 课时。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=SessionKind.choices, initial=SessionKind.PRACTICE)
    topic = forms.CharField(label=_("内容"), max_length=80, required=False)


class PatternForm(Form):
    starts_on = DayField(label=_("从"))
    ends_on = DayField(label=_("到"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("星期"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=[0, 1, 2, 3, 4],
    )
    parts = forms.IntegerField(
        label=_("每天几节"),
        min_value=1,
        max_value=PARTS.stop - 1,
        initial=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    hours = forms.IntegerField(
        label=_("每节课时"),
        min_value=HOURS.start,
        max_value=HOURS.stop - 1,
        initial=4,
        help_text=_("1 课时为 45 分钟。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-2"}),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=SessionKind.choices, initial=SessionKind.PRACTICE)
    without = forms.CharField(
        label=_("不上课的日子"),
        required=False,
        max_length=400,
        help_text=_("节假日等，用空格隔开，例如：2024-06-10 2024-06-17。"),
    )

    def clean_without(self) -> frozenset[Any]:
        field = forms.DateField(input_formats=["%Y-%m-%d"])
        texts = (
            str(self.cleaned_data["without"]).replace("，", " ").replace(",", " ").replace("、", " ").split()
        )
        days = []
        for text in texts:
            try:
                days.append(field.clean(text))
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("“%(text)s”不是日期，请写成 2024-06-10 的样子。"), params={"text": text[:20]}
                ) from None
        return frozenset(days)


@require_http_methods(["GET", "POST"])
def add_sessions(request: ActorRequest, public_id: str) -> HttpResponse:
    """One session, or a whole timetable from a weekly pattern that stops at the hours of the course."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    how_far = progress(cohort)
    by_pattern = request.POST.get("how") == "pattern"
    dates = {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on}
    posted = request.method == "POST"
    pattern_form = PatternForm(
        request.POST if posted and by_pattern else None, initial=dates, prefix="pattern"
    )
    session_form = SessionForm(
        request.POST if posted and not by_pattern else None, initial={"on": cohort.starts_on}, prefix="one"
    )
    form: Form = pattern_form if by_pattern else session_form
    if form.is_valid():
        with refusals.shown_on(form):
            asked = form.cleaned_data
            made = attendance.add_sessions(
                by=request.actor,
                on=today(),
                cohort=cohort,
                sessions=_from_pattern(cohort, asked, how_far.hours_missing)
                if by_pattern
                else [NewSession(**asked)],
            )
            sentence = ngettext("已安排 %(n)s 节", "已安排 %(n)s 节", len(made))
            messages.success(request, sentence % {"n": len(made)})
            return redirect("courses:attendance", public_id=public_id)
    context = {
        "cohort": cohort,
        "progress": how_far,
        "pattern_form": pattern_form,
        "session_form": session_form,
        "form": form,
        "is_closed": cohort.state not in OPEN_TO_SESSIONS,
        "sessions": Session.objects.filter(cohort=cohort),
    }
    return render(request, "courses/attendance/sessions.html", context, status=422 if form.is_bound else 200)


def _from_pattern(cohort: Cohort, asked: dict[str, Any], hours_missing: int) -> list[NewSession]:
    pattern = Pattern(
        starts_on=max(asked["starts_on"], cohort.starts_on),
        ends_on=min(asked["ends_on"], cohort.ends_on),
        weekdays=frozenset(asked["weekdays"]),
        parts=asked["parts"],
        hours=asked["hours"],
        kind=asked["kind"],
        without=asked["without"],
        most_hours=hours_missing,
    )
    return generate(pattern, taken=set(Session.objects.filter(cohort=cohort).values_list("on", "part")))


@require_POST
def remove_session(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes one session out of the timetable, named by its day and part."""
    cohort = cohort_of(request, public_id)
    key, _dot, part = request.POST.get("session", "").partition(".")
    wanted = {"on": f"{key[:4]}-{key[4:6]}-{key[6:8]}", "part": part}
    form = _SessionNamed(wanted)
    if not form.is_valid():
        return redirect("courses:sessions", public_id=public_id)
    session = one(Session.objects.filter(cohort=cohort).select_related("cohort"), **form.cleaned_data)
    label = session_words(session)
    attendance.remove_session(by=request.actor, on=today(), session=session)
    messages.success(request, _now("已删除：%(session)s") % {"session": label})
    return redirect("courses:sessions", public_id=public_id)


class _SessionNamed(forms.Form):
    on = forms.DateField(input_formats=["%Y-%m-%d"])
    part = forms.IntegerField(min_value=1, max_value=PARTS.stop - 1)
