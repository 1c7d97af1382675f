"""A figure is held against its target and against linear time."""

from datetime import date
from decimal import Decimal

import pytest

from goals.rules.attainment import Pace, attainment, elapsed

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("on", "gone"),
    [
        (date(2024, 12, 31), "0.0"),
        (date(2025, 1, 1), "0.0"),  # one of 1,095 days, rounded down
        (date(2025, 12, 31), "33.3"),
        (date(2027, 12, 31), "100.0"),
        (date(2030, 1, 1), "100.0"),
    ],
)
def test_time_is_the_days_that_are_over(on: date, gone: str) -> None:
    assert elapsed(FIRST, LAST, on) == Decimal(gone)


@pytest.mark.parametrize(
    ("actual", "on", "pace"),
    [
        (1000, date(2025, 12, 31), Pace.ON_TIME),  # exactly a third of 3,000
        (999, date(2025, 12, 31), Pace.BEHIND),
        (0, date(2024, 12, 31), Pace.ON_TIME),  # it has not begun
        (3000, date(2025, 2, 1), Pace.MET),
        (2999, date(2027, 12, 31), Pace.BEHIND),  # the last day is not over yet
        (2999, date(2028, 1, 1), Pace.MISSED),
    ],
)
def test_it_is_behind_below_the_straight_line(actual: int, on: date, pace: Pace) -> None:
    found = attainment(Decimal(actual), Decimal(3000), first=FIRST, last=LAST, on=on)
    assert found.pace == pace


def test_shares_of_the_target_are_rounded_down_and_a_target_of_nothing_is_reached() -> None:
    found = attainment(Decimal(2999), Decimal(3000), first=FIRST, last=LAST, on=LAST)
    assert (found.share, found.ahead) == (Decimal("99.9"), Decimal("-0.1"))
    nothing = attainment(Decimal(0), Decimal(0), first=FIRST, last=LAST, on=FIRST)
    assert (nothing.share, nothing.pace) == (Decimal("100.0"), Pace.MET)
