"""Pages of agencies and carriers of employment: the list, adding one, editing one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import agencies as actions
from registry.forms import Form
from registry.models import Agency
from registry.models.agencies import AgencyKind, AgencyService
from registry.models.bases import AccessProvision
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import refusals
from registry.views.fields import region_field
from registry.views.lists import page_of


@require_safe
def agency_list(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.BASE_EDIT)
    rows = Agency.objects.visible_to(request.actor).select_related("region")
    return render(request, "registry/agencies/list.html", {"page": page_of(request, rows)})


class AgencyForm(Form):
    name = forms.CharField(label=_("名称"), max_length=80)
    public_name = forms.CharField(
        label=_("公开的名称"),
        max_length=80,
        required=False,
        help_text=_("公开显示的名称，不要含“残疾人”“盲人”“聋”等字样。不填的，与名称相同。"),
    )
    kind = forms.ChoiceField(label=_("机构类别"), choices=AgencyKind.choices, widget=forms.RadioSelect)
    region = forms.CharField()
    services = forms.MultipleChoiceField(
        label=_("服务"), choices=AgencyService.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    provisions = forms.MultipleChoiceField(
        label=_("无障碍条件"),
        choices=AccessProvision.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("电话"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    is_open = forms.BooleanField(label=_("在公开的机构名录里显示"), required=False, initial=True)


@require_http_methods(["GET", "POST"])
def new_agency(request: ActorRequest) -> HttpResponse:
    require_somewhere(request.actor, Permission.BASE_EDIT)
    form = AgencyForm(request.POST if request.method == "POST" else None)
    reach = regions.in_reach(request.actor, Permission.BASE_EDIT, on=today())
    form.fields["region"] = region_field(reach, on=today())
    if form.is_valid():
        with refusals.shown_on(form):
            actions.register(by=request.actor, on=today(), **form.cleaned_data)
            messages.success(request, gettext("已登记服务机构。"))
            return redirect("registry:agencies")
    return render(
        request, "registry/agencies/edit.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def agency(request: ActorRequest, public_id: str) -> HttpResponse:
    seen = Agency.objects.visible_to(request.actor).select_related("region").prefetch_related("provisions")
    shown = one(seen, public_id=public_id)
    require(request.actor, Permission.BASE_EDIT, region_path=shown.region.path)
    initial: dict[str, Any] = {
        name: getattr(shown, name)
        for name in ("name", "public_name", "kind", "services", "address", "phone", "is_open")
    }
    initial["provisions"] = [one.provision for one in shown.provisions.all()]
    form = AgencyForm(request.POST if request.method == "POST" else None, initial=initial)
    del form.fields["region"]
    if form.is_valid():
        with refusals.shown_on(form):
            actions.edit(by=request.actor, on=today(), agency=shown, **form.cleaned_data)
            messages.success(request, gettext("已保存服务机构。"))
            return redirect("registry:agencies")
    context = {"form": form, "agency": shown}
    return render(request, "registry/agencies/edit.html", context, status=422 if form.is_bound else 200)
