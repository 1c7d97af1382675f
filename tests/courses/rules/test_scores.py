"""Scores as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules import scores


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("85", "85"),
        (" 85.5 ", "85.5"),
        ("８５．５", "85.5"),
        ("85分", "85"),
        ("0", "0"),
        ("100", "100"),
        ("85.0", "85"),
    ],
)
def test_a_score_is_read_in_any_width(text: str, score: str) -> None:
    assert scores.parse(text) == Decimal(score)


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_nothing_typed_is_no_score(text: str) -> None:
    assert scores.parse(text) is None


@pytest.mark.parametrize(
    "text", ["100.1", "-1", "85.55", "abc", "8 5", "1e1", "NaN", "inf", "八十五", "合格", ".", "1.2.3"]
)
def test_what_is_no_score_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        scores.parse(text)


@given(st.text(max_size=12))
def test_any_text_is_a_score_in_range_or_refused(text: str) -> None:
    try:
        score = scores.parse(text)
    except ValueError:
        return
    assert score is None or 0 <= score <= 100


@given(st.decimals(0, 100, places=1))
def test_every_score_with_one_decimal_comes_back(score: Decimal) -> None:
    assert scores.parse(str(score)) == score
