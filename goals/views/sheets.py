"""Every table of the dashboards as a sheet: xlsx, or CSV for other programs. Labels stay Chinese in every language, since
a sheet goes from hand to hand; each row says of where, of when, by which definitions, and that it is for inside use.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from courses.views.sheets import XLSX, attached
from courses.workbooks.writing import write_csv, write_table
from goals.indicator_words import BREAKDOWNS, GROUPS, NAMES
from goals.models import PlanPeriod
from goals.queries import coverage, figures, indicators, trends
from goals.rules import slices
from goals.rules.indicators import DEFINITIONS, Indicator, Value
from goals.views.indicators import measures, named_cells
from goals.views.periods import asked
from goals.views.regions import GOAL, ordered
from registry.errors import NotFound
from registry.models import Region
from registry.requests import ActorRequest, today

INSIDE = "内部使用，未作小单元格处理，不得对外提供"
MARKS = ("统计地区", "地区代码", "规划期", "截至", "指标定义版本", "使用范围")
ITSELF = "本级直接登记"


@dataclass(frozen=True)
class Sheet:
    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[object]]


@require_safe
def region_sheet(request: ActorRequest, code: str, name: str, kind: str) -> HttpResponse:
    """The tables of a region's page and of its indicators."""
    with translation.override("zh-hans"):
        return _answer(request, code, kind, _REGION.get(name))


@require_safe
def indicator_sheet(request: ActorRequest, code: str, key: str, name: str, kind: str) -> HttpResponse:
    """The tables of one indicator: the regions below, the months, or a breakdown by its kind."""
    one = indicators.named(key)
    with translation.override("zh-hans"):
        if name in slices.breakdowns(one):
            return _answer(request, code, kind, lambda *where: _breakdown(one, name, *where))
        make = {"regions": _below, "trend": _trend}.get(name)
        return _answer(request, code, kind, make and (lambda *where: make(one, *where)))


def _answer(
    request: ActorRequest, code: str, kind: str, make: Callable[[Region, PlanPeriod], Sheet] | None
) -> HttpResponse:
    shown = asked(request, code)
    if make is None or kind not in ("xlsx", "csv") or shown.period is None:
        raise NotFound(what="sheet")
    sheet = make(shown.region, shown.period)
    marks = (shown.region.name, shown.region.code, shown.period.key, str(today()), DEFINITIONS, INSIDE)
    headers = [*sheet.headers, *MARKS]
    rows = [[*map(_text, row), *marks] for row in sheet.rows]
    title = f"{shown.region.name}{sheet.title}{today()}（内部使用）"
    if kind == "csv":
        return attached(write_csv(headers, rows), f"{title}.csv", "text/csv; charset=utf-8")
    return attached(write_table(headers, rows, sheet_name="统计"), f"{title}.xlsx", XLSX)


def _coverage(region: Region, period: PlanPeriod) -> Sheet:
    found = coverage.of_region(region, period, on=today())
    lines = [*ordered(found.below, "region"), coverage.Line(None, found.itself)]
    rows: list[Sequence[object]] = [
        (
            line.region.name if line.region else ITSELF,
            line.region.code if line.region else region.code,
            line.figures.share if line.figures.people else None,
            line.change,
            line.figures.people,
            line.figures.two_skills,
            line.figures.one_skill,
            line.figures.no_skill,
            line.figures.employed,
            line.figures.people_now,
            line.figures.two_now,
            ("是" if line.is_behind else "否") if line.region and line.figures.people else None,
        )
        for line in [*lines, coverage.Line(region, found.figures, found.change, found.is_behind)]
        if line.region or line.figures.people
    ]
    headers = (
        "地区",
        "代码",
        "两门以上占比(%)",
        "较上季(百分点)",
        "纳入统计",
        "两门以上",
        "只有一门",
        "一门都没有",
    )
    more = ("两门以上并已就业", "现在符合四项条件", "现在符合并两门以上", "是否落后")
    return Sheet("双技目标", headers + more, rows)


def _all(region: Region, period: PlanPeriod) -> Sheet:
    found = indicators.all_of(region, period, on=today())
    rows = [
        (
            GROUPS[group],
            NAMES[row.value.indicator.key],
            row.value.indicator.key,
            row.value.indicator.version,
            *_numbers(row.value),
            row.change,
        )
        for group, those in found.items()
        for row in those
    ]
    return Sheet("各项指标", ("类别", "指标", "指标代码", "版本", "比例(%)", "分子", "分母", "较上季"), rows)


def _months(region: Region, period: PlanPeriod) -> Sheet:
    return _trend(GOAL, region, period)


def _trend(one: Indicator, region: Region, period: PlanPeriod) -> Sheet:
    now = figures.of_one(region, period)
    found = trends.of_region(one, region, period, now=now, on=today())
    rows = [
        (
            point.day,
            point.value if one.denominator else None,
            point.numerator,
            point.denominator,
            "补算" if point.is_later else "当时留存",
        )
        for point in found.points[:-1]
    ]
    rows += [
        (point.day, point.value if one.denominator else None, point.numerator, point.denominator, "现在")
        for point in found.points[-1:]
    ]
    return Sheet(f"{NAMES[one.key]}按月", ("日期", "比例(%)", *_labels(one), "来源"), rows)


def _below(one: Indicator, region: Region, period: PlanPeriod) -> Sheet:
    whole, _counts, below = indicators.below(one, region, period, on=today())
    rows = [(row.region.name if row.region else ITSELF, *_numbers(row.value)) for row in below]
    return Sheet(
        f"{NAMES[one.key]}分地区",
        ("地区", "比例(%)", *_labels(one)),
        [*rows, (region.name, *_numbers(whole))],
    )


def _breakdown(one: Indicator, by: str, region: Region, period: PlanPeriod) -> Sheet:
    counts = figures.of_one(region, period)
    cells = indicators.broken_down(one, region, period, by=by, whole=counts)
    rows = [(name, *_numbers(row.value)) for name, row in named_cells(cells)]
    headers = (str(BREAKDOWNS[by]), "比例(%)", *_labels(one))
    return Sheet(f"{NAMES[one.key]}按{BREAKDOWNS[by]}", headers, rows)


def _labels(one: Indicator) -> tuple[str, str]:
    numerator, denominator = measures(one)
    return f"分子：{numerator}", f"分母：{denominator}" if denominator else "分母"


def _numbers(found: Value) -> tuple[Decimal | None, int, int | None]:
    return found.share, found.numerator, found.denominator


def _text(value: Any) -> object:
    return "" if value is None else str(value)


_REGION: dict[str, Callable[[Region, PlanPeriod], Sheet]] = {
    "coverage": _coverage,
    "trend": _months,
    "indicators": _all,
}
