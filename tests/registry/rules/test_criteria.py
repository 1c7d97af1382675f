from decimal import Decimal
from typing import Any

import pytest

from registry.rules.criteria import are_criteria, criterion, result, score

TWO = [criterion("场地", 1, 10), criterion("师资", 3, 100)]


def test_a_score_is_each_share_by_its_weight() -> None:
    assert score(TWO, [10, 100]) == 100
    assert score(TWO, [5, 100]) == Decimal("87.5")
    assert score(TWO, [0, 33]) == Decimal("24.8")


@pytest.mark.parametrize(
    ("reached", "said"),
    [("90.0", "excellent"), ("89.9", "qualified"), ("60.0", "to_mend"), ("59.9", "unqualified")],
)
def test_the_best_threshold_that_is_reached_decides(reached: str, said: str) -> None:
    assert result(Decimal(reached), {"excellent": 90, "qualified": 75, "to_mend": 60}) == said


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        ["场地"],
        [{"name": "场地", "weight": 1}],
        [criterion("", 1)],
        [criterion("场地", 0)],
        [criterion("场地", 1, 1001)],
        [criterion("场地", True)],
        [criterion("场地", 1), criterion("场地", 2)],
        [criterion("场\n地", 1)],
        [criterion(f"第{n}条", 1) for n in range(21)],
    ],
)
def test_what_are_no_criteria(value: Any) -> None:
    assert not are_criteria(value)


def test_what_are_criteria() -> None:
    assert are_criteria(TWO)
