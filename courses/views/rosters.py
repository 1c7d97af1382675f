"""Pages of a roster: upload a workbook, then correct the bad cells of its rows and load the good ones."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import roster_words
from courses.actions import rosters
from courses.errors import LateReasonMissing
from courses.models import Cohort, RosterImport
from courses.queries import roster_rows as rows
from courses.queries import rosters as queries
from courses.rules.cohorts import OPEN_TO_ENROLMENT, OPEN_TO_LATE_ENROLMENT
from courses.rules.roster_columns import ROSTER_COLUMNS, ROSTER_INSTRUCTIONS
from courses.rules.roster_sources import SOURCE, Source
from courses.views.cohorts import cohort_of
from courses.views.roster_tables import bad_table, headline, lines, notices, remarks, sheet_is_named
from courses.views.sheets import UploadForm, uploaded, workbook
from courses.workbooks import writing
from registry import words
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.lists import page_of

_CELL = re.compile(r"cell-(\d{1,18})-(\w+)")


class RosterForm(UploadForm):
    file = forms.FileField(
        label=_("名单文件"),
        help_text=_("xlsx、xls 或 CSV，不超过 5 MB。表头上方的标题、下方的合计和签字不用删。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        # What is wrong with a file, its being empty too, is said by the guard.
        allow_empty_file=True,
    )


@require_http_methods(["GET", "POST"])
def roster(request: ActorRequest, public_id: str) -> HttpResponse:
    """Upload a roster; earlier uploads with what became of them."""
    cohort = _cohort(request, public_id)
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if request.method == "POST":
        earlier = set(cohort.roster_imports.values_list("pk", flat=True))
        if form.is_valid():
            with refusals.shown_on(form), uploaded(form) as (data, name):
                made = rosters.upload(by=request.actor, on=today(), cohort=cohort, file_name=name, data=data)
                if made.pk in earlier:
                    messages.info(request, gettext("这份文件属于先前上传的名单，已合在一起，没有重复。"))
                return redirect("courses:roster-import", cohort.public_id, made.public_id)
    context = {
        "cohort": cohort,
        "form": form,
        "is_open": cohort.state in OPEN_TO_ENROLMENT | OPEN_TO_LATE_ENROLMENT,
        "closed_words": words.say("enrolment_closed"),
        "columns": [roster_words.label(column.key) for column in ROSTER_COLUMNS if column.is_read],
        "page": page_of(request, queries.imports(cohort)),
        "trainees": cohort.enrolments.count(),
    }
    return render(request, "courses/rosters/upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def roster_import(request: ActorRequest, public_id: str, roster_id: str) -> HttpResponse:
    """Every row of an upload; corrections are saved, and good rows loaded, from the same form."""
    cohort = _cohort(request, public_id)
    held = _roster(request, cohort, roster_id)
    if request.method != "POST":
        return _preview(request, cohort, held)
    corrections, leave_out = _typed(request)
    if corrections or leave_out:
        rosters.correct(
            by=request.actor, on=today(), roster=held, corrections=corrections, leave_out=leave_out
        )
    if request.POST.get("do") == "load":
        reason = request.POST.get("late_reason", "")[:200]
        try:
            counts = rosters.load(by=request.actor, on=today(), roster=held, late_reason=reason)
        except LateReasonMissing as refusal:
            error = ("late-reason", words.say(refusal.code, refusal.facts))
            return _preview(request, cohort, held, errors=[error], status=422)
        messages.success(request, gettext("已载入 %(n)s 名学员。") % {"n": counts["loaded_now"]})
    else:
        messages.success(
            request, gettext("已保存。%(headline)s。") % {"headline": headline(queries.counts(held))}
        )
    return redirect("courses:roster-import", cohort.public_id, held.public_id)


@require_safe
def template(request: ActorRequest) -> HttpResponse:
    """A blank form with the columns that are understood."""
    require_somewhere(request.actor, Permission.COHORT_EDIT)
    content = writing.write_template(ROSTER_COLUMNS, instructions=ROSTER_INSTRUCTIONS)
    return workbook(content, gettext("学员花名册模板"))


@require_safe
def bad_rows(request: ActorRequest, public_id: str, roster_id: str) -> HttpResponse:
    """The rows to correct as a workbook, with what is wrong; sent back, they find their import again."""
    cohort = _cohort(request, public_id)
    held = _roster(request, cohort, roster_id)
    title = gettext("需要改正的行")
    return workbook(bad_rows_file(held), f"{cohort.name} {title}")


def bad_rows_file(held: RosterImport) -> bytes:
    """The bad rows as an xlsx; columns that none of them fills are left out."""
    views = list(rows.opened(rows.bad_rows(held)))
    used = set(rows.columns_of(views)) | {key for view in views for key, raw in view.cells.items() if raw}
    columns = [column for column in ROSTER_COLUMNS if column.key in used]
    sent = []
    for view in views:
        texts: dict[str, object] = {key: view.text(key) for key in used}
        texts[SOURCE.key] = str(Source(held.public_id, view.number, view.sheet))
        said = [
            f"{roster_words.label(one['field'])} {roster_words.say_problem(one['code'], one['facts'])}"
            for one in view.problems
        ]
        sent.append((texts, "\n".join(text.strip() for text in said)))
    return writing.write_bad_rows([SOURCE, *columns], sent)


def _cohort(request: ActorRequest, public_id: str) -> Cohort:
    """The class of a page, for those who may edit it: an unfinished roster shows what its clerk must correct."""
    cohort = cohort_of(request, public_id)
    base_ids = [cohort.base_id]
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=base_ids)
    return cohort


def _roster(request: ActorRequest, cohort: Cohort, roster_id: str) -> RosterImport:
    return one(cohort.roster_imports.visible_to(request.actor), public_id=roster_id)


def _typed(request: ActorRequest) -> tuple[dict[int, dict[str, str]], set[int]]:
    """Corrections by row and field, and the rows to leave out; a row taken back comes without a correction."""
    corrections: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        if match := _CELL.fullmatch(name):
            corrections.setdefault(int(match[1]), {})[match[2]] = str(value)
    for pk in _numbers(request, "take-back"):
        corrections.setdefault(pk, {})
    return corrections, set(_numbers(request, "leave-out"))


def _numbers(request: ActorRequest, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if re.fullmatch(r"\d{1,18}", value)]


def _preview(
    request: ActorRequest,
    cohort: Cohort,
    held: RosterImport,
    *,
    errors: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    held.cohort = cohort
    counts = queries.counts(held)
    is_named = sheet_is_named(held)
    bad = list(rows.opened(rows.bad_rows(held)[: rows.BAD_AT_ONCE]))
    table = bad_table(bad, name_sheet=is_named)
    page = page_of(request, rows.good_rows(held))
    context: dict[str, Any] = {
        "cohort": cohort,
        "roster": held,
        "counts": counts,
        "headline": headline(counts),
        "notices": notices(held),
        "table": table,
        "bad_elsewhere": counts["bad"] - len(bad),
        "errors": [*(errors or []), *table.errors],
        "remarks": remarks(held, name_sheet=is_named),
        "page": page,
        "good": lines(rows.opened(page.object_list), name_sheet=is_named),
        "left_out": lines(rows.opened(rows.left_out_rows(held)[: rows.BAD_AT_ONCE]), name_sheet=is_named),
        "is_open": cohort.state in OPEN_TO_ENROLMENT | OPEN_TO_LATE_ENROLMENT,
        "is_late": cohort.state in OPEN_TO_LATE_ENROLMENT,
        "late_error": (errors or [("", "")])[0][1],
        "closed_words": words.say("enrolment_closed"),
    }
    return render(request, "courses/rosters/import.html", context, status=status)
