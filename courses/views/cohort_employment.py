"""The page on which the employment of a whole cohort is recorded: a row per trainee, or an Excel sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import employment
from courses.models import Cohort
from courses.models.employment import Contract, EmploymentForm, FoundThrough
from courses.queries import employment_sheets
from courses.queries.employment import Placed, placements
from courses.queries.sheets import Odd
from courses.rules.employment import NewSpell
from courses.views.cohorts import cohort_of, may
from courses.views.names import labels
from courses.views.sheets import UploadForm, odd_words, uploaded, workbook
from registry import words
from registry.forms import Form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField, chosen
from registry.views.posts import posted_from


class SharedForm(Form):
    """What several trainees have in common, typed once; a row that says something else wins."""

    form = forms.ChoiceField(label=_("就业形式"), choices=chosen(EmploymentForm.choices), required=False)
    employer_name = forms.CharField(label=_("用人单位"), max_length=80, required=False)
    employer_uscc = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "width-20", "autocomplete": "off"}),
    )
    post = forms.CharField(label=_("岗位"), max_length=60, required=False)
    started_on = DayField(label=_("就业日期"), required=False)
    contract = forms.ChoiceField(label=_("合同"), choices=chosen(Contract.choices), required=False)
    found_through = forms.ChoiceField(
        label=_("就业途径"), choices=chosen(FoundThrough.choices), required=False
    )


class RowForm(Form):
    """One trainee: ticked means employed."""

    employed = forms.BooleanField(label=_("已就业"), required=False)
    form = forms.ChoiceField(
        label=_("就业形式"), choices=[("", _("同上")), *EmploymentForm.choices], required=False
    )
    employer_name = forms.CharField(label=_("用人单位"), max_length=80, required=False)
    post = forms.CharField(label=_("岗位"), max_length=60, required=False)
    started_on = DayField(label=_("就业日期"), required=False)

    def name_fields(self, name: str) -> None:
        """Say in each field whose it is: the table's headings alone are not heard in a form."""
        for field in self.fields.values():
            label = gettext("%(name)s：%(label)s") % {"name": name, "label": field.label}
            field.widget.attrs["aria-label"] = label


@dataclass(frozen=True)
class Row:
    """One line of the page: a job that is recorded already, or the fields for one."""

    name: str
    placed: Placed
    form: RowForm | None


@require_http_methods(["GET", "POST"])
def employment_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """Trainees with their jobs; a POST records those that are ticked: good rows are kept, bad ones come back."""
    cohort = cohort_of(request, public_id)
    if request.method != "POST":
        return _page(request, cohort, SharedForm(initial={"form": "", "found_through": ""}))
    require(
        request.actor, Permission.EMPLOYMENT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    shared = SharedForm(request.POST)
    rows = _rows(request, cohort, bound=True)
    if not shared.is_valid() or any(row.form and not row.form.is_valid() for row in rows):
        return _page(request, cohort, shared, rows, status=422)
    ticked = [row for row in rows if row.form and row.form.cleaned_data["employed"]]
    spells: dict[int, NewSpell] = {}
    for row in ticked:
        told = _told(shared.cleaned_data, row.form.cleaned_data if row.form else {})
        if told["started_on"] is None and row.form:
            row.form.add_error("started_on", words.say("spell_start_missing"))
        elif not told["form"] and row.form:
            row.form.add_error("form", words.say("field_missing"))
        else:
            spells[row.placed.enrolment.pk] = NewSpell(**told)
    with refusals.shown_on(shared):
        done = employment.record_cohort(by=request.actor, on=today(), cohort=cohort, spells=spells)
        for row in ticked:
            for field, code in done.problems.get(row.placed.enrolment.pk, {}).items():
                if row.form:
                    row.form.add_error(field if field in row.form.fields else None, words.say(code))
        if not ticked:
            shared.add_error(None, gettext("请先勾选已就业的学员。"))
        elif not any(row.form and row.form.errors for row in rows):
            return _saved(request, cohort, done.written)
        return _page(request, cohort, shared, rows, saved=done.written, status=422)
    return _page(request, cohort, shared, rows, status=422)


def _told(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    return {name: own.get(name) or value for name, value in shared.items()}


def _saved(request: ActorRequest, cohort: Cohort, written: int) -> HttpResponse:
    done = ngettext("已登记 %(n)s 人的就业", "已登记 %(n)s 人的就业", written)
    messages.success(request, done % {"n": written})
    return redirect("courses:cohort-employment", public_id=cohort.public_id)


def _rows(request: ActorRequest, cohort: Cohort, *, bound: bool = False) -> list[Row]:
    found = placements(cohort, on=today())
    named = labels(placed.enrolment for placed in found)
    rows = []
    for placed in found:
        form = None
        if placed.spell is None:
            form = RowForm(request.POST if bound else None, prefix=placed.enrolment.public_id)
            form.name_fields(named[placed.enrolment.pk])
        rows.append(Row(named[placed.enrolment.pk], placed, form))
    return rows


def _page(
    request: ActorRequest,
    cohort: Cohort,
    shared: SharedForm,
    rows: list[Row] | None = None,
    *,
    odd: list[str] | None = None,
    saved: int | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = _rows(request, cohort) if rows is None else rows
    errors = [
        (row.form[field].id_for_label if field in row.form.fields else "", f"{row.name}：{sentence}")
        for row in rows
        if row.form
        for field, sentences in row.form.errors.items()
        for sentence in sentences
    ]
    context = {
        "cohort": cohort,
        "rows": rows,
        "employed": sum(_is_employed(row.placed, today()) for row in rows),
        "form": shared,
        "errors": errors,
        "odd": odd or [],
        "saved": saved,
        "may_record": may(request, Permission.EMPLOYMENT_RECORD, cohort),
        "may_read_rates": request.actor.may_somewhere(Permission.FIGURES_READ),
        "upload_form": UploadForm(prefix="upload"),
        "today": today(),
    }
    return render(request, "courses/employment/cohort.html", context, status=status)


def _is_employed(placed: Placed, on: date) -> bool:
    return placed.spell is not None and (placed.spell.ended_on is None or placed.spell.ended_on > on)


@require_safe
def sheet(request: ActorRequest, public_id: str) -> HttpResponse:
    """The sheet to fill in; it holds names, so whoever records may have it."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.EMPLOYMENT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    title = gettext("%(cohort)s就业登记表") % {"cohort": cohort.name}
    return workbook(employment_sheets.write(cohort), title)


@posted_from("courses:cohort-employment")
def upload(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes a filled sheet: good rows are saved, bad ones are told by row."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.EMPLOYMENT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    form = UploadForm(request.POST, request.FILES, prefix="upload")
    if form.is_valid():
        with refusals.shown_on(form), uploaded(form) as (data, file_name):
            read = employment_sheets.read(cohort, data=data, file_name=file_name)
            done = employment.record_cohort(by=request.actor, on=today(), cohort=cohort, spells=read.spells)
            odd = read.odd + [
                Odd(code, *read.places[enrolment])
                for enrolment, problems in done.problems.items()
                for code in problems.values()
            ]
            if not odd:
                return _saved(request, cohort, done.written)
            ordered = sorted(odd, key=lambda one: (one.sheet, one.row))
            return _page(
                request, cohort, SharedForm(), odd=odd_words(ordered), saved=done.written, status=422
            )
    context = {
        "cohort": cohort,
        "form": form,
        "action": "courses:cohort-employment-upload",
        "back": "courses:cohort-employment",
    }
    return render(request, "courses/upload.html", context, status=422)
