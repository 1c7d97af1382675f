"""The page of 就业转化率 and 稳定率 (docs/domain.md §6)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.models import Cohort, Course
from courses.queries import cohorts, service_records
from courses.queries import rates as queries
from courses.views.sheets import workbook
from courses.workbooks.writing import write_table
from registry.forms import Form
from registry.models import TrainingBase
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views.fields import region_field
from registry.views.lists import page_of

# The labels stay Chinese in every language: a sheet goes from hand to hand.
SHEET = (
    *(
        "名称",
        "期满人数",
        "就业人数",
        "观察期未满",
        "开班时不明",
        "仍在就业",
        "不在就业",
        "去向不明",
        "就业未满期限",
    ),
    *("转化率(%)", "稳定率(%)"),
)


class RatesFilter(Form):
    year = forms.TypedChoiceField(label=_("开班年份"), coerce=int, empty_value=None, required=False)
    by = forms.ChoiceField(
        label=_("分列"),
        choices=[
            ("base", _("按培训基地")),
            ("region", _("按地区")),
            ("course", _("按培训项目")),
            ("cohort", _("按培训班")),
        ],
        required=False,
    )

    def __init__(self, request: ActorRequest) -> None:
        super().__init__(request.GET or None)
        year: Any = self.fields["year"]
        year.choices = [("", _("全部")), *((one, one) for one in cohorts.years(request.actor))]
        reach = regions.in_reach(request.actor, Permission.FIGURES_READ, on=today())
        self.fields["region"] = region_field(reach, on=today(), required=False, empty_label=_("全部"))


@dataclass(frozen=True)
class Asked:
    """What a page or a sheet of rates is asked for, and what was found."""

    filters: RatesFilter
    wanted: dict[str, Any]
    narrowed: dict[str, Any]
    by: str
    figures: queries.Figures


def _asked(request: ActorRequest) -> Asked:
    require_somewhere(request.actor, Permission.FIGURES_READ)
    filters = RatesFilter(request)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    narrowed: dict[str, Any] = {
        name: one(rows.select_related(path), public_id=request.GET[name])
        for name, rows, path in (
            ("base", TrainingBase.objects.visible_to(request.actor), "region"),
            ("course", Course.objects.visible_to(request.actor), "base__region"),
            ("cohort", Cohort.objects.visible_to(request.actor), "region"),
        )
        if request.GET.get(name)
    }
    by = wanted.get("by") or "base"
    region, year = wanted.get("region"), wanted.get("year")
    found = queries.figures(request.actor, on=today(), by=by, region=region, year=year, **narrowed)
    return Asked(filters, wanted, narrowed, by, found)


@require_safe
def rates_page(request: ActorRequest) -> HttpResponse:
    """The two rates with their definition and day; `?base=`, `?course=` and `?cohort=` narrow to one by public id."""
    asked = _asked(request)
    lines: Any = [(line, queries.shown(line.rates)) for line in asked.figures.lines]
    region = asked.wanted.get("region")
    context = {
        "filter_form": asked.filters,
        "narrowed": list(asked.narrowed.values()),
        "figures": asked.figures,
        "total": asked.figures.total,
        "shown": queries.shown(asked.figures.total),
        "page": page_of(request, lines),
        "graduates": service_records.graduates(request.actor, on=today(), region=region),
        "query": request.GET.urlencode(),
    }
    return render(request, "courses/rates/rates.html", context, status=422 if asked.filters.errors else 200)


@require_safe
def rates_sheet(request: ActorRequest) -> HttpResponse:
    """The same table as an xlsx to hand on, without what tells of single people."""
    figures = _asked(request).figures
    title = f"就业转化率和稳定率{figures.on}"
    return workbook(write_table(SHEET, queries.leaving(figures), sheet_name="转化率和稳定率"), title)
