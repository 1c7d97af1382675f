"""Pages of training bases: the list, one base, registering, accrediting, taking a plaque down."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import bases
from registry.forms import Form
from registry.models import TrainingBase
from registry.models.accreditations import AccreditationLevel
from registry.models.bases import BaseCategoryKind, BaseKind, InstitutionKind, Ownership
from registry.queries import bases as queries
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, chosen, region_field
from registry.views.lists import page_of


class BaseFilter(Form):
    region = forms.CharField(required=False)
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("全部")), *BaseCategoryKind.choices], required=False
    )
    accredited = forms.ChoiceField(
        label=_("挂牌"),
        choices=[
            ("", _("全部")),
            ("yes", _("有效挂牌")),
            ("ending", _("90 天内到期")),
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
    day = today()
    plaques = [(plaque, plaque.is_in_force(day)) for plaque in shown.accreditations.all()]
    context = {
        "base": shown,
        "place": regions.full_name(shown.region),
        "plaques": [
            {
                "plaque": plaque,
                "in_force": in_force,
                "may_revoke": plaque.revoked_on is None
                and request.actor.may(Permission.BASE_ACCREDIT, region_path=plaque.federation.region.path),
            }
            for plaque, in_force in plaques
        ],
        "is_accredited": any(in_force for _plaque, in_force in plaques),
        "may_accredit": request.actor.may(Permission.BASE_ACCREDIT, region_path=shown.region.path),
        "may_change_certificates": request.actor.may(
            Permission.CERTIFICATE_WITHDRAW, region_path=shown.region.path
        ),
    }
    return render(request, "registry/bases/base.html", context)


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


class AccreditationForm(Form):
    federation: forms.Field = forms.ModelChoiceField(
        label=_("挂牌单位"), queryset=None, to_field_name="public_id"
    )
    level = forms.ChoiceField(label=_("级别"), choices=chosen(AccreditationLevel.choices))
    plaque_number = forms.CharField(label=_("牌匾编号"), max_length=40)
    granted_on = DayField(label=_("挂牌日期"))
    valid_until = DayField(label=_("有效期至"), required=False)
    document = forms.CharField(
        label=_("文件"), max_length=120, required=False, help_text=_("批准挂牌的文号。")
    )


@require_http_methods(["GET", "POST"])
def accredit(request: ActorRequest, public_id: str) -> HttpResponse:
    shown = _accreditable(request, public_id)
    form = AccreditationForm(request.POST if request.method == "POST" else None)
    federations: Any = form.fields["federation"]
    federations.queryset = queries.accrediting_federations(request.actor, shown)
    if form.is_valid():
        with refusals.shown_on(form):
            bases.accredit(by=request.actor, on=today(), base=shown, **form.cleaned_data)
            return redirect("registry:base", public_id=public_id)
    context = {"form": form, "base": shown}
    return render(request, "registry/bases/accredit.html", context, status=422 if form.is_bound else 200)


class RevocationForm(Form):
    revoked_on = DayField(label=_("摘牌日期"))
    reason = forms.CharField(label=_("摘牌原因"), max_length=200, help_text=_("写事由，不写个人信息。"))


@require_http_methods(["GET", "POST"])
def revoke(request: ActorRequest, public_id: str, accreditation_id: int) -> HttpResponse:
    shown = _accreditable(request, public_id)
    plaque = one(
        shown.accreditations.select_related("federation__region", "base__region"), pk=accreditation_id
    )
    require(request.actor, Permission.BASE_ACCREDIT, region_path=plaque.federation.region.path)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.shown_on(form):
            bases.revoke_accreditation(
                by=request.actor, on=today(), accreditation=plaque, **form.cleaned_data
            )
            return redirect("registry:base", public_id=public_id)
    context = {"form": form, "base": shown, "plaque": plaque}
    return render(request, "registry/bases/revoke.html", context, status=422 if form.is_bound else 200)


def _accreditable(request: ActorRequest, public_id: str) -> TrainingBase:
    shown = one(TrainingBase.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    require(request.actor, Permission.BASE_ACCREDIT, region_path=shown.region.path)
    return shown
