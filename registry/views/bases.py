"""Pages of training bases: the list, one base and its history, registering and editing."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import bases
from registry.forms import Form
from registry.models import Accreditation, TrainingBase
from registry.models.bases import AccessProvision, BaseCategoryKind, BaseKind, InstitutionKind, Ownership
from registry.queries import bases as queries
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import chosen, region_field
from registry.views.lists import page_of
from registry.words import verb


class BaseFilter(Form):
    region = forms.CharField(required=False)
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("全部")), *BaseCategoryKind.choices], required=False
    )
    provision = forms.ChoiceField(
        label=_("无障碍条件"), choices=[("", _("全部")), *AccessProvision.choices], required=False
    )
    accredited = forms.ChoiceField(
        label=_("挂牌"),
        choices=[
            ("", _("全部")),
            ("yes", _("有效挂牌")),
            ("ending", _("即将到期")),
            ("no", _("没有有效挂牌")),
        ],
        required=False,
    )

    def __init__(self, actor: Any, *args: Any) -> None:
        super().__init__(*args)
        day = today()
        reach = regions.in_reach(actor, Permission.BASE_READ, on=day)
        self.fields["region"] = region_field(
            reach, on=day, required=False, empty_label=_("全部"), help_text=""
        )


@require_safe
def base_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.BASE_READ)
    seen = TrainingBase.objects.visible_to(request.actor)
    filters = BaseFilter(request.actor, request.GET or None)
    wanted = dict(filters.cleaned_data) if filters.is_valid() else {}
    accredited = wanted.pop("accredited", "")
    rows: Any = seen
    if accredited == "ending":
        rows = queries.ending_soon(seen, on=today())
    rows = queries.listed(rows, on=today(), accredited={"yes": True, "no": False}.get(accredited), **wanted)
    context = {
        "page": page_of(request, rows),
        "filter_form": filters,
        "may_register": request.actor.may_somewhere(Permission.BASE_EDIT),
    }
    return render(request, "registry/bases/list.html", context)


@require_safe
def base(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = one(queries.with_history(TrainingBase.objects.visible_to(request.actor)), public_id=public_id)
    day, actor, path = today(), request.actor, shown.region.path
    plaques = [_plaque(actor, plaque, day) for plaque in shown.accreditations.all()]
    may_apply = actor.may(Permission.BASE_APPLY, region_path=path, base_ids=[shown.pk])
    context = {
        "base": shown,
        "place": regions.full_name(shown.region),
        "plaques": plaques,
        "is_accredited": any(row["in_force"] for row in plaques),
        "is_suspended": any(row["suspension"] for row in plaques),
        "applications": shown.applications.select_related("federation").order_by("-pk")[:LATEST],
        "evaluations": shown.evaluations.select_related("federation")[:LATEST],
        "may_apply": may_apply,
        "may_accredit": actor.may(Permission.BASE_ACCREDIT, region_path=path),
        "may_read_subsidies": actor.may(Permission.SUBSIDY_READ, region_path=path, base_ids=[shown.pk]),
        "may_change_certificates": actor.may(Permission.CERTIFICATE_WITHDRAW, region_path=path),
    }
    return render(request, "registry/bases/base.html", context)


LATEST = 10


def _plaque(actor: Actor, plaque: Accreditation, day: date) -> dict[str, Any]:
    """A plaque as its base's page shows it, with what this actor may do about it."""
    mine = actor.may(Permission.BASE_ACCREDIT, region_path=plaque.federation.region.path)
    open_ones = [
        one for one in plaque.suspensions.all() if one.lifted_on is None and (one.ends_on or day) >= day
    ]
    return {
        "plaque": plaque,
        "in_force": plaque.is_in_force(day),
        "suspension": plaque.suspension_on(day) if plaque.is_held(day) else None,
        "to_reinstate": open_ones if mine else [],
        "may_suspend": mine and plaque.is_held(day) and not open_ones,
        "may_revoke": mine and plaque.revoked_on is None,
        "may_renew": plaque.revoked_on is None and plaque.valid_until is not None,
    }


@require_safe
def history(request: ActorRequest, public_id: str) -> HttpResponse:
    """Who did what, when and why, in the whole life of a base."""
    shown = one(TrainingBase.objects.visible_to(request.actor), public_id=public_id)
    page = page_of(request, queries.history(shown))
    context = {
        "base": shown,
        "page": page,
        "events": [{"event": event, "verb": verb(event.verb)} for event in page],
    }
    return render(request, "registry/bases/history.html", context)


class BaseForm(Form):
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("登记证书上的全称。"))
    public_name = forms.CharField(
        label=_("证书上的名称"),
        max_length=80,
        help_text=_("印在学员的证书上，不能透露持证人有残疾：不要含“残疾人”“盲人”“聋”等字样。"),
    )
    region = forms.CharField()
    kind = forms.ChoiceField(label=_("基地类型"), choices=BaseKind.choices, widget=forms.RadioSelect)
    institution_kind = forms.ChoiceField(label=_("机构类型"), choices=chosen(InstitutionKind.choices))
    ownership = forms.ChoiceField(label=_("所有制"), choices=Ownership.choices, widget=forms.RadioSelect)
    uscc = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("18 位。没有的老学校可以只填办学许可证号；两项至少填一项。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "width-20"}),
    )
    school_permit_number = forms.CharField(label=_("办学许可证号"), max_length=40, required=False)
    categories = forms.MultipleChoiceField(
        label=_("培训类别"),
        choices=BaseCategoryKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    provisions = forms.MultipleChoiceField(
        label=_("无障碍条件"),
        choices=AccessProvision.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("公开的机构名录按这些条件查找。"),
    )
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("电话"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, actor: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        self.fields["region"] = region_field(regions.in_reach(actor, Permission.BASE_EDIT, on=day), on=day)


@require_http_methods(["GET", "POST"])
def new_base(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.BASE_EDIT)
    form = BaseForm(
        request.actor, request.POST if request.method == "POST" else None, initial={"kind": BaseKind.TRAINING}
    )
    if form.is_valid():
        with refusals.shown_on(form):
            registered = bases.register(by=request.actor, on=today(), **form.cleaned_data)
            return redirect("registry:base", public_id=registered.public_id)
    return render(request, "registry/bases/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, public_id: str) -> HttpResponse:
    """What a base tells of itself; an officer also changes what it is."""
    seen = TrainingBase.objects.visible_to(request.actor).select_related("region")
    shown = one(seen.prefetch_related("categories", "provisions"), public_id=public_id)
    path = shown.region.path
    require(request.actor, Permission.BASE_APPLY, region_path=path, base_ids=[shown.pk])
    initial = {name: getattr(shown, name) for name in bases.FACTS} | {
        "categories": [one.category for one in shown.categories.all()],
        "provisions": [one.provision for one in shown.provisions.all()],
    }
    data = request.POST if request.method == "POST" else None
    form = BaseForm(request.actor, data, initial=initial)
    own = {"provisions", "address", "phone"}
    is_officer = request.actor.may(Permission.BASE_EDIT, region_path=path)
    form.fields = {
        name: field for name, field in form.fields.items() if name != "region" and (is_officer or name in own)
    }
    if form.is_valid():
        with refusals.shown_on(form):
            bases.edit(by=request.actor, on=today(), base=shown, **form.cleaned_data)
            messages.success(request, gettext("已保存基地信息。"))
            return redirect("registry:base", public_id=public_id)
    context = {"form": form, "base": shown}
    return render(request, "registry/bases/edit.html", context, status=422 if form.is_bound else 200)
