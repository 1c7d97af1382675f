"""Reports that plans ask for: of which kind, from whom, for which years, by when, and where each of them stands.

docs/domain.md §2.2 T23 to T33; the targets are those of §2.4 with the operator "by", and the evaluations.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

ANNUAL, MID_TERM, FINAL, EVALUATION, INSPECTION = "annual", "mid_term", "final", "evaluation", "inspection"

KINDS: Mapping[str, str] = {
    "county_annual_report": ANNUAL,
    "district_annual_report": ANNUAL,
    "city_annual_report": ANNUAL,
    "city_annual_report_to_state_council": ANNUAL,
    "mid_term_evaluation": MID_TERM,
    "city_final_evaluation": FINAL,
    "final_evaluation": FINAL,
    "county_policy_performance_evaluations": EVALUATION,
    "policy_effect_evaluations": EVALUATION,
    "annual_inspections": INSPECTION,
}
"""The kind of report that each metric asks for."""

OUTSIDE = frozenset({"city_annual_report_to_state_council"})
"""Metrics whose report goes to somebody outside: it is filed on the day that it was sent (T27)."""

DUE_SOON = timedelta(days=30)

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_DAY_OF_YEAR = re.compile(r"\d{2}-\d{2}")


class Status(StrEnum):
    """Where a report stands on a day."""

    FILED = "filed"
    LATE = "late"
    RETURNED = "returned"
    MISSING = "missing"
    NOT_DUE = "not_due"


def years(first: int, last: int, *, is_annual: bool) -> range:
    """The years that reports are owed for: every one of a yearly target, else the last alone."""
    return range(first if is_annual else last, last + 1)


def due_on(due: str, year: int) -> date | None:
    """The last day of "11-30", "2024-12-31" or "2023-Q4"; of a quarter it is the quarter's last. None for ""."""
    if quarter := _QUARTER.fullmatch(due):
        of_year, number = int(quarter[1]), int(quarter[2])
        next_month = date(of_year + number // 4, number % 4 * 3 + 1, 1)
        return next_month - timedelta(days=1)
    if _DAY_OF_YEAR.fullmatch(due):
        month, day = map(int, due.split("-"))
        # 02-29 of other years is the day before 1 March.
        return date(year, month, day) if (month, day) != (2, 29) else date(year, 3, 1) - timedelta(days=1)
    return date.fromisoformat(due) if due else None


def deadline(due: str, year: int, *, is_dated: bool) -> date | None:
    """By when the report of a year is owed.

    A target that only counts ("at least once in the plan's years") is due when its years end; one that asks for
    a day but names none (PJ-07) has no deadline, and nobody is late.
    """
    return due_on(due, year) if is_dated else date(year, 12, 31)


def status(
    *, due: date | None, year: int, filed_on: date | None, is_returned: bool = False, on: date
) -> Status:
    """Where the report of a year stands on a day; `filed_on` is when it was first handed in.

    Without a deadline it is missing once its year is over, and never late.
    """
    if is_returned:
        return Status.RETURNED
    if filed_on is not None:
        return Status.LATE if due is not None and filed_on > due else Status.FILED
    return Status.MISSING if on > (due or date(year, 12, 31)) else Status.NOT_DUE


def is_due_soon(due: date | None, *, on: date) -> bool:
    return due is not None and on <= due <= on + DUE_SOON


def stamp(text: str) -> str:
    """Tells one text from another: of two people who change a section at once, the second hears of it."""
    return sha256(text.encode()).hexdigest()[:16]
