"""Marks of attendance as people write them."""

import pytest

from courses.rules.attendance import COUNTS_AS_THERE, MARKS, parse


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("出勤", "present"),
        ("√", "present"),
        ("迟到", "late"),
        ("病假", "leave"),
        (" 旷课 ", "absent"),
        ("X", "absent"),
    ]
    + [(mark, mark) for mark in MARKS]
    + [("", ""), ("　", "")],
)
def test_the_usual_spellings_are_read(text: str, mark: str) -> None:
    assert parse(text) == mark


@pytest.mark.parametrize("text", ["在", "出勤缺勤", "2", "早退"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        parse(text)


def test_late_is_there_and_leave_is_not() -> None:
    assert {"present", "late"} == COUNTS_AS_THERE
