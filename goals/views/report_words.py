"""What reports and bulletins say, on pages and on paper: titles, and the rows of their frozen figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from goals.indicator_words import NAMES
from goals.models import Report
from goals.models.reports import ReportKind
from goals.rules.indicators import INDICATORS
from goals.rules.reports import Status


@dataclass(frozen=True)
class Row:
    """One line of a table of figures, as texts; `share` is a number of per cent for the bar beside it."""

    name: str
    of: str
    done: str
    rate: str
    share: Decimal | None
    years: str = ""


def title(report: Report) -> str:
    """秦州区 2024 年度落实情况报告."""
    words = {
        ReportKind.ANNUAL: _("%(region)s %(year)s 年度落实情况报告"),
        ReportKind.MID_TERM: _("%(region)s %(year)s 年中期评估报告"),
        ReportKind.FINAL: _("%(region)s %(year)s 年总结评估报告"),
        ReportKind.EVALUATION: _("%(region)s %(years)s 年绩效评估报告"),
        ReportKind.INSPECTION: _("%(region)s %(year)s 年督促检查报告"),
    }[ReportKind(report.kind)]
    years = f"{report.target.plan.period}"
    return words % {"region": report.region.name, "year": report.year, "years": years}


def sections(report: Report, texts: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(name, heading, text) of each section, in the order of the document that names them."""
    found = []
    for name in report.sections:
        field: Any = Report._meta.get_field(name)
        found.append((name, str(field.verbose_name), texts.get(name, "")))
    return found


def recipient(report: Report) -> str:
    """To whom it goes: the federation of the plan's region, or somebody outside."""
    region = report.target.plan.region
    if report.is_outside:
        return _("国务院残疾人工作委员会办公室")
    return _("%(region)s残疾人联合会（残工委办公室）") % {"region": region.name}


def tasks(figures: Mapping[str, Any]) -> list[Row]:
    """The plan's tasks: what is asked of the unit, what is done, and the rate."""
    return [
        Row(
            name=_(task["name"]),
            of=_number(task["task"]) or _("没有下达"),
            done=_number(task["done"]),
            rate=_percent(task["rate"]),
            share=_decimal(task["rate"]),
            years=task["years"],
        )
        for task in figures["tasks"]
    ]


def indicators(figures: Mapping[str, Any]) -> list[Row]:
    """Every indicator of which there is anything to say."""
    return [
        Row(
            name=str(NAMES.get(one["key"], one["key"])),
            of=_number(one["denominator"]),
            done=_number(one["numerator"]),
            rate=_percent(one["share"]),
            share=_decimal(one["share"]),
        )
        for one in figures["indicators"]
        if one["numerator"] or one["denominator"]
    ]


def item_name(item: Mapping[str, Any]) -> str:
    """What a bulletin compares by: the target's own name, or the indicator's."""
    return _(item["name"]) if item["name"] else str(NAMES.get(item["indicator"], item["indicator"]))


def compared(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of one comparison, as texts."""
    return [
        row
        | {
            "task": _number(row["task"]) or _("没有下达"),
            "done": _number(row["done"]),
            "rate": _percent(row["rate"]),
            "share": _decimal(row["rate"]),
            "rank": row["rank"] or "",
        }
        for row in item["rows"]
    ]


def below(item: Mapping[str, Any]) -> str:
    """The units below the line, named; "" where there is none."""
    return _("、").join(row["name"] for row in item["rows"] if row["below"])


def versions(figures: Mapping[str, Any]) -> str:
    """第 1 版: by which definitions the figures were counted."""
    return _("第 %(version)s 版") % {"version": figures["definitions"]}


def is_internal(counts: Iterable[tuple[int, int | None]]) -> bool:
    """Whether some count, or what is left of its whole, is of 1 to 4 people: such a paper stays inside."""
    return any(0 < part < 5 or (whole is not None and 0 < whole - part < 5) for part, whole in counts)


def counts_of(figures: Mapping[str, Any]) -> list[tuple[int, int | None]]:
    """The counts of people in a report's figures, each with its whole."""
    return [(one["numerator"], one["denominator"]) for one in figures["indicators"] if _is_of_people(one)]


def counts_compared(figures: Mapping[str, Any]) -> list[tuple[int, int | None]]:
    """The same of a bulletin's."""
    return [
        (row["done"], int(row["task"]) if INDICATORS[item["indicator"]].denominator and row["task"] else None)
        for item in figures["items"]
        for row in item["rows"]
    ]


def finding(statuses: Mapping[Status, int]) -> str:
    """7 份应报：5 份已报送, 1 份逾期报送, 1 份未报送."""
    words = {
        Status.FILED: _("按时报送 %(n)s 份"),
        Status.LATE: _("逾期报送 %(n)s 份"),
        Status.RETURNED: _("退回修改 %(n)s 份"),
        Status.MISSING: _("逾期未报 %(n)s 份"),
        Status.NOT_DUE: _("未到期 %(n)s 份"),
    }
    parts = [words[status] % {"n": statuses[status]} for status in words if statuses.get(status)]
    return _("，").join(parts)


STATUS_TAGS = {
    Status.FILED: "good",
    Status.LATE: "warn",
    Status.RETURNED: "bad",
    Status.MISSING: "bad",
    Status.NOT_DUE: "plain",
}


def status_word(status: Status) -> str:
    return {
        Status.FILED: _("已报送"),
        Status.LATE: _("逾期报送"),
        Status.RETURNED: _("退回修改"),
        Status.MISSING: _("逾期未报"),
        Status.NOT_DUE: _("未到期"),
    }[status]


def _is_of_people(one: Mapping[str, Any]) -> bool:
    return bool(one["numerator"] or one["denominator"])


def _number(value: Any) -> str:
    return "" if value is None else f"{Decimal(value):,f}"


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _percent(value: str | None) -> str:
    return "" if value is None else f"{value}%"
