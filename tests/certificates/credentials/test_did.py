"""The DID and its document; that other resolvers take it, see tests/certificates/views/test_open_badges.py."""

import pytest

from certificates.credentials import did


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("https://certs.example.org", "did:web:certs.example.org"),
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
        ("https://xn--fiq228c.example:444/", "did:web:xn--fiq228c.example%3A444"),
    ],
)
def test_the_did_is_the_host_name(site: str, expected: str) -> None:
    assert did.did_web(site) == expected


def test_a_key_is_cited_by_its_id() -> None:
    assert did.method_id("did:web:a.example", b"\x7d\xcc\x16\xd7\x63\x29") == "did:web:a.example#fcwW12Mp"


def test_every_key_may_sign_credentials_and_names_its_owner() -> None:
    first = did.es256_method("did:web:a.example", b"123456", x=b"x" * 32, y=b"y" * 32)
    second = did.ed25519_method("did:web:a.example", b"654321", public_key=b"p" * 32)
    document = did.document("did:web:a.example", [first, second])

    assert document["assertionMethod"] == [first["id"], second["id"]]
    assert {method["controller"] for method in document["verificationMethod"]} == {document["id"]}
    assert "d" not in first["publicKeyJwk"]
