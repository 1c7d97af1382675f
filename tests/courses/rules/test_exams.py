"""Scores of examinations."""

from decimal import Decimal

import pytest

from courses.rules.exams import Mark, counting, is_settled, score

D = Decimal


@pytest.mark.parametrize(
    ("mark", "kind", "weight", "expected"),
    [
        (Mark(theory=D(80)), "theory", 100, D("80.0")),
        (Mark(practice=D("59.9")), "practice", 0, D("59.9")),
        (Mark(D(50), D(60)), "both", 50, D("55.0")),
        (Mark(D("59.9"), D("60.0")), "both", 50, D("60.0")),  # 59.95, half rounded up
        (Mark(D("59.8"), D("60.0")), "both", 50, D("59.9")),
        (Mark(D(80)), "both", 50, None),
        (Mark(is_absent=True), "both", 50, None),
    ],
)
def test_parts_are_weighted_and_rounded_half_up(
    mark: Mark, kind: str, weight: int, expected: Decimal | None
) -> None:
    assert score(mark, kind, weight) == expected


def test_settled_is_absent_or_every_part() -> None:
    assert is_settled(Mark(is_absent=True), "both")
    assert is_settled(Mark(practice=D(0)), "practice")
    assert not is_settled(Mark(theory=D(80)), "both")


@pytest.mark.parametrize(
    ("scores", "best", "expected"),
    [
        ([D(50), D(70), D(60)], True, D(70)),
        ([D(50), D(70), D(60)], False, D(60)),
        ([D(70), None], False, D(70)),
        ([None, None], True, None),
        ([], False, None),
    ],
)
def test_the_best_or_the_last_counts_and_an_absence_takes_nothing_away(
    scores: list[Decimal | None], best: bool, expected: Decimal | None
) -> None:
    assert counting(scores, best=best) == expected
