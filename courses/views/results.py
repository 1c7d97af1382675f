"""Pages of the completion assessment: scores in a table, the sheet out and in."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import assessments
from courses.models import Cohort
from courses.queries import sheets
from courses.queries.cohorts import default_assessment_date, progress
from courses.queries.exams import is_examined_apart
from courses.queries.results import results, score_of
from courses.rules.cohorts import OPEN_TO_RESULTS
from courses.views.cohorts import cohort_of, may
from courses.views.names import labels
from courses.views.sheets import UploadForm, odd_words, uploaded, workbook
from registry import words
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.posts import posted_from


class AssessmentForm(Form):
    assessed_on = DayField(label=_("考核日期"))


class ScoresUploadForm(UploadForm, AssessmentForm):
    field_order = ["assessed_on", "file"]


@require_http_methods(["GET", "POST"])
def results_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """Scores of the whole cohort; good ones are saved, a bad one stays in its field with what was typed."""
    cohort = cohort_of(request, public_id)
    if request.method != "POST":
        return _page(request, cohort, AssessmentForm(initial=_initial(cohort)))
    form = AssessmentForm(request.POST)
    typed = {
        row.pk: request.POST[f"score-{row.public_id}"]
        for row in results(cohort)
        if f"score-{row.public_id}" in request.POST
    }
    if form.is_valid():
        with refusals.shown_on(form):
            return _record(request, cohort, form, typed)
    return _page(request, cohort, form, typed, status=422)


def _record(
    request: ActorRequest,
    cohort: Cohort,
    form: AssessmentForm,
    typed: Mapping[int, str],
    odd: list[str] | None = None,
) -> HttpResponse:
    recorded = assessments.record_texts(
        by=request.actor,
        on=today(),
        cohort=cohort,
        texts=typed,
        assessed_on=form.cleaned_data["assessed_on"],
    )
    saved = recorded.written + recorded.cleared
    if recorded.problems or odd:
        return _page(request, cohort, form, typed, recorded.problems, odd, saved, status=422)
    messages.success(
        request, ngettext("已保存 %(n)s 人的成绩", "已保存 %(n)s 人的成绩", saved) % {"n": saved}
    )
    return redirect("courses:results", public_id=cohort.public_id)


def _initial(cohort: Cohort) -> dict[str, Any]:
    return {"assessed_on": default_assessment_date(cohort, on=today())}


def _page(
    request: ActorRequest,
    cohort: Cohort,
    form: Form,
    typed: Mapping[int, str] | None = None,
    problems: Mapping[int, str] | None = None,
    odd: list[str] | None = None,
    saved: int | None = None,
    status: int = 200,
) -> HttpResponse:
    problems = problems or {}
    rows: list[dict[str, Any]] = []
    enrolments = list(results(cohort))
    named = labels(enrolments)
    for enrolment in enrolments:
        code = problems.get(enrolment.pk, "")
        text = (typed or {}).get(enrolment.pk, score_of(enrolment))
        sentence = words.say(code) if code else ""
        rows.append(
            {"enrolment": enrolment, "name": named[enrolment.pk], "text": text[:20], "sentence": sentence}
        )
    errors = [
        (
            f"score-{row['enrolment'].public_id}",
            gettext("%(who)s：%(what)s") % {"who": row["name"], "what": row["sentence"]},
        )
        for row in rows
        if row["sentence"]
    ]
    is_apart = is_examined_apart(cohort)
    context = {
        "cohort": cohort,
        "rows": rows,
        "form": form,
        "errors": errors,
        "odd": odd or [],
        "saved": saved,
        "progress": progress(cohort),
        "is_apart": is_apart,
        "may_record": may(request, Permission.RESULT_RECORD, cohort)
        and cohort.state in OPEN_TO_RESULTS
        and not is_apart,
        "may_edit": may(request, Permission.COHORT_EDIT, cohort),
        "upload_form": ScoresUploadForm(initial=_initial(cohort), prefix="upload"),
    }
    return render(request, "courses/results/results.html", context, status=status)


@require_safe
def sheet(request: ActorRequest, public_id: str) -> HttpResponse:
    """The score sheet to fill in; it holds names, so whoever records may have it."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    return workbook(sheets.score_sheet(cohort), gettext("%(cohort)s成绩表") % {"cohort": cohort.name})


@posted_from("courses:results")
def upload(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes a filled sheet: good scores are saved, bad ones come back in the page's own fields."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    form = ScoresUploadForm(request.POST, request.FILES, prefix="upload")
    if form.is_valid():
        with refusals.shown_on(form), uploaded(form) as (data, file_name):
            read = sheets.read_scores(cohort, data=data, file_name=file_name)
            shown = AssessmentForm(initial=form.cleaned_data)
            shown.cleaned_data = form.cleaned_data
            return _record(request, cohort, shown, read.texts, odd_words(read.odd))
    context = {"cohort": cohort, "form": form, "action": "courses:results-upload", "back": "courses:results"}
    return render(request, "courses/upload.html", context, status=422)
