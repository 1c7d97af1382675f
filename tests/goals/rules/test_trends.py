"""Quarters, and where the points of a chart lie."""

from datetime import date
from decimal import Decimal

import pytest

from goals.rules.trends import BOTTOM, LEFT, RIGHT, TOP, Point, ceiling, chart, last_quarter_end


@pytest.mark.parametrize(
    ("on", "end"),
    [
        (date(2024, 6, 3), date(2024, 3, 31)),
        (date(2024, 6, 30), date(2024, 3, 31)),
        (date(2024, 7, 1), date(2024, 6, 30)),
        (date(2024, 2, 1), date(2023, 12, 31)),
    ],
)
def test_the_last_quarter_is_the_one_that_is_over(on: date, end: date) -> None:
    assert last_quarter_end(on) == end


def test_a_chart_begins_at_nothing_and_ends_above_the_highest_point() -> None:
    points = [
        Point(date(2023, 12, 31), Decimal(0), 0),
        Point(date(2024, 12, 31), Decimal(10), 1),
        Point(date(2025, 12, 31), Decimal(20), 2),
    ]
    drawn = chart(points, highest=Decimal(100))
    assert [(dot.x, dot.y) for dot in drawn.dots] == [
        (LEFT, BOTTOM),
        (pytest.approx((LEFT + RIGHT) / 2, abs=0.1), (TOP + BOTTOM) / 2),
        (RIGHT, TOP),
    ]
    assert [value for value, _y in drawn.ticks] == [0, 10, 20]
    assert [year for year, _x in drawn.years] == [2024, 2025]


def test_points_of_one_day_and_of_nothing_can_be_drawn() -> None:
    (dot,) = chart([Point(date(2024, 1, 1), Decimal(0), 0)]).dots
    assert (dot.x, dot.y) == ((LEFT + RIGHT) / 2, BOTTOM)


@pytest.mark.parametrize(("value", "top"), [("0", 2), ("2.1", 4), ("37.5", 40), ("99", 100), ("101", 200)])
def test_a_chart_goes_up_to_a_round_number(value: str, top: int) -> None:
    assert ceiling(Decimal(value)) == top


def test_a_share_never_goes_above_a_hundred() -> None:
    assert ceiling(Decimal("99.9"), Decimal(100)) == 100
