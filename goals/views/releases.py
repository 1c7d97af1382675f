"""Statistics that leave the federation: publishing a quarter for everybody, handing a table to somebody."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from courses.views.sheets import XLSX
from goals import indicator_words
from goals.actions import releases as actions
from goals.models import Release
from goals.queries import open_data
from goals.queries import releases as queries
from goals.queries.periods import periods
from goals.queries.release_files import FORMATS
from goals.rules.releases import GOAL, RELEASED, WHOLE, may_be_released
from registry.models import Region
from registry.models.regions import RegionLevel
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Actor, Permission, require, require_somewhere
from registry.views import refusals
from registry.views.exports import ExportForm
from registry.views.fields import chosen, region_field

MEDIA_TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": "application/json"}


class HandOutForm(ExportForm):
    """Which indicator of which region and period leaves, why and for whom."""

    indicator = forms.ChoiceField(label=_("指标"))
    period = forms.ChoiceField(
        label=_("时段"), help_text=_("两门以上技能掌握率按规划期提供，其他指标按年度提供。")
    )
    form = forms.ChoiceField(
        label=_("文件格式"),
        choices=[
            ("xlsx", _("Excel 表格")),
            ("csv", _("CSV（供其他系统读取）")),
            ("json", _("JSON（供其他系统读取）")),
        ],
        initial=FORMATS[0],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        reach = regions.in_reach(actor, Permission.DATA_EXPORT, on=day).exclude(level=RegionLevel.NATION)
        self.fields["region"] = region_field(reach, on=day)
        indicator: Any = self.fields["indicator"]
        indicator.choices = chosen([(key, indicator_words.NAMES[key]) for key in RELEASED])
        self.known = {period.key: period for period in periods() if period.first_year <= day.year}
        period: Any = self.fields["period"]
        period.choices = chosen([(key, str(period)) for key, period in self.known.items()])
        self.order_fields(["region", "indicator", "period", "form", "purpose", "recipient"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        period = self.known.get(cleaned.get("period", ""))
        indicator = cleaned.get("indicator")
        if period and indicator and not may_be_released(indicator, is_year=period.is_year):
            self.add_error("period", _("这个指标不按这个时段提供，请换一个时段。"))
        return cleaned | {"period": period}


@require_http_methods(["GET", "POST"])
def statistics(request: ActorRequest) -> HttpResponse:
    """What is open to everybody, and the form for a table that is handed out."""
    actor = request.actor
    require_somewhere(actor, Permission.FIGURES_READ)
    may_export = actor.may_somewhere(Permission.DATA_EXPORT)
    if request.method == "POST":
        require_somewhere(actor, Permission.DATA_EXPORT)
    form = (
        HandOutForm(request.POST if request.method == "POST" else None, actor=actor) if may_export else None
    )
    if form is not None and form.is_valid():
        with refusals.shown_on(form):
            export, data = actions.hand_out(by=actor, on=today(), **form.cleaned_data)
            response = HttpResponse(data, content_type=MEDIA_TYPES[form.cleaned_data["form"]])
            name = f"statistics-{export.public_id}.{form.cleaned_data['form']}"
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            response["Cache-Control"] = "no-store"
            return response
    context = {"form": form, "provinces": _provinces(actor)}
    return render(request, "goals/statistics.html", context, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "POST"])
def publish(request: ActorRequest, code: str) -> HttpResponse:
    """What the public would read of the last quarter, and the button that opens it."""
    visible = regions.in_reach(request.actor, Permission.FIGURES_READ, on=today())
    region = one(visible.filter(level=RegionLevel.PROVINCE), code=code)
    require(request.actor, Permission.REPORT_DECIDE, region_path=region.path)
    if request.method == "POST":
        actions.publish(by=request.actor, on=today(), region=region)
        messages.success(request, gettext("已公开发布"))
        return redirect("goals:statistics")
    due = queries.quarter(region, on=today())
    context: dict[str, Any] = {"region": region}
    if due:
        period, month_end = due
        table = queries.open_table(region, period, month_end)
        preview = Release(region=region, period=period, indicator=GOAL, as_of=month_end, table=table)
        context |= {
            "period": period,
            "as_of": month_end,
            "rows": open_data.rows(preview),
            "tells_few": not table["counts"][WHOLE]["shown"],
            "is_out": _is_out(region, month_end),
        }
    return render(request, "goals/publish.html", context)


def _provinces(actor: Actor) -> list[dict[str, Any]]:
    """The provinces whose figures the actor reads, with what of them is open and who may open the next quarter."""
    latest = {release.region_id: release for release in queries.newest(queries.public())}
    found = []
    for region in queries.provinces(actor, Permission.FIGURES_READ):
        may_publish = actor.may(Permission.REPORT_DECIDE, region_path=region.path)
        found.append({"region": region, "release": latest.get(region.pk), "may_publish": may_publish})
    return found


def _is_out(region: Region, month_end: Any) -> bool:
    return Release.objects.open().filter(region=region, as_of=month_end).exists()
