"""Signed trust bundles: which one a verifier takes first, and which one it takes next."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof import base64url, jws
from certificates.proof.errors import KeyBundleError
from certificates.proof.keys import KeyPurpose, KeyState, PublicKey
from certificates.proof.sign import LocalSigner
from certificates.proof.trust import BUNDLE_TYPE, TrustBundle, sign_bundle

LATER = timedelta(hours=1)


def service_key(signer: LocalSigner, **changes: Any) -> PublicKey:
    entry: dict[str, Any] = {
        "owner": "登记处",
        "purpose": KeyPurpose.SERVICE,
        "not_before": date(2024, 1, 1),
    }
    return PublicKey.of(signer.public_key, **(entry | changes))


def pin(signer: LocalSigner) -> bytes:
    return service_key(signer).thumbprint


def refused(action: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(KeyBundleError) as refusal:
        action(*arguments, **named)
    assert refusal.value.step == 4
    return refusal.value.code


def test_a_signed_bundle_comes_back_whole(registry: Any) -> None:
    text = sign_bundle(registry.bundle, [registry.service])
    assert TrustBundle.from_json(text) == registry.bundle
    assert TrustBundle.from_json(text.encode(), pins=[pin(registry.service)]) == registry.bundle


def test_a_bundle_without_the_pinned_keys_signature_is_refused(registry: Any, maker: Any) -> None:
    other = maker.fixed_signer("other service")
    both = registry.bundle_with(service_key(other))
    assert refused(TrustBundle.from_json, sign_bundle(both, [registry.service]), pins=[pin(other)]) == (
        "bundle_signature"
    )
    signed_twice = sign_bundle(both, [registry.service, other])
    assert TrustBundle.from_json(signed_twice, pins=[pin(other)]) == both


def test_a_pin_asks_for_a_signature(registry: Any) -> None:
    assert TrustBundle.from_json(registry.bundle.to_json()) == registry.bundle
    assert refused(TrustBundle.from_json, registry.bundle.to_json(), pins=[pin(registry.service)]) == (
        "bundle_unsigned"
    )


def test_a_strangers_bundle_under_our_key_id_is_refused(registry: Any, maker: Any) -> None:
    class Namesake:
        kid = registry.service.kid
        sign = maker.STRANGER.sign

    assert refused(TrustBundle.from_json, sign_bundle(registry.bundle, [Namesake()])) == "bundle_signature"


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": KeyPurpose.CERTIFICATE},
        {"state": KeyState.COMPROMISED, "compromised_from": date(2030, 1, 1)},
        {"not_before": date(2024, 7, 2)},
        {"state": KeyState.RETIRED, "not_after": date(2024, 6, 30)},
    ],
    ids=["a certificate key", "a compromised key", "not yet", "no longer"],
)
def test_only_a_service_key_in_its_time_signs_a_bundle(registry: Any, changes: dict[str, Any]) -> None:
    text = sign_bundle(registry.bundle_with(**changes), [registry.service])
    assert refused(TrustBundle.from_json, text) == "bundle_signature"
    assert refused(TrustBundle.from_json, text, pins=[pin(registry.service)]) == "bundle_signature"


def test_a_key_serves_through_its_last_day_in_beijing(registry: Any) -> None:
    # The bundle is of noon on 1 July in Beijing.
    bundle = registry.bundle_with(state=KeyState.RETIRED, not_after=date(2024, 7, 1))
    at_midnight = replace(bundle, issued_at=registry.at + timedelta(hours=12))
    assert TrustBundle.from_json(sign_bundle(bundle, [registry.service])) == bundle
    assert refused(TrustBundle.from_json, sign_bundle(at_midnight, [registry.service])) == "bundle_signature"


def test_a_newer_bundle_is_taken_when_a_key_we_trust_has_signed_it(registry: Any, maker: Any) -> None:
    coming = maker.fixed_signer("other service")
    held = registry.bundle_with(service_key(coming, state=KeyState.NEXT, not_before=date(2024, 7, 1)))
    newer = replace(held, issued_at=registry.at + LATER)
    for signer in (registry.service, coming):
        assert held.renewed(sign_bundle(newer, [signer])) == newer


def test_a_newer_bundle_signed_only_by_its_own_new_key_is_refused(registry: Any, maker: Any) -> None:
    usurper = maker.fixed_signer("other service")
    newer = replace(registry.bundle_with(service_key(usurper)), issued_at=registry.at + LATER)
    text = sign_bundle(newer, [usurper])
    assert TrustBundle.from_json(text) == newer
    assert refused(registry.bundle.renewed, text) == "bundle_signature"


def test_an_older_bundle_is_refused_and_the_same_one_is_taken(registry: Any) -> None:
    older = replace(registry.bundle, issued_at=registry.at - LATER)
    assert refused(registry.bundle.renewed, sign_bundle(older, [registry.service])) == "bundle_older"
    assert registry.bundle.renewed(sign_bundle(registry.bundle, [registry.service])) == registry.bundle


def test_another_registrys_bundle_is_refused(registry: Any) -> None:
    other = replace(registry.bundle, issuer="https://other.example.cn")
    assert refused(registry.bundle.renewed, sign_bundle(other, [registry.service])) == "bundle_issuer"


def test_a_plain_bundle_renews_nothing(registry: Any) -> None:
    assert refused(registry.bundle.renewed, registry.bundle.to_json()) == "bundle_unsigned"


def test_a_bundle_that_a_compromised_key_signed_renews_nothing(registry: Any) -> None:
    held = registry.bundle_with(state=KeyState.COMPROMISED, compromised_from=date(2024, 6, 1))
    assert refused(held.renewed, sign_bundle(registry.bundle, [registry.service])) == "bundle_signature"


def test_a_key_for_something_else_is_passed_over(registry: Any) -> None:
    content = json.loads(registry.bundle.to_json())
    content["keys"].append({"kty": "OKP", "crv": "Ed25519", "x": "AA", "purpose": "credential"})
    assert TrustBundle.from_json(json.dumps(content)) == registry.bundle
    content["keys"][-1]["d"] = "AA"
    assert refused(TrustBundle.from_json, json.dumps(content)) == "key_private"


@pytest.mark.parametrize(
    "change",
    [
        {"iat": -1},
        {"iat": 10**15},
        {"iat": "2024-07-01"},
        {"iat": True},
        {"issuer": 5},
        {"issuer": "cert.example.cn"},
        {"issuer": "https://cert.example.cn/"},
        {"issuer": "https://\ud800"},
    ],
)
def test_a_wrong_time_or_issuer_is_refused(registry: Any, change: dict[str, Any]) -> None:
    content = json.loads(registry.bundle.to_json()) | change
    assert refused(TrustBundle.from_json, json.dumps(content)) == "bundle_format"


def test_a_signed_bundle_has_an_issuer_and_a_time(registry: Any) -> None:
    for bundle in (replace(registry.bundle, issuer=""), replace(registry.bundle, issued_at=None)):
        assert refused(sign_bundle, bundle, [registry.service]) == "bundle_format"
        text = jws.sign_general(bundle.to_json().encode(), typ=BUNDLE_TYPE, signers=[registry.service])
        assert refused(TrustBundle.from_json, text) == "bundle_format"


def test_a_huge_bundle_is_not_read() -> None:
    assert refused(TrustBundle.from_json, " " * (2**22 + 1)) == "bundle_too_large"


def test_a_bundles_age_is_from_when_it_was_signed_or_else_from_its_day(registry: Any) -> None:
    assert registry.bundle.age(registry.at + LATER) == LATER
    assert registry.bundle.age(registry.at - LATER) == timedelta()
    # Noon in Beijing is twelve hours into the day.
    assert replace(registry.bundle, issued_at=None).age(registry.at) == timedelta(hours=12)


def test_an_index_names_its_status_list(registry: Any) -> None:
    assert registry.bundle.status_uri(2**20 + 5) == "https://cert.example.cn/status/1"


def header(text: str, **changes: Any) -> str:
    """The bundle with its signature's header changed: then the signature fits no more, but is looked at last."""
    content = json.loads(text)
    entry = content["signatures"][0]
    changed = json.loads(base64url.decode(entry["protected"])) | changes
    entry["protected"] = base64url.encode(json.dumps(changed).encode())
    return json.dumps(content)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"alg": "none"}, "jws_algorithm"),
        ({"alg": "HS256"}, "jws_algorithm"),
        ({"alg": ["ES256"]}, "jws_algorithm"),
        ({"crit": ["b64"], "b64": False}, "jws_critical"),
        ({"typ": "statuslist+jwt"}, "jws_type"),
        ({"typ": None}, "jws_type"),
        ({"kid": "AAAA"}, "jws_key_id"),
        ({"kid": 7}, "jws_format"),
        ({"jwk": {}}, "bundle_signature"),
    ],
)
def test_a_header_is_held_to_one_algorithm_and_kind(registry: Any, changes: Any, code: str) -> None:
    text = header(sign_bundle(registry.bundle, [registry.service]), **changes)
    assert refused(TrustBundle.from_json, text) == code


def test_a_later_algorithm_beside_ours_is_passed_over(registry: Any) -> None:
    content = json.loads(sign_bundle(registry.bundle, [registry.service]))
    other = {"protected": base64url.encode(b'{"alg":"SM2SM3"}'), "signature": "AAAA"}
    content["signatures"].insert(0, other)
    assert TrustBundle.from_json(json.dumps(content)) == registry.bundle
    content["signatures"] = [other]
    assert refused(TrustBundle.from_json, json.dumps(content)) == "jws_algorithm"


@pytest.mark.parametrize(
    "content",
    [
        {"payload": ""},
        {"payload": "", "signatures": []},
        {"payload": "", "signatures": [None]},
        {"payload": 5, "signatures": [{"protected": "", "signature": ""}]},
        {"payload": "é", "signatures": [{"protected": "", "signature": ""}]},
        {"payload": "", "signatures": [{"protected": "AAAA", "signature": ""}]},
        {"payload": "", "signatures": [{"protected": "W10", "signature": ""}]},
        {"payload": "", "signatures": [{"header": {}, "protected": "e30", "signature": ""}]},
        {"payload": "", "signatures": [{}] * 9},
    ],
)
def test_what_is_not_a_jws_is_refused(content: Any) -> None:
    assert refused(TrustBundle.from_json, json.dumps(content)) in ("jws_format", "jws_algorithm")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(st.data())
def test_any_bundle_is_read_or_refused(registry: Any, data: Any) -> None:
    plain = json.loads(registry.bundle.to_json())
    signed = json.loads(sign_bundle(registry.bundle, [registry.service]))
    content = data.draw(st.sampled_from([plain, plain["keys"][0], signed, signed["signatures"][0]]))
    content[data.draw(st.sampled_from(sorted(content)))] = data.draw(JSON)
    for whole in (plain, signed):
        with suppress(KeyBundleError):
            TrustBundle.from_json(json.dumps(whole))


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_and_any_text_are_refused(text: bytes | str) -> None:
    with pytest.raises(KeyBundleError):
        TrustBundle.from_json(text)
