"""Whether a trainee completed: attendance first, then the mark. The two thresholds are settings of the course."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Record:
    """What is known of one trainee: hours in 课时, score 0 to 100 or none."""

    attended_hours: int
    score: Decimal | None


@dataclass(frozen=True)
class Requirements:
    """What the course asks (docs/domain.md §2.1 C22, C51): the share of the planned hours in per cent, and the mark."""

    planned_hours: int
    attendance_required: int
    pass_mark: int


@dataclass(frozen=True)
class Decision:
    """The outcome and the rule that decided it; the values are those stored on the enrolment."""

    outcome: str
    rule: str


PASSED = Decision("completed", "passed")
ATTENDANCE_SHORT = Decision("failed", "attendance_short")
NOT_ASSESSED = Decision("failed", "not_assessed")
MARK_SHORT = Decision("failed", "mark_short")


def planned_hours(*, course_hours: int, session_hours: int) -> int:
    """The hours against which attendance counts: the course's, or those of its timetable where that has more.

    A timetable shorter than the course does not lower the bar: hours cut from a month to a day are a fraud that the
    audit of 2023 met (docs/domain.md §5.5).
    """
    return max(course_hours, session_hours)


def attendance_percent(*, attended_hours: int, planned_hours: int) -> int:
    """The share for reading, in whole per cent, rounded down so that 79.9 never looks like the 80 it missed."""
    return 0 if planned_hours == 0 else attended_hours * 100 // planned_hours


def decide(record: Record, requirements: Requirements) -> Decision:
    """Decide in whole numbers: attended × 100 ≥ planned × required."""
    if record.attended_hours * 100 < requirements.planned_hours * requirements.attendance_required:
        return ATTENDANCE_SHORT
    if record.score is None:
        return NOT_ASSESSED
    return PASSED if record.score >= requirements.pass_mark else MARK_SHORT
