"""Tables of indicators that leave the federation, with what is small, or would tell what is small, held back.

Only indicators whose people are no part of the people of another one, by sums that anybody can do: the difference of two
would be about people too. So the goal is released for the years of a plan, the others for single years.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goals.rules.indicators import FORMS, Indicator
from registry.rules.releases import Parts, Released, released

GOAL = "two_skill_coverage"
OF_YEARS = (
    "trained_persons",
    "new_employment",
    "four_ones_coverage",
    "one_three_one_coverage",
    "assistance_coverage",
    "household_employment",
    *(f"placements_{form}" for form in FORMS),
)
"""Released for single years."""

RELEASED = (GOAL, *OF_YEARS)

BREAKDOWNS = ("sex", "age", "residence")
"""Each divides everybody. Disability is never told outside; a hardship class, a course category or a base holds some people
twice, so that sums of them tell of single people."""

WHOLE, PARTS = "whole", "parts"
"""Everybody whom the indicator counts, and where it is a share those within and those without."""

Counts = Mapping[str, int]
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the table."""

    code: str
    name: str
    level: str
    parent: str


def may_be_released(indicator: str, *, is_year: bool) -> bool:
    """Whether the indicator leaves for such a period."""
    return indicator in RELEASED and (indicator == GOAL) is not is_year


def table(
    indicator: Indicator,
    places: Sequence[Place],
    counts: Mapping[str, Mapping[str, Counts]],
    *,
    earlier: Sequence[Table] = (),
) -> dict[str, Any]:
    """The table as it may leave. `places` begin with the highest; `counts` are by code and cell, "" for everybody.

    `earlier` are the tables of the same indicator and period that were released before. Without the highest region in
    `WHOLE` nothing may leave.
    """
    root = places[0].code
    below: dict[str, list[str]] = {}
    for place in places[1:]:
        below.setdefault(place.parent, []).append(place.code)
    shown: dict[str, dict[str, Any]] = {}
    for name in (WHOLE, *((PARTS,) if indicator.denominator else ()), *BREAKDOWNS):
        cells = _cells(name, counts, earlier)
        if not cells:
            continue
        rows = {
            place.code: _counted(indicator, counts.get(place.code, {}), cells, whole=name == WHOLE)
            for place in places
        }
        within = set(shown[PARTS if PARTS in shown else WHOLE]["shown"]) if shown else None
        before = [_as_released(one["counts"][name], cells) for one in earlier if name in one["counts"]]
        codes = released(root, below, rows, earlier=before, within=within)
        shown[name] = {"cells": cells, "shown": {code: list(rows[code]) for code in sorted(codes)}}
    regions = [
        {"code": one.code, "name": one.name, "level": one.level, "parent": one.parent} for one in places
    ]
    return {"regions": regions, "counts": shown}


def numbers(indicator: Indicator, found: Table, code: str, cell: str = "") -> tuple[int, ...] | None:
    """Of a cell of a region: (within, of all) for a share, (how many,) for a count; None where it is held back."""
    counts = found["counts"]
    name = cell.partition(":")[0] or (PARTS if indicator.denominator else WHOLE)
    row = counts.get(name, {}).get("shown", {}).get(code)
    if row is None:
        return None
    width = len(row) // len(counts[name]["cells"])
    place = counts[name]["cells"].index(cell) * width
    part = row[place : place + width]
    return (part[0], sum(part)) if indicator.denominator else (part[0],)


def whole(found: Table, code: str) -> int | None:
    """Everybody whom the indicator counts in a region; None where that is held back."""
    row = found["counts"].get(WHOLE, {}).get("shown", {}).get(code)
    return None if row is None else int(row[0])


def cells(found: Table) -> list[str]:
    """The cells of all breakdowns of a table."""
    counts = found["counts"]
    return [cell for name in BREAKDOWNS if name in counts for cell in counts[name]["cells"]]


def _cells(name: str, counts: Mapping[str, Mapping[str, Counts]], earlier: Sequence[Table]) -> list[str]:
    """Every cell that somebody is or ever was counted under."""
    if name in (WHOLE, PARTS):
        return [""]
    now = {cell for found in counts.values() for cell in found if cell.startswith(f"{name}:")}
    if not now:
        return []  # not asked for
    before = {cell for one in earlier for cell in one["counts"].get(name, {}).get("cells", ())}
    return sorted(now | before)


def _counted(
    indicator: Indicator, counts: Mapping[str, Counts], cells: Iterable[str], *, whole: bool
) -> Parts:
    found: list[int] = []
    for cell in cells:
        here = counts.get(cell, {})
        every = here.get(indicator.denominator or indicator.numerator, 0)
        if whole or not indicator.denominator:
            found.append(every)
        else:
            within = here.get(indicator.numerator, 0)
            found += [within, every - within]
    return tuple(found)


def _as_released(one: Table, cells: Sequence[str]) -> Released:
    """An earlier table with its cells in today's order; a cell that was not there had nobody."""
    if not one["shown"]:
        return {}
    width = len(next(iter(one["shown"].values()))) // len(one["cells"])
    places = {cell: number * width for number, cell in enumerate(one["cells"])}
    nobody = [0] * width
    return {
        code: tuple(
            count
            for cell in cells
            for count in (row[places[cell] : places[cell] + width] if cell in places else nobody)
        )
        for code, row in one["shown"].items()
    }
