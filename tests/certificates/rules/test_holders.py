"""What a holder types to prove who they are, and the secrets in links."""

import pytest

from certificates.rules.holders import ends_with, parse_last_four
from certificates.rules.link_tokens import digest, new_token


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


def test_a_token_has_128_random_bits_in_signs_that_a_qr_packs() -> None:
    assert new_token(lambda n: b"\xff" * n) == "7" * 25 + "4"
    assert len({new_token(lambda n, i=i: i.to_bytes(n, "big")) for i in range(1000)}) == 1000


def test_a_token_is_found_in_any_case_and_nothing_else_is_one() -> None:
    token = new_token(lambda n: bytes(range(n)))
    assert digest(token) == digest(token.lower()) != b""
    for other in ("", token[:-1], token + "A", "ı" * 26, "1" * 26, token[:-1] + "\n"):
        assert digest(other) == b""
