"""Pages of services to people: one recorded, a referral answered, who was not served this year, a graduation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import service_records
from courses.models import Cohort, ServiceRecord
from courses.models.service_records import (
    ONE_THREE_ONE,
    FourOnes,
    GraduateLevel,
    ReferralResult,
    ServiceKind,
)
from courses.queries import services_due as queries
from courses.rules.cohorts import OPEN_TO_ENROLMENT
from courses.views.employment import person_of
from courses.views.service_files import OWN_PAGES
from courses.views.service_plans import WHOSE
from registry.forms import Form
from registry.models import Person
from registry.models.hardship import Hardship
from registry.queries import regions
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import LONGEST_LIST, DayField, chosen, region_field
from registry.views.lists import page_of
from registry.views.posts import posted_from


class ServiceForm(Form):
    kind = forms.ChoiceField(label=_("服务"), choices=chosen(ServiceKind.choices))
    day = DayField(label=_("日期"))
    summary = forms.CharField(
        label=_("内容或结论"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("加密保存。"),
    )
    cohort = forms.ChoiceField(
        label=_("推荐的培训班"), required=False, help_text=_("推荐培训项目时才选；不在名单里的写在上一栏。")
    )
    result = forms.ChoiceField(label=_("推荐结果"), choices=chosen(ReferralResult.choices), required=False)

    def __init__(self, *args: Any, cohorts: list[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cohort"]
        field.choices = chosen((row.public_id, f"{row.name} · {row.base.name}") for row in cohorts)


def _editable(request: ActorRequest, public_id: str) -> Person:
    person = person_of(request, public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(person))
    return person


@require_http_methods(["GET", "POST"])
def new_record(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record a service; `?kind=` chooses it, `?cohort=` what is referred to."""
    person = _editable(request, public_id)
    seen = Cohort.objects.visible_to(request.actor).filter(state__in=OPEN_TO_ENROLMENT)
    cohorts = list(seen.select_related("base", "course")[:LONGEST_LIST])
    initial = {name: request.GET.get(name, "") for name in ("kind", "cohort")} | {"day": today()}
    form = ServiceForm(request.POST if request.method == "POST" else None, cohorts=cohorts, initial=initial)
    if form.is_valid():
        with refusals.shown_on(form):
            told = dict(form.cleaned_data)
            wanted = told.pop("cohort")
            cohort = next((row for row in cohorts if row.public_id == wanted), None)
            service_records.record(by=request.actor, on=today(), person=person, cohort=cohort, **told)
            messages.success(request, gettext("服务已登记。"))
            return redirect("courses:service-file", public_id=public_id)
    context = {"form": form, "person": person}
    return render(request, "courses/service_records/new.html", context, status=422 if form.is_bound else 200)


class ReferralForm(Form):
    result = forms.ChoiceField(label=_("推荐结果"), choices=ReferralResult.choices, widget=forms.RadioSelect)


@require_http_methods(["GET", "POST"])
def record_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """One record: what came of a referral, or the whole taken back."""
    rows = ServiceRecord.objects.visible_to(request.actor).select_related(
        "person__region", "course", "cohort"
    )
    record = one(rows, public_id=public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(record.person))
    form = ReferralForm(request.POST if request.method == "POST" else None, initial={"result": record.result})
    if form.is_valid():
        with refusals.shown_on(form):
            service_records.answer_referral(by=request.actor, on=today(), record=record, **form.cleaned_data)
            messages.success(request, gettext("推荐结果已登记。"))
            return redirect("courses:service-file", public_id=record.person.public_id)
    context = {"form": form, "record": record, "person": record.person}
    return render(
        request, "courses/service_records/record.html", context, status=422 if form.is_bound else 200
    )


@posted_from("courses:service-record")
def remove_record(request: ActorRequest, public_id: str) -> HttpResponse:
    """Takes a mistaken record back."""
    rows = ServiceRecord.objects.visible_to(request.actor).select_related("person__region")
    record = one(rows, public_id=public_id)
    service_records.remove(by=request.actor, on=today(), record=record)
    messages.success(request, gettext("这条服务记录已删除。"))
    return redirect("courses:service-file", public_id=record.person.public_id)


KINDS = [
    (_("四个一"), FourOnes.choices),
    (
        _("131 服务（监测对象）"),
        [(queries.ALL_131, _("131 服务没有做完的")), *((kind.value, kind.label) for kind in ONE_THREE_ONE)],
    ),
]


NAMES = {
    **dict(FourOnes.choices),
    **dict(ServiceKind.choices),
    queries.ALL_131: _("131 服务"),
}


class WithoutFilter(Form):
    kind = forms.ChoiceField(label=_("服务"), choices=KINDS, required=False)
    whose = forms.ChoiceField(label=_("辅导员"), choices=WHOSE, required=False)
    hardship = forms.ChoiceField(
        label=_("困难类别"), choices=[("", _("全部")), *Hardship.choices], required=False
    )

    def __init__(self, request: ActorRequest) -> None:
        super().__init__(request.GET or None)
        reach = regions.in_reach(request.actor, Permission.PERSON_EDIT, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, empty_label=_("全部"))


class RoundForm(Form):
    day = DayField(label=_("服务日期"))
    summary = forms.CharField(
        label=_("内容或结论"),
        max_length=service_records.LONGEST_SUMMARY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("对勾选的每个人都一样，例如“电话核对，无变化”。加密保存。"),
    )


@require_http_methods(["GET", "POST"])
def without_service(request: ActorRequest) -> HttpResponse:
    """To whom a service is still owed this year; a POST records it for those that are ticked."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    filters = WithoutFilter(request)
    wanted = dict(filters.cleaned_data) if filters.is_valid() else {}
    kind = wanted.pop("kind", "") or FourOnes.VERIFICATION.value
    page = page_of(request, queries.due(request.actor, kind=kind, on=today(), **wanted))
    # An assessment, a need and a training say something of their own of each person, on a page of their own.
    may_tick = kind in set(ServiceKind.values) - {ServiceKind.REFERRAL}
    form = RoundForm(request.POST if request.method == "POST" else None, initial={"day": today()})
    errors: list[tuple[str, Any]] = []
    if form.is_valid():
        ticked = set(request.POST.getlist("person"))
        people = [person for person in page if "everybody" in request.POST or person.public_id in ticked]
        if not people:
            errors = [("everybody", _("请先勾选学员。"))]
        else:
            with refusals.shown_on(form):
                count = service_records.record_many(
                    by=request.actor, on=today(), people=people, kind=kind, **form.cleaned_data
                )
                done = ngettext("已为 %(n)s 人登记服务", "已为 %(n)s 人登记服务", count)
                messages.success(request, done % {"n": count})
                return redirect(request.get_full_path())
    context = {
        "filter_form": filters,
        "form": form,
        "errors": errors,
        "page": page,
        "kind": kind,
        "what": NAMES[kind],
        "asked": [(one.value, one.label, count) for one, count in ONE_THREE_ONE.items()],
        "is_131": kind not in FourOnes.values,
        "may_tick": may_tick,
        "own_page": OWN_PAGES.get(kind, "courses:new-service-record"),
        "own_kind": kind if kind in ServiceKind.values else "",
        "year": today().year,
        "may_export": request.actor.may_somewhere(Permission.DATA_EXPORT),
    }
    is_wrong = form.is_bound or filters.errors
    return render(request, "courses/service_records/without.html", context, status=422 if is_wrong else 200)


class GraduationForm(Form):
    graduated_on = DayField(label=_("毕业日期"))
    level = forms.ChoiceField(label=_("学历"), choices=chosen(GraduateLevel.choices))
    school = forms.CharField(label=_("学校"), max_length=80, required=False)


@require_http_methods(["GET", "POST"])
def graduation(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record that a person graduated."""
    person = _editable(request, public_id)
    form = GraduationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            service_records.record_graduation(
                by=request.actor, on=today(), person=person, **form.cleaned_data
            )
            messages.success(request, gettext("毕业情况已登记。"))
            return redirect("courses:service-file", public_id=public_id)
    context = {"form": form, "person": person}
    return render(
        request, "courses/service_records/graduation.html", context, status=422 if form.is_bound else 200
    )
