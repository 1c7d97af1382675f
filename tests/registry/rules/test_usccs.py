import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from registry.rules import usccs
from registry.rules.usccs import UsccCharacters, UsccChecksum, UsccError, UsccLength

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_a_real_code_is_accepted_as_people_type_it():
    assert usccs.parse(" 91110000 6000 37341l ") == "91110000600037341L"
    assert usccs.kind("91110000600037341L") == "enterprise"
    assert usccs.kind("52620500MJX0000000") == "private_non_enterprise"
    assert usccs.kind("Y1620500MJX0000000") == "other"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", UsccLength),
        ("9111000060003734", UsccLength),
        ("91110000600037341I", UsccCharacters),
        ("911100A0600037341L", UsccCharacters),
        ("91110000600037341M", UsccChecksum),
        ("91110000600037314L", UsccChecksum),
    ],
)
def test_each_fault_has_its_own_error(typed, error):
    with pytest.raises(UsccError) as refusal:
        usccs.parse(typed)

    assert type(refusal.value) is error


@given(st.from_regex(r"\A[159][1239][0-9]{6}\Z"), st.text(ALPHABET, min_size=9, max_size=9))
def test_check_character_agrees_with_stdnum(front, organisation):
    body = front + organisation
    code = body + usccs.check_character(body)

    assert uscc.calc_check_digit(body) == code[-1]
    assert usccs.parse(code) == code


@given(st.text())
def test_any_text_gives_a_typed_error_or_a_code(text):
    with contextlib.suppress(UsccError):
        assert len(usccs.parse(text)) == 18
