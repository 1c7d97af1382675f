"""The secrets in links."""

from certificates.rules.link_tokens import digest, new_token


def test_a_token_has_128_random_bits_in_signs_that_a_qr_packs() -> None:
    assert new_token(lambda n: b"\xff" * n) == "7" * 25 + "4"
    assert len({new_token(lambda n, i=i: i.to_bytes(n, "big")) for i in range(1000)}) == 1000


def test_a_token_is_found_in_any_case_and_nothing_else_is_one() -> None:
    token = new_token(lambda n: bytes(range(n)))
    assert digest(token) == digest(token.lower()) != b""
    for other in ("", token[:-1], token + "A", "ı" * 26, "1" * 26, token[:-1] + "\n"):
        assert digest(other) == b""
