"""Indicators of a region: their values now, in the regions below, over the months, and broken down."""

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Router, Schema

from goals.api.periods import asked
from goals.indicator_words import DEFINITIONS as WORDS
from goals.indicator_words import NAMES, cell_name
from goals.queries import figures, trends
from goals.queries import indicators as queries
from goals.rules import slices
from goals.rules.indicators import DEFINITIONS, INDICATORS, Indicator, Value, value
from registry.errors import NotFound
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router()


class IndicatorOut(Schema):
    """`numerator` and `denominator` name measures (docs/indicators.md), several joined by "+"; a plain count has no
    denominator. `breakdowns`: by what it can be broken down."""

    key: str
    version: int
    group: str
    name: str
    definition: str
    unit: str
    numerator: str
    denominator: str
    is_fault: bool
    breakdowns: list[str]


class ValueOut(Schema):
    """`share` in percent, rounded down; none for a plain count, and where there is nobody to divide by."""

    numerator: int
    denominator: int | None
    share: Decimal | None


class RowOut(ValueOut):
    """`change` since the end of the last quarter: percentage points of a share, else a number."""

    key: str
    change: Decimal | None


class RegionRowOut(ValueOut):
    region_code: str
    region_name: str


class CellOut(ValueOut):
    """`cell` as in "sex:male"; "" are those under none, people who are counted with others of their household."""

    cell: str
    name: str


class PointOut(ValueOut):
    """`is_later`: reconstructed from what is recorded now, not kept at the time."""

    day: date
    is_later: bool


class FrameOut(Schema):
    """Of where and when figures are; `definitions` is the version that all of them follow."""

    region_code: str
    period: str
    is_counted: bool
    as_of: date
    definitions: int


class IndicatorsOut(FrameOut):
    indicators: list[RowOut]


class IndicatorRegionsOut(FrameOut):
    indicator: IndicatorOut
    value: ValueOut
    below: list[RegionRowOut]


class BreakdownOut(FrameOut):
    key: str
    by: str
    value: ValueOut
    cells: list[CellOut]


class TrendOut(FrameOut):
    key: str
    points: list[PointOut]


@router.get("/indicators", response=list[IndicatorOut], operation_id="list_indicators")
def list_indicators(request: ActorRequest) -> Any:
    """Every indicator that is counted of people, with its definition."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    return [_indicator(one) for one in INDICATORS.values()]


@router.get("/regions/{region_code}/indicators", response=IndicatorsOut, operation_id="get_indicators")
def get_indicators(request: ActorRequest, region_code: str, period: str = "") -> Any:
    """The values of all indicators in a region now."""
    region, held = asked(request, region_code, period)
    found = queries.all_of(region, held, on=today())
    rows = [
        {"key": row.value.indicator.key, "change": row.change, **_value(row.value)}
        for those in found.values()
        for row in those
    ]
    return {**_frame(region_code, held), "indicators": rows}


@router.get(
    "/regions/{region_code}/indicators/{key}", response=IndicatorRegionsOut, operation_id="get_indicator"
)
def get_indicator(request: ActorRequest, region_code: str, key: str, period: str = "") -> Any:
    """One indicator in a region and in those right below; people whom the region itself manages under its own code."""
    region, held = asked(request, region_code, period)
    one = queries.named(key)
    whole, _counts, below = queries.below(one, region, held, on=today())
    rows = [
        {"region_code": place.code, "region_name": place.name, **_value(row.value)}
        for row in below
        for place in [row.region or region]
    ]
    return {
        **_frame(region_code, held),
        "indicator": _indicator(one),
        "value": _value(whole),
        "below": rows,
    }


@router.get(
    "/regions/{region_code}/indicators/{key}/by/{by}", response=BreakdownOut, operation_id="get_breakdown"
)
def get_breakdown(request: ActorRequest, region_code: str, key: str, by: str, period: str = "") -> Any:
    """One indicator of a region broken down. Of `hardship`, `category` and `base` a person may stand in several cells."""
    region, held = asked(request, region_code, period)
    one = queries.named(key)
    if by not in slices.breakdowns(one):
        raise NotFound(what="breakdown")
    counts = figures.of_one(region, held)
    cells = queries.broken_down(one, region, held, by=by, whole=counts)
    rows = [
        {
            "cell": row.cell,
            "name": row.name or (cell_name(row.cell) if row.cell else ""),
            **_value(row.value),
        }
        for row in cells
    ]
    return {
        **_frame(region_code, held),
        "key": key,
        "by": by,
        "value": _value(value(one, counts)),
        "cells": rows,
    }


@router.get(
    "/regions/{region_code}/indicators/{key}/trend", response=TrendOut, operation_id="get_indicator_trend"
)
def get_indicator_trend(request: ActorRequest, region_code: str, key: str, period: str = "") -> Any:
    """One indicator of a region at the ends of months, the earliest first, and last now."""
    region, held = asked(request, region_code, period)
    one = queries.named(key)
    found = trends.of_region(one, region, held, now=figures.of_one(region, held), on=today())
    points = [
        {
            "day": point.day,
            "is_later": point.is_later,
            "numerator": point.numerator,
            "denominator": point.denominator,
            "share": point.value if one.denominator else None,
        }
        for point in found.points
    ]
    return {**_frame(region_code, held), "key": key, "points": points}


def _frame(region_code: str, period: Any) -> dict[str, object]:
    return {
        "region_code": region_code,
        "period": period.key,
        "is_counted": period.is_counted,
        "as_of": today(),
        "definitions": DEFINITIONS,
    }


def _indicator(one: Indicator) -> dict[str, object]:
    return {
        "key": one.key,
        "version": one.version,
        "group": one.group,
        "name": str(NAMES[one.key]),
        "definition": str(WORDS[one.key]),
        "unit": one.unit,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "is_fault": one.is_fault,
        "breakdowns": list(slices.breakdowns(one)),
    }


def _value(found: Value) -> dict[str, object]:
    return {"numerator": found.numerator, "denominator": found.denominator, "share": found.share}
