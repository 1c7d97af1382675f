"""Local standards (管理规范): what each place may decide for itself, with the value where nobody decided.

The process rules of training are a local standard (docs/domain.md §2.1 C22, C51), so they are data with a date and a
document. A key is permanent; its words are "standard.<key>" in `registry/words.py`. A part that needs a further rule adds
one line here and one there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registry.rules import criteria


class Kind(StrEnum):
    """What the value of a standard is: a whole number, yes or no, whole numbers that rise, or criteria."""

    COUNT = "count"
    SWITCH = "switch"
    COUNTS = "counts"
    CRITERIA = "criteria"


@dataclass(frozen=True)
class Standard:
    """One rule: the value where no federation decided, and between which numbers it may lie."""

    default: Any
    kind: Kind = Kind.COUNT
    least: int = 0
    most: int = 3_660


def _switch(*, on: bool) -> Standard:
    return Standard(on, Kind.SWITCH)


STANDARDS: Mapping[str, Standard] = {
    # Bases
    "accreditation_term_years": Standard(3, least=1, most=20),
    "plaque_reminder_days": Standard(90, most=730),
    "accreditation_notice_needed": _switch(on=True),
    "accreditation_notice_days": Standard(7, least=1, most=90),
    "base_review_criteria": Standard(criteria.REVIEW, Kind.CRITERIA),
    "base_evaluation_criteria": Standard(criteria.EVALUATION, Kind.CRITERIA),
    "base_evaluation_month": Standard(12, least=1, most=12),
    "base_evaluation_excellent": Standard(90, most=100),
    "base_evaluation_qualified": Standard(75, most=100),
    "base_evaluation_to_mend": Standard(60, most=100),
    "rectification_days": Standard(30, least=1, most=365),
    # Filing: seven days before the start in 衢州, docs/domain.md §5.3
    "filing_lead_days": Standard(7, most=90),
    "project_notice_days": Standard(5, least=1, most=90),
    "certificate_notice_needed": _switch(on=False),
    "certificate_notice_days": Standard(5, least=1, most=90),
    # Teaching and examination
    "hours_per_day": Standard(8, least=1, most=24),
    "attendance_required": Standard(80, most=100),
    "pass_mark": Standard(60, most=100),
    "examined_apart": _switch(on=False),
    "resits_allowed": Standard(1, most=10),
    "best_attempt_counts": _switch(on=True),
    "late_minutes": Standard(15, most=180),
    "satisfaction_needed": _switch(on=False),
    # After the cohort
    "follow_up_months": Standard([3, 6, 12], Kind.COUNTS, least=1, most=60),
    "graduate_follow_up_months": Standard([3, 6, 9, 12], Kind.COUNTS, least=1, most=24),
    "conversion_window_days": Standard(180, least=1, most=1_830),
    "retention_months": Standard(6, least=1, most=60),
    # Subsidies: five working days of notice and at most three in a year, docs/domain.md §5.3, §5.4
    "subsidy_notice_needed": _switch(on=True),
    "subsidy_notice_days": Standard(5, least=1, most=90),
    "subsidies_per_person_year": Standard(3, least=1, most=50),
}
MOST_COUNTS = 12


def problem(key: str, value: Any) -> str:
    """Why the standard cannot have this value, as a problem code, or "" when it can."""
    standard = STANDARDS[key]
    if standard.kind is Kind.SWITCH:
        return "" if isinstance(value, bool) else "standard_switch"
    if standard.kind is Kind.COUNT:
        return "" if _is_count(value, standard) else "standard_range"
    if standard.kind is Kind.CRITERIA:
        return "" if criteria.are_criteria(value) else "standard_criteria"
    if not isinstance(value, list) or not value or len(value) > MOST_COUNTS:
        return "standard_counts"
    counts = all(_is_count(one, standard) for one in value)
    return "" if counts and value == sorted(set(value)) else "standard_counts"


def _is_count(value: Any, standard: Standard) -> bool:
    return type(value) is int and standard.least <= value <= standard.most
