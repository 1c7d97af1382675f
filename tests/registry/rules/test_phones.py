import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules import phones
from registry.rules.phones import PhoneKind


@pytest.mark.parametrize(
    ("typed", "number", "kind"),
    [
        ("13893812345", "13893812345", PhoneKind.MOBILE),
        ("+86 138-9381-2345", "13893812345", PhoneKind.MOBILE),
        ("8613893812345", "13893812345", PhoneKind.MOBILE),
        ("１３８９３８１２３４５", "13893812345", PhoneKind.MOBILE),
        ("0938-8212345", "09388212345", PhoneKind.LANDLINE),
        ("(022)23456789", "02223456789", PhoneKind.LANDLINE),
        ("0938-8212345转8", "09388212345转8", PhoneKind.LANDLINE),
        ("8212345", "8212345", PhoneKind.LANDLINE),
        ("12893812345", "12893812345", PhoneKind.UNKNOWN),
        ("1389381234", "1389381234", PhoneKind.UNKNOWN),
        ("13893812345/13893812346", "13893812345/13893812346", PhoneKind.UNKNOWN),
        ("无", "无", PhoneKind.UNKNOWN),
    ],
)
def test_numbers_are_tidied_and_judged(typed, number, kind):
    assert phones.clean(typed) == number
    assert phones.kind(number) is kind


@given(st.text())
def test_cleaning_twice_changes_nothing_more_for_mobiles_and_never_fails(text):
    cleaned = phones.clean(text)
    assert phones.kind(cleaned) in PhoneKind
