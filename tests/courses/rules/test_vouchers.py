"""Numbers of vouchers can be said, typed in many ways, and tell a slip."""

import pytest

from courses.rules import vouchers


def test_a_number_has_twelve_digits_and_the_check_digit_of_the_standard() -> None:
    assert vouchers.check_digit("79462") == "3"  # the example of ISO/IEC 7064
    assert vouchers.number(7).startswith("00000000007")
    assert len(vouchers.number(10**11 - 1)) == 12


@pytest.mark.parametrize("typed", ["{0}", "{0[0]} {1}", "{0[0]}-{1}", "　{0}\t"])
def test_blanks_and_hyphens_do_not_matter(typed: str) -> None:
    number = vouchers.number(12345678901)
    assert vouchers.parse(typed.format(number, number[1:])) == number


def test_full_width_digits_are_digits() -> None:
    number = vouchers.number(12345678901)
    wide = number.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert vouchers.parse(wide) == number


def test_every_single_wrong_digit_is_found() -> None:
    number = vouchers.number(90210)
    for place in range(12):
        for digit in "0123456789":
            wrong = number[:place] + digit + number[place + 1 :]
            if wrong == number:
                continue
            with pytest.raises(ValueError, match=wrong):
                vouchers.parse(wrong)


@pytest.mark.parametrize("text", ["", "12", "1" * 13, "一二三四五六七八九十一二", "12345678901a"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the text itself is all it says
        vouchers.parse(text)


def test_it_is_shown_and_said_in_fours() -> None:
    assert vouchers.grouped("123456789012") == "1234 5678 9012"
