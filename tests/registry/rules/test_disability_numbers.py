import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules import disability_numbers
from registry.rules.disability_numbers import (
    DisabilityCategory,
    DisabilityNumberCategory,
    DisabilityNumberCitizenId,
    DisabilityNumberError,
    DisabilityNumberGrade,
    DisabilityNumberLength,
    DisabilityNumberMissing,
    DisabilityNumberReissue,
)

TODAY = date(2024, 5, 1)
ID = "620502197103150026"


def test_number_of_first_issue_gives_category_grade_and_citizen_id():
    parsed = disability_numbers.parse(f"{ID}11", on=TODAY)

    assert parsed.category is DisabilityCategory.VISUAL
    assert parsed.grade == 1
    assert parsed.reissue_no == 0
    assert parsed.citizen_id.value == ID
    assert parsed.value == parsed.base == f"{ID}11"


@pytest.mark.parametrize(("mark", "reissue_no"), [("B", 1), ("b1", 1), ("B2", 2), ("Ｂ９", 9), (" B3 ", 3)])
def test_reissue_marks_are_read(mark, reissue_no):
    parsed = disability_numbers.parse(f"{ID}43{mark}", on=TODAY)

    assert parsed.reissue_no == reissue_no
    assert parsed.value == f"{ID}43B{reissue_no}"
    assert parsed.base == f"{ID}43"


@pytest.mark.parametrize("digit", range(1, 8))
def test_categories_follow_the_standard(digit):
    parsed = disability_numbers.parse(f"{ID}{digit}2", on=TODAY)

    assert parsed.category.digit == digit
    assert (digit == 7) is (parsed.category is DisabilityCategory.MULTIPLE)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", DisabilityNumberMissing),
        (ID, DisabilityNumberLength),
        (f"{ID}1", DisabilityNumberLength),
        (f"{ID}1111", DisabilityNumberLength),
        (f"{ID}11B0", DisabilityNumberReissue),
        (f"{ID}11B12", DisabilityNumberReissue),
        (f"{ID}11BX", DisabilityNumberReissue),
        ("62050219710315002711", DisabilityNumberCitizenId),
        (f"{ID}81", DisabilityNumberCategory),
        (f"{ID}01", DisabilityNumberCategory),
        (f"{ID}15", DisabilityNumberGrade),
        (f"{ID}1X", DisabilityNumberGrade),
    ],
)
def test_each_fault_has_its_own_error(typed, error):
    with pytest.raises(DisabilityNumberError) as refusal:
        disability_numbers.parse(typed, on=TODAY)

    assert type(refusal.value) is error
    assert "1971" not in str(refusal.value)


def test_wrong_citizen_part_says_why():
    with pytest.raises(DisabilityNumberCitizenId) as refusal:
        disability_numbers.parse("62050219710231002611", on=TODAY)

    assert refusal.value.facts == {"reason": "citizen_id_birth_date"}


@given(st.text() | st.from_regex(r"\A620502197103150026[0-9X]{0,3}[Bb]?[0-9]?\Z"))
def test_any_text_gives_a_typed_error_or_a_number(text):
    with contextlib.suppress(DisabilityNumberError):
        assert 20 <= len(disability_numbers.parse(text, on=TODAY).value) <= 22
