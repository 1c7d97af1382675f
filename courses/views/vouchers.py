"""Pages of electronic training vouchers (电子培训券): the list, issue, one voucher, use them in a cohort."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import vouchers
from courses.models import Course, TrainingPackage, Voucher
from courses.models.vouchers import VoucherState
from courses.queries import vouchers as queries
from courses.queries.federations import federations_where
from courses.rules.vouchers import grouped
from courses.views.cohorts import cohort_of
from courses.views.filing_parts import MoneyField
from courses.views.packages import CoursesField
from registry import words
from registry.forms import Form
from registry.models import Federation
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField
from registry.views.lists import page_of

MOST_TEXT = 20_000


class VoucherFilter(Form):
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *VoucherState.choices], required=False
    )


@require_safe
def voucher_list(request: ActorRequest) -> HttpResponse:
    """Vouchers in reach, newest first, with their state on this day."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    filters = VoucherFilter(request.GET or None)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    page = page_of(request, queries.listing(request.actor, state=state, on=today()))
    context = {
        "filter_form": filters,
        "page": page,
        "rows": [(row, grouped(row.number), row.state_on(today())) for row in page],
        "may_issue": request.actor.may_somewhere(Permission.VOUCHER_ISSUE),
    }
    return render(request, "courses/vouchers/list.html", context)


class IssueForm(Form):
    package = forms.ModelChoiceField(
        label=_("培训包"),
        queryset=TrainingPackage.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("不限培训包，改选一个培训项目"),
    )
    course = forms.ModelChoiceField(
        label=_("培训项目"),
        queryset=Course.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("按上面的培训包"),
    )
    value = MoneyField(label=_("每张面值（元）"))
    expires_on = DayField(label=_("有效期至"), help_text=_("这一天仍可使用。"))
    people = forms.CharField(
        label=_("发给谁"),
        max_length=MOST_TEXT,
        help_text=_("每行一个身份证号，最多 500 人，须是本地区已登记的人。"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, federation: Federation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if federation is None:
            return
        package_field: Any = self.fields["package"]
        package_field.queryset = TrainingPackage.objects.filter(federation=federation, is_offered=True)
        course_field: Any = self.fields["course"]
        course_field.queryset = Course.objects.filter(
            base__region__path__startswith=federation.region.path
        ).select_related("base")
        course_field.label_from_instance = CoursesField.label_from_instance.__get__(course_field)


@require_http_methods(["GET", "POST"])
def issue_vouchers(request: ActorRequest) -> HttpResponse:
    """One voucher for each of a list of people; a line that names nobody is told, and nothing is issued."""
    require_somewhere(request.actor, Permission.VOUCHER_ISSUE)
    federation = federations_where(request.actor, Permission.VOUCHER_ISSUE).first()
    form = IssueForm(request.POST if request.method == "POST" else None, federation=federation)
    if federation is not None and form.is_valid():
        asked = dict(form.cleaned_data)
        with refusals.shown_on(form):
            people = queries.people_of(request.actor, str(asked.pop("people")).splitlines())
            made = vouchers.issue(by=request.actor, on=today(), federation=federation, people=people, **asked)
            sentence = ngettext("已发放 %(n)s 张培训券", "已发放 %(n)s 张培训券", len(made))
            messages.success(request, sentence % {"n": len(made)})
            return redirect("courses:vouchers")
    context = {"form": form, "federation": federation}
    return render(request, "courses/vouchers/issue.html", context, status=422 if form.is_bound else 200)


class CancelForm(Form):
    reason = forms.CharField(label=_("作废原因"), max_length=200, help_text=_("请勿写姓名和证件号码。"))


@require_http_methods(["GET", "POST"])
def voucher(request: ActorRequest, public_id: str) -> HttpResponse:
    """One voucher: whose, for what, in which state; an unused one is cancelled here."""
    seen = queries.listing(request.actor, on=today()).select_related("federation__region")
    shown: Voucher = one(seen, public_id=public_id)
    may_cancel = request.actor.may(Permission.VOUCHER_ISSUE, region_path=shown.federation.region.path)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        require(request.actor, Permission.VOUCHER_ISSUE, region_path=shown.federation.region.path)
        if form.is_valid():
            with refusals.shown_on(form):
                vouchers.cancel(
                    by=request.actor, on=today(), voucher=shown, reason=form.cleaned_data["reason"]
                )
                messages.success(request, gettext("这张券已作废。"))
                return redirect("courses:voucher", public_id=public_id)
    state = shown.state_on(today())
    context = {
        "voucher": shown,
        "number": grouped(shown.number),
        "state": state,
        "form": form if may_cancel and state in (VoucherState.OPEN, VoucherState.EXPIRED) else None,
    }
    return render(request, "courses/vouchers/voucher.html", context, status=422 if form.errors else 200)


class UseForm(Form):
    numbers = forms.CharField(
        label=_("券号"),
        max_length=MOST_TEXT,
        help_text=_("请学员报券号，每行一个，12 位数字，空格不影响。有一个不对，就一张也不用。"),
        widget=forms.Textarea(
            attrs={"rows": 6, "inputmode": "numeric", "autocomplete": "off", "class": "width-20"}
        ),
    )


@require_http_methods(["GET", "POST"])
def use_vouchers(request: ActorRequest, public_id: str) -> HttpResponse:
    """Vouchers used in this cohort, and a place to type the numbers that trainees say."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    form = UseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        numbers = [line for line in str(form.cleaned_data["numbers"]).splitlines() if line.strip()]
        with refusals.shown_on(form):
            used = vouchers.redeem(by=request.actor, on=today(), cohort=cohort, numbers=numbers)
            sentence = ngettext("已使用 %(n)s 张培训券", "已使用 %(n)s 张培训券", len(used))
            messages.success(request, sentence % {"n": len(used)})
            return redirect("courses:use-vouchers", public_id=public_id)
    rows = Voucher.objects.filter(enrolment__cohort=cohort).select_related("person")
    context = {
        "cohort": cohort,
        "form": form,
        "is_closed": cohort.state in vouchers.CLOSED,
        "closed_words": words.say("voucher_cohort_closed"),
        "rows": [(row, grouped(row.number)) for row in rows],
    }
    return render(request, "courses/vouchers/use.html", context, status=422 if form.errors else 200)
