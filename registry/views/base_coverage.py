"""Which prefectures and counties have a base of a kind in force on a date, and which have none; also as a CSV."""

import csv
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.forms import Form
from registry.models import Region
from registry.models.accreditations import AccreditationLevel
from registry.models.bases import BaseCategoryKind, BaseKind
from registry.models.regions import RegionLevel
from registry.queries import base_coverage, regions
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views.fields import DayField, region_field
from registry.views.lists import ROWS

UNITS = [(RegionLevel.COUNTY.value, _("县（市、区）")), (RegionLevel.PREFECTURE.value, _("地级市"))]


class CoverageForm(Form):
    region = forms.CharField()
    unit = forms.ChoiceField(label=_("按哪一级查看"), choices=UNITS, required=False)
    kind = forms.ChoiceField(
        label=_("基地类型"), choices=[("", _("全部")), *BaseKind.choices], required=False
    )
    category = forms.ChoiceField(
        label=_("培训类别"), choices=[("", _("全部")), *BaseCategoryKind.choices], required=False
    )
    level = forms.ChoiceField(
        label=_("挂牌级别"), choices=[("", _("全部")), *AccreditationLevel.choices], required=False
    )
    on = DayField(label=_("日期"), required=False)
    gaps = forms.BooleanField(label=_("只看没有基地的"), required=False)

    def __init__(self, reach: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(reach, on=today(), required=False, help_text="")


@require_safe
def coverage(request: ActorRequest) -> HttpResponse:
    """Counts are public knowledge (every plaque hangs at a door), so any region may be asked for."""
    require_somewhere(request.actor, Permission.BASE_READ)
    reach = regions.in_reach(request.actor, Permission.BASE_READ, on=today())
    form = CoverageForm(reach, request.GET or None, initial={"on": today(), "unit": RegionLevel.COUNTY})
    asked = dict(form.cleaned_data) if form.is_valid() else {}
    region = asked.get("region") or reach.order_by("path").first() or Region.objects.order_by("path")[0]
    day = asked.get("on") or today()
    rows = base_coverage.rows(
        region.path,
        unit=asked.get("unit") or RegionLevel.COUNTY,
        on=day,
        kind=asked.get("kind", ""),
        category=asked.get("category", ""),
        level=asked.get("level", ""),
    )
    gaps = [row for row in rows if not row.total]
    shown = gaps if asked.get("gaps") else rows
    if request.GET.get("format") == "csv":
        return _csv(shown)
    page = Paginator(shown, ROWS).get_page(request.GET.get("page"))
    context = {
        "filter_form": form,
        "region": region,
        "day": day,
        "units": len(rows),
        "gaps": len(gaps),
        "page": page,
        "rows": [{"row": row, "counts": _counts(row)} for row in page],
        "levels": AccreditationLevel.labels,
    }
    return render(request, "registry/bases/coverage.html", context)


def _counts(row: base_coverage.Row) -> list[int]:
    return [row.by_level.get(level, 0) for level in AccreditationLevel.values]


def _csv(rows: list[base_coverage.Row]) -> HttpResponse:
    """For Excel, which wants the mark of UTF-8. Names and codes are of the region table: nothing anyone typed."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="base-coverage.csv"'
    sheet = csv.writer(answer)
    named = (gettext("行政区划代码"), gettext("地区"), gettext("国家标准内"), gettext("基地数"))
    sheet.writerow([*named, *(str(label) for label in AccreditationLevel.labels)])
    for row in rows:
        statutory = gettext("是") if row.region.is_statutory else gettext("否")
        sheet.writerow([row.region.code, row.region.name, statutory, row.total, *_counts(row)])
    return answer
