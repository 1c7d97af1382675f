"""Pages of attendance: the grid, what has to be corrected, the sheet out and in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import attendance
from courses.models import Cohort, Enrolment, Session
from courses.models.attendance import Presence, RecordedHow
from courses.queries import attendance as queries
from courses.queries import sheets
from courses.queries.cohorts import progress
from courses.queries.hours import planned_hours
from courses.rules.cohorts import OPEN_TO_ATTENDANCE, OPEN_TO_SESSIONS
from courses.views.cohorts import cohort_of, may
from courses.views.names import labels
from courses.views.session_forms import session_key, session_words
from courses.views.sheets import UploadForm, odd_words, uploaded, workbook
from registry import words
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views.posts import posted_from

# One letter for each mark in the hidden field that remembers what the page showed.
_LETTERS = {"": "-", "present": "p", "late": "t", "leave": "l", "absent": "a"}


@dataclass(frozen=True)
class Cell:
    """One select of the grid; `name` is its form field, `label` what is heard, `words` what is recorded."""

    name: str
    label: str
    options: SafeString
    words: str
    is_ahead: bool


def cell_name(session: Session, enrolment: Enrolment) -> str:
    return f"mark-{session_key(session)}-{enrolment.public_id}"


@require_http_methods(["GET", "POST"])
def attendance_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """The grid, ten sessions at a time; saving writes only what was changed since the page was read."""
    cohort = cohort_of(request, public_id)
    grid = queries.grid(cohort, page=request.GET.get("page"), group=request.GET.get("group"))
    if request.method == "POST":
        return _save(request, cohort, grid)
    day_now = today()
    choices = [("", gettext("未登记")), *Presence.choices]
    words_of = dict(choices)
    # Five hundred selects with five options each: the options are made once for each mark, not once for each cell.
    options = {mark: _options(choices, mark) for mark in words_of}
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
                    options=options[mark],
                    words=str(words_of[mark]),
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
                "key": session_key(session),
                "session": session,
                "words": session_words(session),
                "is_ahead": session.on > day_now,
                "is_today": session.on == day_now,
            }
            for session in grid.sessions
        ],
        "planned_hours": planned_hours(cohort),
        "progress": progress(cohort),
        "may_record": may(request, Permission.RESULT_RECORD, cohort) and cohort.state in OPEN_TO_ATTENDANCE,
        "may_plan": may(request, Permission.RESULT_RECORD, cohort) and cohort.state in OPEN_TO_SESSIONS,
        "upload_form": UploadForm(),
    }
    return render(request, "courses/attendance/grid.html", context)


_SELECTED = mark_safe(" selected")


def _options(choices: Iterable[tuple[str, object]], chosen: str) -> SafeString:
    rows = ((value, _SELECTED if value == chosen else "", label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _save(request: ActorRequest, cohort: Cohort, grid: queries.Grid) -> HttpResponse:
    everyone = request.POST.get("everyone", "")
    texts: dict[tuple[int, int], str] = {}
    for row in grid.rows:
        seen = request.POST.get(f"seen-{row.enrolment.public_id}", "")
        for place, (session, _mark) in enumerate(row.marks):
            text = request.POST.get(cell_name(session, row.enrolment))
            if everyone == session_key(session) and not text:
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
                "id": f"{session_key(session)}-{enrolment.public_id}".replace(".", "-"),
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
        (cell["id"], gettext("%(who)s：%(what)s") % {"who": cell["label"], "what": cell["sentence"]})
        for cell in bad
    ]
    context = {
        "cohort": cohort,
        "bad": bad,
        "errors": errors,
        "odd": odd or [],
        "saved": recorded.written + recorded.cleared,
        "choices": [("", gettext("未登记")), *Presence.choices],
    }
    return render(request, "courses/attendance/corrections.html", context, status=422)


@posted_from("courses:attendance")
def correct(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes the corrected cells of a sheet or page, by the names of their fields."""
    cohort = cohort_of(request, public_id)
    sessions = {session_key(session): session.pk for session in Session.objects.filter(cohort=cohort)}
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
    return workbook(sheets.attendance_sheet(cohort), gettext("%(cohort)s考勤表") % {"cohort": cohort.name})


@posted_from("courses:attendance")
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
            recorded = attendance.record_texts(
                by=request.actor, on=today(), cohort=cohort, texts=read.texts, how=RecordedHow.SHEET
            )
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
