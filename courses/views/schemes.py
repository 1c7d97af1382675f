"""Pages of subsidy schemes: the list, one scheme, a first one, a new version by a new document, an end."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import subsidy_words as words
from courses.actions import schemes as actions
from courses.actions.schemes import NewScheme
from courses.models import SubsidyScheme
from courses.models.cohorts import FundingSource
from courses.models.schemes import AmountBasis, CertificateFamily, SubsidyKind
from courses.queries import schemes as queries
from courses.rules.subsidies import CASES, CONDITIONS, LIMITS
from courses.views.money import CountField, MoneyField
from registry.forms import Form
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, chosen, region_field
from registry.views.lists import page_of

SHARES = {"blended": _("线上线下相结合的班"), "online": _("线上的班"), "unemployed": _("学员没有就业")}


class SchemeFilter(Form):
    region = forms.CharField()
    kind = forms.ChoiceField(
        label=_("补贴类别"), choices=[("", _("全部")), *SubsidyKind.choices], required=False
    )
    over = forms.BooleanField(label=_("也列出停止执行的"), required=False)

    def __init__(self, actor: Any, *args: Any) -> None:
        super().__init__(*args)
        reach = regions.in_reach(actor, Permission.SUBSIDY_READ, on=today())
        self.fields["region"] = region_field(
            reach, on=today(), required=False, empty_label=_("全部"), help_text=""
        )


@require_safe
def schemes(request: ActorRequest) -> HttpResponse:
    """Every scheme: what is paid where, by which document."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    filters = SchemeFilter(request.actor, request.GET or None)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows = queries.listed(SubsidyScheme.objects.visible_to(request.actor), on=today(), **wanted)
    context = {
        "page": page_of(request, rows),
        "filter_form": filters,
        "may_decide": request.actor.may_somewhere(Permission.SUBSIDY_SCHEME_EDIT),
        "day": today(),
    }
    return render(request, "courses/schemes/list.html", context)


class EndForm(Form):
    valid_until = DayField(label=_("执行到"), help_text=_("这一天仍然执行。"))


@require_http_methods(["GET", "POST"])
def scheme(request: ActorRequest, public_id: str) -> HttpResponse:
    """One version with its conditions; whoever decides may end it here."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    shown = _scheme(request, public_id)
    path = shown.federation.region.path
    if request.method == "POST":
        require(request.actor, Permission.SUBSIDY_SCHEME_EDIT, region_path=path)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            actions.end(by=request.actor, on=today(), scheme=shown, **form.cleaned_data)
            messages.success(request, gettext("已登记停止执行的日期。"))
            return redirect("courses:scheme", public_id=public_id)
    asked = [words.condition(key, value) for key, value in shown.conditions.items() if value]
    shares = [(SHARES[case], percent) for case, percent in shown.shares.items()]
    sources = [FundingSource(source).label for source in shown.funding_sources]
    is_open = shown.valid_until is None or shown.valid_until >= today()
    may_decide = request.actor.may(Permission.SUBSIDY_SCHEME_EDIT, region_path=path)
    context = {
        "scheme": shown,
        "conditions": asked,
        "shares": shares,
        "sources": sources,
        "form": form,
        "is_in_force": shown.is_in_force(today()),
        "may_end": may_decide and is_open,
        "may_replace": may_decide and not hasattr(shown, "replaced_by"),
    }
    return render(request, "courses/schemes/scheme.html", context, status=422 if form.is_bound else 200)


def _scheme(request: ActorRequest, public_id: str) -> SubsidyScheme:
    rows = SubsidyScheme.objects.visible_to(request.actor)
    return one(rows.select_related("federation__region", "replaces", "replaced_by"), public_id=public_id)


class SchemeForm(Form):
    federation: forms.Field = forms.ModelChoiceField(
        label=_("制定单位"), queryset=None, to_field_name="public_id"
    )
    kind = forms.ChoiceField(label=_("补贴类别"), choices=chosen(SubsidyKind.choices))
    name = forms.CharField(label=_("办法名称"), max_length=80)
    document = forms.CharField(label=_("文件名称和文号"), max_length=120, help_text=_("照文件写全称和文号。"))
    clause = forms.CharField(label=_("条款"), max_length=200, required=False)
    valid_from = DayField(label=_("执行日期"))
    valid_until = DayField(label=_("执行到"), required=False)
    funding_sources = forms.MultipleChoiceField(
        label=_("可用资金"), choices=FundingSource.choices, widget=forms.CheckboxSelectMultiple
    )
    basis = forms.ChoiceField(label=_("计算方式"), choices=AmountBasis.choices, widget=forms.RadioSelect)
    rate = MoneyField(label=_("标准（元）"))
    cap = MoneyField(label=_("每人上限（元）"), required=False)
    completed = forms.BooleanField(label=_("已结业"), required=False)
    attendance_at_least = CountField(label=_("出勤率不低于（%）"), most=100, required=False)
    certificate_families = forms.MultipleChoiceField(
        label=_("要持有下列证书之一"),
        choices=CertificateFamily.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("培训合格证不能享受鉴定补贴。"),
    )
    first_certificate = forms.BooleanField(label=_("初次取得这类证书"), required=False)
    months_in_business = CountField(label=_("登记注册满几个月"), required=False)
    first_business = forms.BooleanField(label=_("首次创业"), required=False)
    once_in_life = forms.BooleanField(label=_("一人只能享受一次"), required=False)
    same_kind_a_year = CountField(label=_("同类补贴一人一年最多几次"), most=50, required=False)
    all_kinds_a_year = CountField(
        label=_("各类补贴一人一年最多几次"),
        most=50,
        required=False,
        help_text=_("不填的，按本地的培训规范。"),
    )
    share_blended = CountField(label=_("线上线下相结合的班按百分之几"), least=0, most=100, required=False)
    share_online = CountField(label=_("线上的班按百分之几"), least=0, most=100, required=False)
    share_unemployed = CountField(label=_("学员没有就业的按百分之几"), least=0, most=100, required=False)

    def scheme(self) -> NewScheme:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        own = ("kind", "name", "basis", "rate", "cap", "document", "clause", "valid_from", "valid_until")
        return NewScheme(
            funding_sources=typed["funding_sources"],
            conditions={key: typed[key] for key in (*CONDITIONS, *LIMITS) if typed[key]},
            shares={case: typed[f"share_{case}"] for case in CASES if typed[f"share_{case}"] is not None},
            **{name: typed[name] for name in own},
        )


@require_http_methods(["GET", "POST"])
def new_scheme(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.SUBSIDY_SCHEME_EDIT)
    federations = queries.deciding_federations(request.actor)
    form = SchemeForm(request.POST if request.method == "POST" else None, initial={"basis": "head"})
    field: Any = form.fields["federation"]
    field.queryset = federations
    if len(only := federations[:2]) == 1:
        form.initial["federation"] = only[0].public_id
    if form.is_valid():
        with refusals.shown_on(form):
            federation = form.cleaned_data["federation"]
            made = actions.decide(by=request.actor, on=today(), federation=federation, scheme=form.scheme())
            return redirect("courses:scheme", public_id=made.public_id)
    return render(request, "courses/schemes/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def replace_scheme(request: ActorRequest, public_id: str) -> HttpResponse:
    """A new document: everything is prefilled with what the old one says."""
    earlier = _scheme(request, public_id)
    require(request.actor, Permission.SUBSIDY_SCHEME_EDIT, region_path=earlier.federation.region.path)
    names = ("name", "basis", "rate", "cap", "funding_sources", "clause")
    initial = {name: getattr(earlier, name) for name in names} | earlier.conditions
    initial |= {f"share_{case}": percent for case, percent in earlier.shares.items()}
    sent = None
    if request.method == "POST":
        sent = request.POST.copy()
        sent["kind"] = earlier.kind
    form = SchemeForm(sent, initial=initial)
    del form.fields["federation"]
    form.fields["kind"].widget = forms.HiddenInput()
    form.initial["kind"] = earlier.kind
    if form.is_valid():
        with refusals.shown_on(form):
            made = actions.replace(by=request.actor, on=today(), earlier=earlier, scheme=form.scheme())
            messages.success(request, gettext("新办法已登记，原来的办法执行到前一天。"))
            return redirect("courses:scheme", public_id=made.public_id)
    context = {"form": form, "earlier": earlier}
    return render(request, "courses/schemes/form.html", context, status=422 if form.is_bound else 200)
