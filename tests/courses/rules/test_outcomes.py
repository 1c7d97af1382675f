"""The rule that decides an outcome."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.outcomes import (
    ATTENDANCE_SHORT,
    MARK_SHORT,
    NOT_ASSESSED,
    PASSED,
    Decision,
    Record,
    Requirements,
    attendance_percent,
    decide,
    planned_hours,
)

records = st.builds(
    Record,
    attended_hours=st.integers(0, 400),
    score=st.none() | st.decimals(0, 100, places=1),
)
requirements = st.builds(
    Requirements,
    planned_hours=st.integers(1, 400),
    attendance_required=st.integers(0, 100),
    pass_mark=st.integers(0, 100),
)


@pytest.mark.parametrize(
    ("hours", "score", "decision"),
    [
        (16, "60", PASSED),
        (15, "100", ATTENDANCE_SHORT),
        (15, None, ATTENDANCE_SHORT),
        (16, "59.9", MARK_SHORT),
        (20, None, NOT_ASSESSED),
        (20, "0", MARK_SHORT),
    ],
)
def test_80_percent_of_20_hours_and_60_points_are_just_enough(
    hours: int, score: str | None, decision: Decision
) -> None:
    record = Record(hours, None if score is None else Decimal(score))
    assert decide(record, Requirements(20, 80, 60)) == decision


@given(records, requirements)
def test_whoever_passed_reached_both_thresholds_and_whoever_failed_missed_the_one_named(
    record: Record, asked: Requirements
) -> None:
    decision = decide(record, asked)
    share = Fraction(record.attended_hours, asked.planned_hours)
    enough_hours = share >= Fraction(asked.attendance_required, 100)
    enough_score = record.score is not None and record.score >= asked.pass_mark
    assert (decision == PASSED) == (enough_hours and enough_score)
    assert (decision == ATTENDANCE_SHORT) == (not enough_hours)
    assert (decision == NOT_ASSESSED) == (enough_hours and record.score is None)


@given(records, requirements, st.integers(1, 50))
def test_more_hours_never_take_a_pass_away(record: Record, asked: Requirements, more: int) -> None:
    if decide(record, asked) == PASSED:
        assert decide(Record(record.attended_hours + more, record.score), asked) == PASSED


@given(st.integers(0, 400), requirements)
def test_the_share_shown_never_looks_like_the_threshold_it_missed(attended: int, asked: Requirements) -> None:
    shown = attendance_percent(attended_hours=attended, planned_hours=asked.planned_hours)
    short = decide(Record(attended, Decimal(100)), asked) == ATTENDANCE_SHORT
    assert short == (shown < asked.attendance_required)


def test_a_timetable_cut_short_does_not_lower_the_bar_and_a_longer_one_raises_it() -> None:
    assert planned_hours(course_hours=120, session_hours=8) == 120
    assert planned_hours(course_hours=120, session_hours=136) == 136


def test_no_hours_at_all_are_no_attendance() -> None:
    assert attendance_percent(attended_hours=0, planned_hours=0) == 0
