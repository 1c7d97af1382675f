"""Pages of what other offices paid: the list, one payment typed in, many from a workbook, one undone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import other_funding as actions
from courses.models import OtherFunding, Skill
from courses.models.cohorts import FundingSource
from courses.models.courses import CourseLevel
from courses.models.schemes import CostItem
from courses.queries import funding_sheets
from courses.queries.funding_sheets import NewFunding
from courses.views.claims import person_of
from courses.views.money import MoneyField
from courses.views.sheets import UploadForm, odd_words, uploaded, workbook
from courses.workbooks.writing import write_template
from registry.forms import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, chosen
from registry.views.lists import page_of


@require_safe
def other_funding(request: ActorRequest) -> HttpResponse:
    """Payments of other offices to people in reach, the latest first."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    rows = OtherFunding.objects.visible_to(request.actor).select_related("person__region", "skill")
    context = {
        "page": page_of(request, rows),
        "may_record": request.actor.may_somewhere(Permission.SUBSIDY_CHECK),
    }
    return render(request, "courses/other_funding/list.html", context)


class FundingForm(Form):
    item = forms.ChoiceField(label=_("费用"), choices=chosen(CostItem.choices))
    payer = forms.CharField(label=_("发放单位"), max_length=80)
    funding_source = forms.ChoiceField(
        label=_("资金来源"), choices=chosen(FundingSource.choices), initial="employment_subsidy"
    )
    amount = MoneyField(label=_("金额（元）"))
    paid_on = DayField(label=_("发放日期"))
    skill: forms.Field = forms.ModelChoiceField(
        label=_("技能"), queryset=Skill.objects.all(), to_field_name="code", required=False
    )
    level = forms.TypedChoiceField(
        label=_("等级"),
        choices=CourseLevel.choices,
        coerce=int,
        initial=0,
        empty_value=0,  # type: ignore[arg-type]
        required=False,
    )
    document = forms.CharField(label=_("依据"), max_length=120, required=False)


@require_http_methods(["GET", "POST"])
def new_other_funding(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record one payment that another office made to this person."""
    shown = person_of(request, public_id, Permission.SUBSIDY_CHECK)
    require(request.actor, Permission.SUBSIDY_CHECK, region_path=shown.region.path)
    form = FundingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            funding = NewFunding(person=shown, **form.cleaned_data)
            actions.record(by=request.actor, on=today(), funding=funding)
            messages.success(request, gettext("已登记。"))
            return redirect("courses:person-subsidies", public_id=public_id)
    context = {"person": shown, "form": form}
    return render(request, "courses/other_funding/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def upload_other_funding(request: ActorRequest) -> HttpResponse:
    """Record many payments from a workbook: the good rows are kept, each other one says what is wrong."""
    require_somewhere(request.actor, Permission.SUBSIDY_CHECK)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    odd: list[str] = []
    if request.method == "POST" and form.is_valid():
        with refusals.shown_on(form), uploaded(form) as (data, name):
            read = funding_sheets.read(request.actor, data=data, file_name=name)
            recorded = actions.record_all(by=request.actor, on=today(), rows=read.rows)
            odd = odd_words(funding_sheets.odd(read, recorded.problems))
            count = len(recorded.kept)
            said = ngettext(
                "已登记 %(n)s 条，%(known)s 条以前登记过。",
                "已登记 %(n)s 条，%(known)s 条以前登记过。",
                count,
            )
            messages.success(request, said % {"n": count, "known": recorded.known})
            if not odd:
                return redirect("courses:other-funding")
    context = {"form": form, "odd": odd}
    status = 422 if form.errors or odd else 200
    return render(request, "courses/other_funding/upload.html", context, status=status)


@require_safe
def other_funding_template(request: ActorRequest) -> HttpResponse:
    """A blank workbook with the columns and their choices."""
    require_somewhere(request.actor, Permission.SUBSIDY_CHECK)
    lines = ["每行一笔。身份证号、姓名、费用、发放单位、资金来源、金额、发放日期必填；金额单位是元。"]
    data = write_template(funding_sheets.COLUMNS, instructions=lines, sheet_name="其他部门补贴")
    return workbook(data, "其他部门补贴登记表")


class UndoForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=120, help_text=_("写事由，不写个人信息。"))


@require_http_methods(["GET", "POST"])
def undo_other_funding(request: ActorRequest, public_id: str) -> HttpResponse:
    """It never was so: the row stays, and counts nowhere."""
    rows = OtherFunding.objects.visible_to(request.actor).select_related("person__region", "skill")
    shown = one(rows, public_id=public_id)
    require(request.actor, Permission.SUBSIDY_CHECK, region_path=shown.person.region.path)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.undo(by=request.actor, on=today(), funding=shown, **form.cleaned_data)
            messages.success(request, gettext("已撤销。"))
            return redirect("courses:other-funding")
    context: dict[str, Any] = {"row": shown, "form": form}
    return render(request, "courses/other_funding/undo.html", context, status=422 if form.is_bound else 200)
