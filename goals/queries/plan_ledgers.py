"""The work ledger of a plan (工作台账, docs/domain.md §2.2 T22, T33): each target in a region and those right below.

It is copied to the office of the working committee (残工委), so it leaves the federation: nothing in it tells of fewer than
five people, and no hidden count follows from a total.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from goals.models import Plan, Target
from goals.plan_words import STATES
from goals.queries import allocations, progress
from goals.queries.allocations import Cascade
from goals.queries.progress import Progress
from goals.queries.sources import is_divisible
from goals.rules import metrics
from goals.rules.metrics import How
from goals.rules.readings import Reading, State
from registry.models import Region
from registry.rules.suppression import LEAST, may_show_share, shown

HEADERS = (
    "目标编号",
    "指标",
    "地区代码",
    "地区",
    "年度",
    "目标值",
    "期限",
    "实际值",
    "单位",
    "完成目标(%)",
    "时间已过(%)",
    "状态",
    "截至日期",
    "来源",
    "已分解到下级",
    "未分解",
    "超出",
    "原文",
)
HIDDEN = "少于5"


def rows(plan: Plan, region: Region, *, on: date) -> Iterator[list[str]]:
    """Of each target one row for the region, then one for each region below that has a share of it."""
    found_of_each = progress.of_plan(plan, on=on, region=region)
    divisible = [target for target, _found in found_of_each if is_divisible(target)]
    split = allocations.cascades(divisible, region, on=on)
    for target, found in found_of_each:
        below = split.get(target.pk)
        yield _of_region(target, found, region, below)
        if below is not None:
            hidden = _hidden(target, below)
            for row in below.rows:
                if row.value is not None:
                    is_hidden = row.region.pk in hidden
                    yield _row(target, row.region, row.reading, row.value, is_hidden=is_hidden)


def _of_region(target: Target, found: Progress, region: Region, below: Cascade | None) -> list[str]:
    if found.reading is None:
        row = _row(target, region, None, None)
        row[11] = "同一目标，不另计"
        return row
    wanted = below.check.total if below else target.value
    row = _row(target, region, found.reading, wanted, is_hidden=_is_small(target, found.reading))
    if below is not None:
        check = below.check
        row[14:17] = [_said(check.given), _said(check.unallocated), _said(check.over)]
    return row


def _row(
    target: Target,
    region: Region,
    reading: Reading | None,
    wanted: Decimal | None,
    *,
    is_hidden: bool = False,
) -> list[str]:
    against = reading.attainment if reading and not is_hidden else None
    return [
        target.code,
        target.metric_name,
        region.code,
        region.name,
        str(reading.year or "") if reading else "",
        _said(wanted, target.unit),
        str(reading.due_on or "") if reading else "",
        HIDDEN if is_hidden else _actual(target, reading),
        {"ratio": "%", "date": ""}.get(target.unit, target.unit),
        str(against.share) if against else "",
        str(against.elapsed) if against else "",
        str(STATES[reading.state][1]) if reading else "",
        str(reading.as_of) if reading and reading.state is not State.MISSING else "",
        reading.source if reading else "",
        "",
        "",
        "",
        target.quote_simplified or target.quote,
    ]


def _actual(target: Target, reading: Reading | None) -> str:
    if reading is None:
        return ""
    if reading.done_on:
        return str(reading.done_on)
    if reading.part is not None and reading.whole is not None:
        return f"{reading.part}/{reading.whole}"
    return _said(reading.actual if reading.actual is not None else reading.part, target.unit)


def _said(value: Decimal | int | None, unit: str = "") -> str:
    if value is None:
        return ""
    number = Decimal(value) * 100 if unit == "ratio" else Decimal(value)
    return f"{number.normalize():f}"


def _is_small(target: Target, reading: Reading) -> bool:
    """Whether the figure of people tells of fewer than five."""
    if metrics.of(target.metric).how is not How.INDICATOR:
        return False
    if reading.part is not None and reading.whole is not None:
        return reading.whole > 0 and not may_show_share(reading.part, reading.whole)
    count = reading.part if reading.part is not None else int(reading.actual or 0)
    return shown(count) is None


def _hidden(target: Target, below: Cascade) -> set[int]:
    """Regions whose count is not shown: too small, or needed so that those cannot be worked out from the total."""
    if metrics.of(target.metric).how is not How.INDICATOR:
        return set()
    counts = {row.region.pk: int(row.reading.actual or 0) for row in below.rows}
    hidden = {pk for pk, count in counts.items() if shown(count) is None}
    # Those not hidden, the smallest first: with it the hidden ones are two at least, and five people at least.
    others = sorted((count, pk) for pk, count in counts.items() if pk not in hidden and count)
    while hidden and others and (len(hidden) < 2 or sum(counts[pk] for pk in hidden) < LEAST):
        hidden.add(others.pop(0)[1])
    return hidden
