"""Trust bundles: what they hold, what they refuse, and when a key may sign."""

import base64
import hashlib
import json
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof.errors import KeyBundleError, KeyWindowError
from certificates.proof.keys import KeyState, PublicKey, kid_of
from certificates.proof.trust import TrustBundle

KEY = ec.derive_private_key(20240618, ec.SECP256R1()).public_key()


def entry(**changes: Any) -> PublicKey:
    return PublicKey.of(KEY, **({"owner": "天水市残疾人联合会", "not_before": date(2022, 1, 1)} | changes))


def bundle_text(jwk: Any) -> str:
    return json.dumps({"format": "twoskills-trust-bundle-1", "as_of": "2024-07-01", "keys": [jwk]})


def test_a_bundle_comes_back_from_its_json() -> None:
    closed = entry(state=KeyState.COMPROMISED, compromised_from=date(2023, 5, 1), not_after=date(2024, 1, 1))
    bundle = TrustBundle(as_of=date(2024, 7, 1), keys=(entry(), closed))
    assert TrustBundle.from_json(bundle.to_json()) == bundle


def test_a_key_id_is_the_start_of_the_rfc_7638_thumbprint() -> None:
    jwk = entry().to_jwk()
    required = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(required.encode()).digest()).decode()
    assert jwk["kid"] == thumbprint[:8]
    assert entry().kid == kid_of(KEY) == base64.urlsafe_b64decode(jwk["kid"])


def test_two_keys_with_one_id_are_both_found() -> None:
    bundle = TrustBundle(as_of=date(2024, 7, 1), keys=(entry(owner="甲"), entry(owner="乙")))
    assert [key.owner for key in bundle.find(kid_of(KEY))] == ["甲", "乙"]


def test_an_unknown_key_id_is_refused() -> None:
    with pytest.raises(KeyBundleError) as refusal:
        TrustBundle(as_of=date(2024, 7, 1), keys=(entry(),)).find(b"\0" * 6)
    assert (refusal.value.code, refusal.value.step) == ("key_unknown", 4)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kty": "RSA"}, "key_not_p256"),
        ({"crv": "P-384"}, "key_not_p256"),
        ({"alg": "none"}, "key_not_p256"),
        ({"d": "AAAA"}, "key_private"),
        ({"x": "A" * 43}, "key_off_curve"),
        ({"y": "AAAA"}, "key_off_curve"),
        ({"x": "not base64url!"}, "bundle_format"),
        ({"x": "é"}, "bundle_format"),
        ({"x": 1}, "bundle_format"),
        ({"x": None}, "bundle_format"),
        ({"kid": "AAAAAAAA"}, "key_id_wrong"),
        ({"kid": None}, "key_id_wrong"),
        ({"owner": ""}, "bundle_format"),
        ({"owner": 1}, "bundle_format"),
        ({"owner": None}, "bundle_format"),
        ({"state": "lost"}, "bundle_format"),
        ({"not_before": None}, "bundle_format"),
        ({"not_before": "20220101"}, "bundle_format"),
        ({"not_before": "2022-02-30"}, "bundle_format"),
        ({"not_after": "2021-12-31"}, "key_dates"),
        ({"state": "retired"}, "key_dates"),
        ({"state": "compromised"}, "key_dates"),
        ({"compromised_from": "2023-01-01"}, "key_dates"),
    ],
)
def test_a_key_that_cannot_be_trusted_refuses_the_bundle(change: dict[str, Any], reason: str) -> None:
    jwk = {name: value for name, value in (entry().to_jwk() | change).items() if value is not None}
    with pytest.raises(KeyBundleError) as refusal:
        TrustBundle.from_json(bundle_text(jwk))
    assert refusal.value.code == reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        b"\xff",
        '{"format": "twoskills-trust-bundle-2", "as_of": "2024-07-01", "keys": []}',
        '{"format": "twoskills-trust-bundle-1", "as_of": "today", "keys": []}',
        '{"format": "twoskills-trust-bundle-1", "as_of": "2024-07-01", "keys": {}}',
        '{"format": "twoskills-trust-bundle-1", "as_of": "2024-07-01", "keys": [null]}',
    ],
)
def test_a_file_that_is_not_a_bundle_is_refused(text: str | bytes) -> None:
    with pytest.raises(KeyBundleError) as refusal:
        TrustBundle.from_json(text)
    assert refusal.value.code == "bundle_format"


def test_an_unknown_member_is_ignored() -> None:
    assert TrustBundle.from_json(bundle_text(entry().to_jwk() | {"note": "new"})).keys == (entry(),)


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1()])
def test_only_p256_keys_have_an_entry(curve: ec.EllipticCurve) -> None:
    with pytest.raises(KeyBundleError) as refusal:
        PublicKey.of(ec.generate_private_key(curve).public_key(), owner="甲", not_before=date(2022, 1, 1))
    assert refusal.value.code == "key_not_p256"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_key_signs_only_in_its_window_and_before_it_is_closed(day: date) -> None:
    key = entry(not_after=date(2025, 12, 31), state=KeyState.COMPROMISED, compromised_from=date(2024, 6, 18))
    if not date(2022, 1, 1) <= day <= date(2025, 12, 31):
        with pytest.raises(KeyWindowError, match="not allowed"):
            key.check_date(day)
    elif day >= date(2024, 6, 18):
        with pytest.raises(KeyWindowError, match="closed"):
            key.check_date(day)
    else:
        key.check_date(day)


def test_a_key_without_a_known_end_signs_on() -> None:
    entry().check_date(date(2119, 12, 31))
