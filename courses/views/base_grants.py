"""Pages of the grants to a training base: all of them with a new one, the payment of one, one taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import base_grants as actions
from courses.models import BaseGrant
from courses.models.base_grants import GrantPurpose
from courses.models.cohorts import FundingSource
from courses.views.money import CountField, MoneyField
from courses.views.other_funding import UndoForm
from registry.forms import Form
from registry.models import Federation, TrainingBase
from registry.models.regions import in_subtrees
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views import refusals
from registry.views.fields import DayField, chosen


class GrantForm(Form):
    federation: forms.Field = forms.ModelChoiceField(
        label=_("拨款单位"), queryset=None, to_field_name="public_id"
    )
    year = CountField(label=_("年度"), least=2000, most=2199)
    purpose = forms.ChoiceField(label=_("用途"), choices=chosen(GrantPurpose.choices))
    amount = MoneyField(label=_("金额（元）"))
    funding_source = forms.ChoiceField(label=_("资金来源"), choices=chosen(FundingSource.choices))
    document = forms.CharField(label=_("文件名称和文号"), max_length=120)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


@require_http_methods(["GET", "POST"])
def base_grants(request: ActorRequest, public_id: str) -> HttpResponse:
    """What a base was granted, by year and purpose; an officer records a new grant here."""
    base = one(TrainingBase.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    path = base.region.path
    require(request.actor, Permission.SUBSIDY_READ, region_path=path, base_ids=[base.pk])
    may_record = request.actor.may(Permission.SUBSIDY_CHECK, region_path=path)
    if request.method == "POST":
        require(request.actor, Permission.SUBSIDY_CHECK, region_path=path)
    form = GrantForm(request.POST if request.method == "POST" else None, initial={"year": today().year})
    field: Any = form.fields["federation"]
    paths = request.actor.scope(Permission.SUBSIDY_CHECK).region_paths
    field.queryset = Federation.objects.filter(
        in_subtrees("region__path", paths), region__code__in=base.region.ancestor_codes
    ).select_related("region")
    if len(only := field.queryset[:2]) == 1:
        form.initial["federation"] = only[0].public_id
    if form.is_valid():
        with refusals.shown_on(form):
            actions.record(by=request.actor, on=today(), base=base, **form.cleaned_data)
            messages.success(request, gettext("已登记扶持资金。"))
            return redirect("courses:base-grants", public_id=public_id)
    rows = BaseGrant.objects.visible_to(request.actor).filter(base=base).select_related("federation__region")
    paid = rows.standing().filter(paid_on__isnull=False)
    context = {
        "base": base,
        "rows": rows,
        "total": paid.aggregate(total=Sum("amount"))["total"] or 0,
        "form": form,
        "may_record": may_record,
        "may_pay": request.actor.may(Permission.SUBSIDY_PAY, region_path=path),
    }
    return render(request, "courses/base_grants/list.html", context, status=422 if form.is_bound else 200)


class PayForm(Form):
    paid_on = DayField(label=_("发放日期"))
    payment_number = forms.CharField(label=_("支付凭证号"), max_length=40)


@require_http_methods(["GET", "POST"])
def pay_base_grant(request: ActorRequest, public_id: str) -> HttpResponse:
    """Record the payment of a grant; whoever recorded the grant does not."""
    shown = _grant(request, public_id)
    require(request.actor, Permission.SUBSIDY_PAY, region_path=shown.federation.region.path)
    form = PayForm(request.POST if request.method == "POST" else None, initial={"paid_on": today()})
    if form.is_valid():
        with refusals.shown_on(form):
            actions.pay(by=request.actor, on=today(), grant=shown, **form.cleaned_data)
            messages.success(request, gettext("已登记发放。"))
            return redirect("courses:base-grants", public_id=shown.base.public_id)
    context = {"grant": shown, "form": form, "is_payment": True}
    return render(request, "courses/base_grants/act.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def undo_base_grant(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take back a grant that was not paid."""
    shown = _grant(request, public_id)
    require(request.actor, Permission.SUBSIDY_CHECK, region_path=shown.federation.region.path)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.undo(by=request.actor, on=today(), grant=shown, **form.cleaned_data)
            messages.success(request, gettext("已撤销。"))
            return redirect("courses:base-grants", public_id=shown.base.public_id)
    context = {"grant": shown, "form": form, "is_payment": False}
    return render(request, "courses/base_grants/act.html", context, status=422 if form.is_bound else 200)


def _grant(request: ActorRequest, public_id: str) -> BaseGrant:
    rows = BaseGrant.objects.visible_to(request.actor).select_related("base__region", "federation__region")
    return one(rows, public_id=public_id)
