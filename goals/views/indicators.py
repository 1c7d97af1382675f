"""Pages of indicators: all those of a region, and one by the regions below, over the months and broken down."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from goals.indicator_words import BREAKDOWNS, DEFINITIONS, GROUPS, NAMES, cell_name
from goals.measure_words import MEASURES
from goals.queries import indicators as queries
from goals.queries import trends
from goals.queries.indicators import CellRow, RegionRow
from goals.rules import slices
from goals.rules.indicators import Indicator, Value
from goals.rules.trends import chart
from goals.views.periods import asked
from registry.requests import ActorRequest, today

MOST_ROWS = 100
"""Rows of a breakdown on the page; the sheet has all."""


@require_safe
def indicator_list(request: ActorRequest, code: str) -> HttpResponse:
    """Every indicator of the region by group, with what it is made of and how it is defined."""
    shown = asked(request, code)
    context = shown.context()
    if shown.period:
        found = queries.all_of(shown.region, shown.period, on=today())
        context["groups"] = [(group, GROUPS[group], rows) for group, rows in found.items()]
        context["counted"] = sum(bool(row.value.numerator) for rows in found.values() for row in rows)
    return render(request, "goals/indicators.html", context)


@require_safe
def indicator(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """One indicator: the finding, its months, the regions below, and by whom `?by=` breaks it down."""
    shown = asked(request, code)
    one = queries.named(key)
    context = shown.context() | {"indicator": one, "name": NAMES[key], "definition": DEFINITIONS[key]}
    if shown.period:
        whole, counts, below = queries.below(one, shown.region, shown.period, on=today())
        trend = trends.of_region(one, shown.region, shown.period, now=counts, on=today())
        ways = slices.breakdowns(one)
        by = request.GET.get("by", "")
        by = by if by in ways else next(iter(ways), "")
        cells = queries.broken_down(one, shown.region, shown.period, by=by, whole=counts) if by else []
        context |= {
            "value": whole,
            "measures": measures(one),
            "counts": counts,
            "below": sorted(below, key=_need),
            "trend": trend,
            "chart": chart(trend.points) if len(trend.points) > 1 else None,
            "ways": [(way, BREAKDOWNS[way]) for way in ways],
            "by": by,
            "by_name": BREAKDOWNS.get(by, ""),
            "cells": named_cells(cells)[:MOST_ROWS],
            "left_out": max(0, len(cells) - MOST_ROWS),
            "overlaps": by in slices.OVERLAPPING,
            "is_training": by in slices.OF_TRAINING,
            "rest": slices.REST in slices.parts(one),
            "largest": max((row.value.numerator for row in cells), default=0),
            "largest_below": max((row.value.numerator for row in below), default=0),
        }
    return render(request, "goals/indicator.html", context)


def measures(one: Indicator) -> tuple[str, str]:
    """What numerator and denominator count, in words."""
    return _sum(one.numerator), _sum(one.denominator)


def named_cells(cells: list[CellRow]) -> list[tuple[str, CellRow]]:
    """Rows of a breakdown with their names; bases, which have no order of their own, the largest first."""
    rows = [(_name(row), row) for row in cells]
    if cells and cells[0].cell.startswith(("base:", "category:")):
        rows.sort(key=lambda pair: -(pair[1].value.denominator or pair[1].value.numerator))
    return rows


def _name(row: CellRow) -> str:
    return row.name or (cell_name(row.cell) if row.cell else gettext("家庭成员，不分列"))


def _sum(measures: str) -> str:
    return " + ".join(str(MEASURES[one]) for one in filter(None, measures.split("+")))


def _need(row: RegionRow) -> Any:
    """Those behind first, nobody's last; the people that the region manages itself stand at the end."""
    found: Value = row.value
    worst = found.share if found.share is not None else found.numerator
    sign = -1 if found.indicator.is_fault else 1
    is_empty = found.share is None and found.denominator is not None
    return row.region is None, is_empty, sign * worst, row.region.code if row.region else ""
