"""Pages that record what holds of a person from a day on: employment, needs, consents."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.actions import consents, standing
from registry.forms import Form
from registry.models import Person
from registry.models.people import ConsentChannel, ConsentPurpose
from registry.models.standing import Employment
from registry.queries import people as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField, chosen
from registry.views.posts import posted_from

YES_NO = [("yes", _("是")), ("no", _("否"))]


def _editable(request: ActorRequest, public_id: str) -> Person:
    shown = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    require(request.actor, Permission.PERSON_EDIT, **queries.reach(shown))
    return shown


def _answer(request: ActorRequest, template: str, form: Form, shown: Person) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": shown}
    return render(request, template, context, status=422 if form.is_bound else 200)


class EmploymentForm(Form):
    status = forms.ChoiceField(label=_("就业状况"), choices=Employment.choices, widget=forms.RadioSelect)
    since = DayField(label=_("从哪一天起"), help_text=_("例如 2024-06-03。"))


@require_http_methods(["GET", "POST"])
def employment(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = _editable(request, public_id)
    form = EmploymentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            standing.record_employment(by=request.actor, on=today(), person=shown, **form.cleaned_data)
            return redirect("registry:person", public_id=public_id)
    return _answer(request, "registry/people/employment.html", form, shown)


class NeedForm(Form):
    training_need = forms.ChoiceField(label=_("有培训需求"), choices=YES_NO, widget=forms.RadioSelect)
    employment_need = forms.ChoiceField(label=_("有就业需求"), choices=YES_NO, widget=forms.RadioSelect)
    employable = forms.ChoiceField(
        label=_("具备就业条件"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_("身体和意愿允许从事某种形式的劳动，包括居家和辅助性就业。"),
    )


@require_http_methods(["GET", "POST"])
def need(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = _editable(request, public_id)
    form = NeedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            answers = {name: answer == "yes" for name, answer in form.cleaned_data.items()}
            standing.record_need(by=request.actor, on=today(), person=shown, **answers)
            return redirect("registry:person", public_id=public_id)
    return _answer(request, "registry/people/need.html", form, shown)


class ConsentForm(Form):
    purpose = forms.ChoiceField(label=_("用途"), choices=chosen(ConsentPurpose.choices))
    channel = forms.ChoiceField(
        label=_("同意的方式"),
        choices=ConsentChannel.choices,
        widget=forms.RadioSelect,
        help_text=_("看不见或不便签字的人，可以录音，或由见证人在场确认。"),
    )
    text_version = forms.CharField(
        label=_("告知书版本"), max_length=20, help_text=_("告知书页脚上的版本号，如 2024-01。")
    )
    given_on = DayField(label=_("同意日期"))


@require_http_methods(["GET", "POST"])
def consent(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = _editable(request, public_id)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            consents.give(by=request.actor, on=today(), person=shown, **form.cleaned_data)
            return redirect("registry:person", public_id=public_id)
    return _answer(request, "registry/people/consent.html", form, shown)


@posted_from("registry:person")
def withdraw_consent(request: ActorRequest, public_id: str, consent_id: int) -> HttpResponse:
    shown = _editable(request, public_id)
    consents.withdraw(by=request.actor, on=today(), consent=one(shown.consents.all(), pk=consent_id))
    return redirect("registry:person", public_id=public_id)
