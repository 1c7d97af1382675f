"""The last four signs of a citizen ID, as people type them to prove who they are."""

import pytest

from registry.rules.last_four import ends_with, parse_last_four


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0026", "0026"),
        (" 002x ", "002X"),
        ("００２Ｘ", "002X"),
        ("00 26", "0026"),
        ("026", ""),
        ("X026", ""),
        ("00261", ""),
        ("002٦", ""),
        ("", ""),
        ("0" * 10_000, ""),
    ],
)
def test_the_last_four_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert parse_last_four(typed) == meant


def test_only_the_last_four_of_the_number_fit() -> None:
    assert ends_with("62050219850315002X", "002X")
    assert not ends_with("62050219850315002X", "0026")
    assert not ends_with("62050219850315002X", "")
