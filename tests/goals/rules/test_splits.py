"""Proposals add up to what is split, and the sum check says what is left or too much."""

from decimal import Decimal

import pytest

from goals.rules import splits


@pytest.mark.parametrize("total", [Decimal(3000), Decimal(7), Decimal(0), Decimal("10.01"), Decimal(1)])
def test_a_proposal_always_adds_up(total: Decimal) -> None:
    weights = {"a": 0, "b": 1, "c": 3, "d": 7, "e": 7}
    for found in (splits.by_weight(total, weights), splits.evenly(total, list(weights))):
        assert sum(found.values()) == total
        assert found.keys() == weights.keys()


def test_a_proposal_is_of_whole_people_in_proportion() -> None:
    assert splits.by_weight(Decimal(10), {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert splits.by_weight(Decimal(100), {"a": 2, "b": 1, "c": 0}) == {"a": 67, "b": 33, "c": 0}
    assert splits.by_weight(Decimal(9), {"a": 0, "b": 0, "c": 0}) == {"a": 3, "b": 3, "c": 3}
    assert splits.by_weight(Decimal(9), {}) == {}


@pytest.mark.parametrize(
    ("total", "given", "left", "over"),
    [(100, [60, None, 30], 10, 0), (100, [60, 50], 0, 10), (100, [100], 0, 0), (None, [], 0, 0)],
)
def test_the_sum_check_tells_what_is_left_and_what_is_too_much(
    total: int | None, given: list[int | None], left: int, over: int
) -> None:
    found = splits.check(
        None if total is None else Decimal(total), [None if one is None else Decimal(one) for one in given]
    )
    assert (found.unallocated, found.over) == (left, over)
    assert found.fits is (total is not None and not left and not over)
