"""Certificates of other authorities: the list, those of one person, recording, verifying and cancelling."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import external as actions
from certificates.models import Certificate, ExternalCertificate, Slip
from certificates.models.external import Family
from certificates.queries.skills import skills_held
from certificates.rules import external_numbers
from courses.models import Skill
from courses.models.courses import CourseLevel
from registry import words
from registry.forms import Form
from registry.models import Evidence, Person
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.evidence import EvidenceForm, evidence_field, paper
from registry.views.fields import DayField, chosen
from registry.views.lists import page_of
from registry.views.posts import posted_from


class ExternalFilter(Form):
    state = forms.ChoiceField(
        label=_("核验情况"),
        choices=[
            ("", _("全部")),
            ("waiting", _("待核验")),
            ("verified", _("已核验")),
            ("cancelled", _("已作废")),
        ],
        required=False,
    )


class SkillChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, skill: Any) -> str:
        return str(skill)


class RecordForm(Form):
    skill = SkillChoiceField(
        queryset=Skill.objects.all(), label=_("技能"), to_field_name="code", empty_label=_("请选择")
    )
    family = forms.ChoiceField(label=_("证书类别"), choices=chosen(Family.choices))
    level = forms.TypedChoiceField(label=_("等级"), choices=CourseLevel.choices, coerce=int, initial=0)
    number = forms.CharField(
        label=_("证书编号"),
        max_length=40,
        help_text=_("照证书上的写。编号格式不常见时会提醒，但不会拦下。"),
        widget=forms.TextInput({"autocomplete": "off", "class": "width-20"}),
    )
    issuer = forms.CharField(label=_("发证单位"), max_length=80)
    issued_on = DayField(label=_("发证日期"))
    valid_until = DayField(label=_("有效期至"), required=False, help_text=_("证书上没有写的，留空。"))
    file = evidence_field()


class VerifyForm(Form):
    how = forms.CharField(
        label=_("核验方式"),
        max_length=120,
        help_text=_("怎样查的，例如：在全国联网查询网站查到，姓名和编号一致。"),
    )


class CancelForm(Form):
    reason = forms.CharField(label=_("作废原因"), max_length=200)


@require_safe
def external_list(request: ActorRequest) -> HttpResponse:
    """Every recorded certificate in reach, newest first; those waiting for the second person on request."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    rows = ExternalCertificate.objects.visible_to(request.actor).select_related("person", "skill")
    filters = ExternalFilter(request.GET or None)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    if state == "waiting":
        rows = rows.filter(verified_on__isnull=True, cancelled_on__isnull=True)
    elif state == "verified":
        rows = rows.filter(verified_on__isnull=False, cancelled_on__isnull=True)
    elif state == "cancelled":
        rows = rows.filter(cancelled_on__isnull=False)
    context = {"page": page_of(request, rows.order_by("-recorded_on", "-pk")), "filter_form": filters}
    return render(request, "certificates/external_list.html", context)


@require_safe
def person(request: ActorRequest, public_id: str) -> HttpResponse:
    """The skills a person has with their proof, and every certificate, in force or not."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    shown = _person(request, public_id)
    ours = Certificate.objects.visible_to(request.actor).filter(person=shown)
    context = {
        "person": shown,
        "skills": skills_held(shown, today()),
        "certificates": ours.numbered(),
        "external": ExternalCertificate.objects.visible_to(request.actor)
        .filter(person=shown)
        .select_related("skill"),
        "slip": Slip.objects.visible_to(request.actor).in_force(today()).filter(person=shown).first(),
        "may_print_slip": request.actor.may(Permission.PERSON_EDIT, **reach(shown)),
        "may_record": request.actor.may(
            Permission.EXTERNAL_CERTIFICATE_RECORD, region_path=shown.region.path
        ),
    }
    return render(request, "certificates/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record one for a person; it counts once a second person has verified it."""
    shown = _person(request, public_id)
    require(request.actor, Permission.EXTERNAL_CERTIFICATE_RECORD, region_path=shown.region.path)
    form = RecordForm(request.POST, request.FILES) if request.method == "POST" else RecordForm()
    if request.method == "POST" and form.is_valid():
        with refusals.shown_on(form):
            asked = dict(form.cleaned_data)
            file = asked.pop("file")
            papers = [(file.name, paper(file)["data"])] if file else []
            made = actions.record(by=request.actor, on=today(), person=shown, papers=papers, **asked)
            messages.success(request, _now("已登记。由另一位工作人员核验后计入技能。"))
            return redirect("certificates:external-certificate", public_id=made.public_id)
    context = {"person": shown, "form": form}
    return render(request, "certificates/external_record.html", context, status=422 if form.errors else 200)


@require_safe
def external_certificate(request: ActorRequest, public_id: str) -> HttpResponse:
    return _page(request, _external(request, public_id), VerifyForm(), CancelForm())


@posted_from("certificates:external-certificate")
def add_evidence(request: ActorRequest, public_id: str) -> HttpResponse:
    held = _external(request, public_id)
    require(request.actor, Permission.EXTERNAL_CERTIFICATE_RECORD, region_path=held.person.region.path)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.add_evidence(
                by=request.actor, on=today(), external=held, **paper(form.cleaned_data["file"])
            )
            messages.success(request, _now("已保存佐证材料。"))
            return redirect("certificates:external-certificate", public_id=held.public_id)
    return _page(request, held, VerifyForm(), CancelForm(), form)


@posted_from("certificates:external-certificate")
def verify(request: ActorRequest, public_id: str) -> HttpResponse:
    held = _external(request, public_id)
    require(request.actor, Permission.EXTERNAL_CERTIFICATE_VERIFY, region_path=held.person.region.path)
    form = VerifyForm(request.POST)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.verify(by=request.actor, on=today(), external=held, **form.cleaned_data)
            messages.success(request, _now("已核验，计入持证人的技能。"))
            return redirect("certificates:external-certificate", public_id=held.public_id)
    return _page(request, held, form, CancelForm())


@posted_from("certificates:external-certificate")
def cancel(request: ActorRequest, public_id: str) -> HttpResponse:
    held = _external(request, public_id)
    require(request.actor, Permission.EXTERNAL_CERTIFICATE_VERIFY, region_path=held.person.region.path)
    form = CancelForm(request.POST)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.cancel(by=request.actor, on=today(), external=held, **form.cleaned_data)
            messages.success(request, _now("已作废，不再计入技能。"))
            return redirect("certificates:external-certificate", public_id=held.public_id)
    return _page(request, held, VerifyForm(), form)


def _person(request: ActorRequest, public_id: str) -> Person:
    return one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)


def _external(request: ActorRequest, public_id: str) -> ExternalCertificate:
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = ExternalCertificate.objects.visible_to(request.actor)
    return one(seen.select_related("person__region", "skill"), public_id=public_id)


def _page(
    request: ActorRequest,
    held: ExternalCertificate,
    verify_form: VerifyForm,
    cancel_form: CancelForm,
    evidence_form: EvidenceForm | None = None,
) -> HttpResponse:
    evidence_form = evidence_form or EvidenceForm()
    may = request.actor.may(Permission.EXTERNAL_CERTIFICATE_VERIFY, region_path=held.person.region.path)
    wrong = next((form for form in (verify_form, cancel_form, evidence_form) if form.errors), None)
    doubts = external_numbers.doubts(held.family, held.number, level=held.level)
    context = {
        "held": held,
        "doubts": [words.say(code) for code in doubts],
        "in_force": held.cancelled_on is None
        and held.verified_on is not None
        and (held.valid_until is None or held.valid_until >= today()),
        "may_verify": may and not held.verified_on and not held.cancelled_on,
        "own_record": held.recorder_id is not None and held.recorder_id == request.actor.account_id,
        "may_cancel": may and not held.cancelled_on,
        "verify_form": verify_form,
        "cancel_form": cancel_form,
        "evidence": Evidence.objects.visible_to(request.actor).about(held),
        "evidence_form": evidence_form,
        "may_add": request.actor.may(
            Permission.EXTERNAL_CERTIFICATE_RECORD, region_path=held.person.region.path
        )
        and not held.cancelled_on,
        "form": wrong,
    }
    return render(request, "certificates/external.html", context, status=422 if wrong else 200)
