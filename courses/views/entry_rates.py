"""录入率: who is registered of those who should be, unit by unit, and the figures it is held against."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.actions import population_figures
from courses.queries import entry_rates as queries
from registry.errors import NotFound, NotPermitted
from registry.forms import Form
from registry.models import Region
from registry.models.regions import in_subtrees
from registry.queries import regions
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require_somewhere
from registry.views import refusals
from registry.views.fields import DayField, region_field


class FigureForm(Form):
    as_of = DayField(label=_("截止日期"))
    people = forms.IntegerField(
        label=_("应录入人数"),
        min_value=1,
        help_text=_("就业年龄段（男 16 至 59 岁，女 16 至 54 岁）的持证残疾人数。"),
        widget=forms.TextInput({"inputmode": "numeric", "class": "width-10", "autocomplete": "off"}),
    )
    document = forms.CharField(
        label=_("依据文件"), max_length=120, help_text=_("人数出自哪份文件或通报，写名称和文号。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        reach = regions.in_reach(actor, Permission.DATA_EXPORT, on=day)
        self.fields["region"] = region_field(reach, on=day)
        self.order_fields(["region", "as_of", "people", "document"])


@require_http_methods(["GET", "POST"])
def entry_rates(request: ActorRequest) -> HttpResponse:
    """The bulletin of one region and the units below it; whoever exports types the figures in."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    region = _region(request)
    may_record = request.actor.may_somewhere(Permission.DATA_EXPORT)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        require_somewhere(request.actor, Permission.DATA_EXPORT)
    form = FigureForm(posted, actor=request.actor) if may_record else None
    if form is not None and form.is_valid():
        with refusals.shown_on(form):
            population_figures.record(by=request.actor, on=today(), **form.cleaned_data)
            messages.success(request, gettext("已登记应录入人数"))
            return redirect(f"{reverse('courses:entry-rates')}?region={region.code}")
    [whole, *units] = queries.table(region, on=today())
    context = {"form": form, "region": region, "whole": whole, "units": units, "day": today()}
    status = 422 if form is not None and form.errors else 200
    return render(request, "courses/exchange/entry_rates.html", context, status=status)


def _region(request: ActorRequest) -> Region:
    """The region that `?region=` names, or the highest one of the actor's federations; a base has none."""
    paths = request.actor.scope(Permission.FIGURES_READ).region_paths
    if not paths:
        raise NotPermitted(permission=Permission.FIGURES_READ.value)
    reach = Region.objects.in_force(today()).filter(in_subtrees("path", paths))
    code = request.GET.get("region", "")
    region = (reach.filter(code=code) if code else reach.order_by("path")).first()
    if region is None:
        raise NotFound(what="region")
    return region
