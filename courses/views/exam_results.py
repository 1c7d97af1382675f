"""Pages of an examination's results: the sheet in the page and in Excel, submitting it as final, correcting it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import exam_results
from courses.models import Exam, ExamEntry
from courses.queries import exam_sheets
from courses.queries.exams import entries_of
from courses.queries.results import written
from courses.rules import scores as score_rules
from courses.rules.cohorts import OPEN_TO_EXAMS
from courses.rules.exams import Mark, is_settled, parts, says_absent
from courses.views.exams import exam_of
from courses.views.names import labels
from courses.views.sheets import UploadForm, odd_words, uploaded, workbook
from registry import words
from registry.errors import NotFound
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.posts import posted_from

Typed = Mapping[int, Mapping[str, str]]


def examines(request: ActorRequest, exam: Exam) -> bool:
    """Whether this actor is the examiner who was sent."""
    may = request.actor.may(
        Permission.EXAM_RECORD, region_path=exam.cohort.region.path, base_ids=[exam.cohort.base_id]
    )
    return may and request.actor.account_id == exam.examiner_id


def require_examiner(request: ActorRequest, exam: Exam) -> None:
    require(
        request.actor,
        Permission.EXAM_RECORD,
        region_path=exam.cohort.region.path,
        base_ids=[exam.cohort.base_id],
    )


@require_http_methods(["GET", "POST"])
def exam(request: ActorRequest, public_id: str) -> HttpResponse:
    """The sheet: good marks are saved, a bad one stays in its field with what was typed."""
    shown = exam_of(request, public_id)
    if request.method != "POST":
        return _page(request, shown)
    require_examiner(request, shown)
    typed = {
        entry.pk: {
            part: request.POST[name]
            for part in parts(shown.kind)
            if (name := field_name(entry, part)) in request.POST
        }
        for entry in entries_of(shown)
    }
    return _record(request, shown, typed)


def field_name(entry: ExamEntry, part: str) -> str:
    return f"{part}-{entry.enrolment.public_id}"


def _record(request: ActorRequest, shown: Exam, typed: Typed, odd: list[str] | None = None) -> HttpResponse:
    recorded = exam_results.record_texts(
        by=request.actor, on=today(), exam=shown, texts={pk: one for pk, one in typed.items() if one}
    )
    if recorded.problems or odd:
        return _page(request, shown, typed, recorded.problems, odd, recorded.written, status=422)
    saved = recorded.written
    messages.success(
        request, ngettext("已保存 %(n)s 人的成绩", "已保存 %(n)s 人的成绩", saved) % {"n": saved}
    )
    return redirect("courses:exam", public_id=shown.public_id)


def _page(
    request: ActorRequest,
    shown: Exam,
    typed: Typed | None = None,
    problems: Mapping[tuple[int, str], str] | None = None,
    odd: list[str] | None = None,
    saved: int | None = None,
    status: int = 200,
) -> HttpResponse:
    problems = problems or {}
    entries = list(entries_of(shown))
    named = labels(entry.enrolment for entry in entries)
    rows, errors = [], []
    for entry in entries:
        name, cells = named[entry.enrolment_id], []
        for part in parts(shown.kind):
            label = PARTS[part] % {"name": name}
            sentence = words.say(code) if (code := problems.get((entry.pk, part), "")) else ""
            text = (typed or {}).get(entry.pk, {}).get(part, text_of(entry, part))
            field = field_name(entry, part)
            cells.append({"name": field, "label": label, "text": text[:20], "sentence": sentence})
            if sentence:
                errors.append((field, gettext("%(who)s：%(what)s") % {"who": label, "what": sentence}))
        rows.append({"entry": entry, "name": name, "cells": cells, "corrections": entry.corrections.all()})
    is_open = shown.submitted_on is None and shown.cohort.state in OPEN_TO_EXAMS
    is_mine = examines(request, shown)
    context = {
        "exam": shown,
        "cohort": shown.cohort,
        "rows": rows,
        "parts": [PART_NAMES[part] for part in parts(shown.kind)],
        "errors": errors,
        "odd": odd or [],
        "saved": saved,
        "settled": sum(is_settled(exam_results.mark_of(entry), shown.kind) for entry in entries),
        "may_record": is_open and is_mine and shown.held_on <= today(),
        "is_ahead": shown.held_on > today(),
        "may_correct": is_mine and bool(shown.submitted_on) and shown.cohort.state in OPEN_TO_EXAMS,
        "may_arrange": is_open
        and request.actor.may(
            Permission.COHORT_APPROVE,
            region_path=shown.cohort.region.path,
            base_ids=[shown.cohort.base_id],
        ),
        "upload_form": UploadForm(prefix="upload"),
    }
    return render(request, "courses/exams/exam.html", context, status=status)


PART_NAMES = {"theory": _("理论成绩"), "practice": _("实操成绩")}
PARTS = {"theory": _("%(name)s的理论成绩"), "practice": _("%(name)s的实操成绩")}


def text_of(entry: ExamEntry, part: str) -> str:
    """The mark as it is typed, 缺考 for the absent, "" for none."""
    return gettext("缺考") if entry.is_absent else written(getattr(entry, part))


@require_safe
def sheet(request: ActorRequest, public_id: str) -> HttpResponse:
    """The sheet to fill in; it holds names, so the examiner may have it."""
    shown = exam_of(request, public_id)
    require_examiner(request, shown)
    title = gettext("%(cohort)s考核成绩表") % {"cohort": shown.cohort.name}
    return workbook(exam_sheets.sheet(shown), title)


@posted_from("courses:exam")
def upload(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes a filled sheet: good marks are saved, bad ones come back in the page's own fields."""
    shown = exam_of(request, public_id)
    require_examiner(request, shown)
    form = UploadForm(request.POST, request.FILES, prefix="upload")
    if form.is_valid():
        with uploaded(form) as (data, file_name):
            read = exam_sheets.read(shown, data=data, file_name=file_name)
            return _record(request, shown, read.texts, odd_words(read.odd))
    context = {"exam": shown, "form": form}
    return render(request, "courses/exams/upload.html", context, status=422)


@require_http_methods(["GET", "POST"])
def submit(request: ActorRequest, public_id: str) -> HttpResponse:
    """Says what submitting brings about, and then does it: afterwards marks change by corrections only."""
    shown = exam_of(request, public_id)
    require_examiner(request, shown)
    if request.method == "POST":
        exam_results.submit(by=request.actor, on=today(), exam=shown)
        messages.success(request, gettext("成绩已提交，不能再改；需要时逐人更正。"))
        return redirect("courses:exam", public_id=public_id)
    entries = list(entries_of(shown))
    mark = shown.cohort.course.pass_mark
    passed = sum(entry.score is not None and entry.score >= mark for entry in entries)
    absent = sum(entry.is_absent for entry in entries)
    context = {
        "exam": shown,
        "count": len(entries),
        "passed": passed,
        "absent": absent,
        "failed": sum(entry.score is not None for entry in entries) - passed,
        "missing": sum(not is_settled(exam_results.mark_of(entry), shown.kind) for entry in entries),
        "is_mine": examines(request, shown),
    }
    return render(request, "courses/exams/submit.html", context)


ABSENT = "absent"


class ScoreField(forms.CharField):
    """A mark as people type it, or 缺考."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if says_absent(text):
            return ABSENT
        try:
            return score_rules.parse(text)
        except ValueError:
            raise forms.ValidationError(words.say("score_invalid"), "score_invalid") from None


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, public_id: str, enrolment_id: str) -> HttpResponse:
    """Change one final result, with the reason; what stood there stays on record."""
    shown = exam_of(request, public_id)
    require_examiner(request, shown)
    entry = entries_of(shown).filter(enrolment__public_id=enrolment_id).first()
    if entry is None:
        raise NotFound(what="examentry")
    form = Form(request.POST if request.method == "POST" else None)
    for part in parts(shown.kind):
        form.fields[part] = ScoreField(
            label=PART_NAMES[part],
            max_length=10,
            initial=text_of(entry, part),
            help_text=_("0 到 100，最多一位小数；没有来的填“缺考”。"),
            widget=forms.TextInput(attrs={"class": "width-4", "autocomplete": "off"}),
        )
    form.fields["reason"] = forms.CharField(
        label=_("更正原因"), max_length=200, help_text=_("请勿写学员姓名和证件号码。")
    )
    if form.is_valid():
        with refusals.shown_on(form):
            typed = {part: form.cleaned_data[part] for part in parts(shown.kind)}
            mark = Mark(is_absent=True) if ABSENT in typed.values() else Mark(**typed)
            exam_results.correct(
                by=request.actor, on=today(), entry=entry, mark=mark, reason=form.cleaned_data["reason"]
            )
            messages.success(request, gettext("已更正，原来的成绩和原因都留有记录。"))
            return redirect("courses:exam", public_id=public_id)
    context = {"exam": shown, "form": form, "name": entry.enrolment.person.name}
    return render(request, "courses/exams/correct.html", context, status=422 if form.is_bound else 200)
