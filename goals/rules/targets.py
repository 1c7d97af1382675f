"""What a target that an officer enters must be: whether its figure, number, day, unit and years go together."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goals.rules import metrics
from goals.rules.indicators import INDICATORS, Unit
from goals.rules.metrics import REPORTED, How, Metric

BY, AT_LEAST, AT_MOST = "by", ">=", "<="
ANNUAL = "annual"
SHARE_UNIT = "ratio"
MOST = Decimal(10) ** 10
"""Ten digits before the point are what the column holds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A target as entered; `value` of a share lies between 0 and 1, `due_on` is the last day in time."""

    metric: str
    metric_name: str
    operator: str
    value: Decimal | None
    due_on: date | None
    unit: str
    per: str
    period_kind: str
    first_year: int
    last_year: int


def problems(asked: Asked, *, plan_years: tuple[int, int]) -> dict[str, str]:
    """Field → code of everything that does not go together."""
    wrong: dict[str, str] = {}
    metric = metrics.of(asked.metric)
    if metric.how is How.BY_HAND and asked.metric != REPORTED:
        wrong["metric"] = "field_choice"
    if asked.metric == REPORTED and not asked.metric_name:
        wrong["metric_name"] = "target_name_missing"
    wrong |= _of_years(asked, plan_years)
    wrong |= _of_day(asked, metric) if asked.operator == BY else _of_number(asked, metric)
    return wrong


def due(asked: Asked) -> str:
    """The day as it is kept: month and day of a yearly target, else the whole date (rules/deadlines.py)."""
    if asked.operator != BY or asked.due_on is None:
        return ""
    return f"{asked.due_on:%m-%d}" if asked.period_kind == ANNUAL else asked.due_on.isoformat()


def _of_years(asked: Asked, plan_years: tuple[int, int]) -> dict[str, str]:
    first, last = plan_years
    if not first <= asked.first_year <= last:
        return {"first_year": "target_years_outside"}
    if not first <= asked.last_year <= last:
        return {"last_year": "target_years_outside"}
    return {"last_year": "years_order"} if asked.last_year < asked.first_year else {}


def _of_day(asked: Asked, metric: Metric) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if metric.how in (How.INDICATOR, How.BASES, How.SUBSIDY):
        wrong["operator"] = "target_day_of_figure"
    if asked.value is not None:
        wrong["value"] = "target_value_with_day"
    if asked.due_on is None:
        wrong["due_on"] = "target_day_missing"
    elif asked.period_kind != ANNUAL and not asked.first_year <= asked.due_on.year <= asked.last_year:
        wrong["due_on"] = "target_day_outside"
    return wrong


def _of_number(asked: Asked, metric: Metric) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if asked.due_on is not None:
        wrong["due_on"] = "target_day_with_value"
    if asked.value is None:
        wrong["value"] = "target_value_missing"
    elif not 0 <= asked.value < MOST:
        wrong["value"] = "target_value_range"
    elif asked.unit == SHARE_UNIT and asked.value > 1:
        wrong["value"] = "over_100"
    if metric.how is How.INDICATOR:
        is_share = INDICATORS[metric.key].unit is Unit.SHARE
        if is_share != (asked.unit == SHARE_UNIT):
            wrong["unit"] = "target_unit_share" if is_share else "target_unit_count"
        if asked.per != "region":
            wrong["per"] = "target_per_region"
    if metric.how is How.BASES:
        if asked.value != 1:
            wrong["value"] = "target_base_one"
        if asked.per != metric.level:
            wrong["per"] = "target_base_per"
    return wrong
