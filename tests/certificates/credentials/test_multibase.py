"""Bytes in the spellings of the DID world, by the examples of their specifications."""

import pytest

from certificates.credentials.multibase import base58btc, base64url_nopad, ed25519_multikey


@pytest.mark.parametrize(
    ("data", "text"),
    [
        # draft-msporny-base58-03, §5
        (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
        (b"", "z"),
    ],
)
def test_base58_of_the_draft(data: bytes, text: str) -> None:
    assert base58btc(data) == text


def test_base64url_has_its_letter_and_no_padding() -> None:
    assert base64url_nopad(b"\xfb\xff") == "u-_8"


def test_the_multikey_of_the_first_key_of_rfc_8032() -> None:
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert ed25519_multikey(key) == "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"
