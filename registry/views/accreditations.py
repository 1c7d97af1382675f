"""Pages of plaques: recording one of old, taking one down, suspending and reinstating."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.actions import bases, suspensions
from registry.forms import Form
from registry.models import Accreditation, Federation, Suspension, TrainingBase
from registry.models.accreditations import LEVEL_OF_REGION, AccreditationLevel
from registry.models.bases import BaseCategoryKind, BaseKind
from registry.queries import bases as queries
from registry.queries import standards
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.rules.plaques import end_of_term
from registry.views import refusals
from registry.views.fields import DayField, chosen


class AccreditationForm(Form):
    federation = forms.ModelChoiceField(
        label=_("挂牌单位"),
        queryset=Federation.objects.none(),
        to_field_name="public_id",
        empty_label=_("请选择"),
    )
    level = forms.ChoiceField(label=_("级别"), choices=chosen(AccreditationLevel.choices))
    kind = forms.ChoiceField(label=_("基地类型"), choices=BaseKind.choices, widget=forms.RadioSelect)
    categories = forms.MultipleChoiceField(
        label=_("培训类别"),
        choices=BaseCategoryKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    plaque_number = forms.CharField(label=_("牌匾编号"), max_length=40)
    granted_on = DayField(label=_("挂牌日期"))
    valid_until = DayField(label=_("有效期至"), required=False)
    document = forms.CharField(
        label=_("文件"), max_length=120, required=False, help_text=_("批准挂牌的文号。")
    )


@require_http_methods(["GET", "POST"])
def accredit(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = _accreditable(request, public_id)
    federations = list(queries.accrediting_federations(request.actor, shown))
    form = AccreditationForm(
        request.POST if request.method == "POST" else None, initial=_beginning(shown, federations)
    )
    offered: Any = form.fields["federation"]
    offered.queryset = queries.accrediting_federations(request.actor, shown)
    if form.is_valid():
        with refusals.shown_on(form):
            bases.accredit(by=request.actor, on=today(), base=shown, **form.cleaned_data)
            return redirect("registry:base", public_id=public_id)
    context = {"form": form, "base": shown}
    return render(request, "registry/bases/accredit.html", context, status=422 if form.is_bound else 200)


def _beginning(base: TrainingBase, federations: list[Federation]) -> dict[str, Any]:
    """What is likely: the nearest federation's next plaque, for what the base is, for the term of the place."""
    begun: dict[str, Any] = {
        "kind": base.kind,
        "categories": list(base.categories.values_list("category", flat=True)),
    }
    if federations:
        nearest = max(federations, key=lambda one: len(one.region.path))
        day = today()
        years = standards.value("accreditation_term_years", region_path=nearest.region.path, on=day)
        begun |= {
            "federation": nearest.public_id,
            "level": LEVEL_OF_REGION[nearest.region.level],
            "plaque_number": queries.suggested_number(nearest, on=day),
            "granted_on": day,
            "valid_until": end_of_term(day, years),
        }
    return begun


class RevocationForm(Form):
    revoked_on = DayField(label=_("摘牌日期"))
    reason = forms.CharField(label=_("摘牌原因"), max_length=200, help_text=_("写事由，不写个人信息。"))


@require_http_methods(["GET", "POST"])
def revoke(request: ActorRequest, public_id: str, accreditation_id: int) -> HttpResponse:
    shown, plaque = _plaque(request, public_id, accreditation_id)
    form = RevocationForm(request.POST if request.method == "POST" else None, initial={"revoked_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            bases.revoke_accreditation(
                by=request.actor, on=today(), accreditation=plaque, **form.cleaned_data
            )
            return redirect("registry:base", public_id=public_id)
    context = {"form": form, "base": shown, "plaque": plaque}
    return render(request, "registry/bases/revoke.html", context, status=422 if form.is_bound else 200)


class SuspensionForm(Form):
    starts_on = DayField(label=_("从哪天起暂停"))
    ends_on = DayField(
        label=_("暂停到哪天"), required=False, help_text=_("这一天仍然暂停。不填的，到恢复为止。")
    )
    reason = forms.CharField(label=_("暂停原因"), max_length=200, help_text=_("写事由，不写个人信息。"))


@require_http_methods(["GET", "POST"])
def suspend(request: ActorRequest, public_id: str, accreditation_id: int) -> HttpResponse:
    shown, plaque = _plaque(request, public_id, accreditation_id)
    form = SuspensionForm(request.POST if request.method == "POST" else None, initial={"starts_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            suspensions.suspend(by=request.actor, on=today(), accreditation=plaque, **form.cleaned_data)
            messages.success(request, gettext("已暂停；可以随时恢复。"))
            return redirect("registry:base", public_id=public_id)
    context = {"form": form, "base": shown, "plaque": plaque}
    return render(request, "registry/bases/suspend.html", context, status=422 if form.is_bound else 200)


class ReinstatementForm(Form):
    reason = forms.CharField(label=_("恢复原因"), max_length=200)


@require_http_methods(["GET", "POST"])
def reinstate(request: ActorRequest, public_id: str, suspension_id: int) -> HttpResponse:
    shown = _accreditable(request, public_id)
    rows = Suspension.objects.select_related(
        "accreditation__federation__region", "accreditation__base__region"
    )
    suspension = one(rows.filter(accreditation__base=shown), pk=suspension_id)
    plaque = suspension.accreditation
    require(request.actor, Permission.BASE_ACCREDIT, region_path=plaque.federation.region.path)
    form = ReinstatementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            suspensions.reinstate(by=request.actor, on=today(), suspension=suspension, **form.cleaned_data)
            messages.success(request, gettext("已恢复。"))
            return redirect("registry:base", public_id=public_id)
    context = {"form": form, "base": shown, "plaque": plaque, "suspension": suspension}
    return render(request, "registry/bases/reinstate.html", context, status=422 if form.is_bound else 200)


def _accreditable(request: ActorRequest, public_id: str) -> TrainingBase:
    shown = one(TrainingBase.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    require(request.actor, Permission.BASE_ACCREDIT, region_path=shown.region.path)
    return shown


def _plaque(
    request: ActorRequest, public_id: str, accreditation_id: int
) -> tuple[TrainingBase, Accreditation]:
    """The plaque of a base, for who may take it down."""
    shown = _accreditable(request, public_id)
    rows = shown.accreditations.select_related("federation__region", "base__region")
    plaque = one(rows, pk=accreditation_id)
    require(request.actor, Permission.BASE_ACCREDIT, region_path=plaque.federation.region.path)
    return shown, plaque
