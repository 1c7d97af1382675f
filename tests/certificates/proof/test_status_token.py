"""Signed status lists, as JWT and as CWT: what is signed is read, anything else is refused."""

import json
import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof import base64url, cose, jws
from certificates.proof.errors import EnvelopeError, JwsError, StatusError
from certificates.proof.keys import KeyPurpose, KeyState
from certificates.proof.status import PACKED_SIZE, Status, StatusList
from certificates.proof.status_token import (
    CWT_TYPE,
    JWT_TYPE,
    MAX_SIZE,
    StatusToken,
    pick,
    read,
    sign_cwt,
    sign_jwt,
)

URI = "https://cert.example.cn/status/0"
ENTRIES = {5: Status.INVALID, 47: Status.SUSPENDED, 2**20 - 1: Status.REPLACED}


@pytest.fixture(params=["jwt", "cwt"])
def make(request: pytest.FixtureRequest, registry: Any) -> Any:
    """Makes a token of either form."""
    return registry.token if request.param == "jwt" else registry.cwt


def opened(registry: Any, data: str | bytes, **changes: Any) -> StatusToken:
    return read(data, registry.bundle_with(**changes), uri=URI, at=registry.at)


def refused(registry: Any, data: str | bytes, **changes: Any) -> str:
    with pytest.raises(StatusError) as refusal:
        opened(registry, data, **changes)
    assert refusal.value.step == 8
    return refusal.value.code


def test_what_is_signed_is_read(registry: Any, make: Any) -> None:
    token = opened(registry, make(ENTRIES))
    assert {index: token.status(index) for index in ENTRIES} == ENTRIES
    assert [token.status(index) for index in (0, 4, 6, 46, 48)] == [Status.VALID] * 5
    assert token.uri == URI
    assert token.issued_at == registry.at - timedelta(hours=1)
    assert token.expires_at == registry.at + timedelta(days=1)
    assert (token.ttl, token.kid) == (3600, registry.service.kid)


def test_an_index_of_a_later_list_is_found_at_its_place(registry: Any, make: Any) -> None:
    token = opened(registry, make(ENTRIES))
    assert token.status(3 * 2**20 + 47) is Status.SUSPENDED


def test_a_jwt_read_from_a_file_is_bytes(registry: Any) -> None:
    assert opened(registry, registry.token(ENTRIES).encode()).status(5) is Status.INVALID


def test_an_expired_list_is_read_and_says_so(registry: Any, make: Any) -> None:
    token = opened(registry, make(expires_at=registry.at))
    assert token.expired(registry.at)
    assert not token.expired(registry.at - timedelta(seconds=1))
    assert token.age(registry.at) == timedelta(hours=1)


def test_another_list_is_not_the_one_asked_for(registry: Any, make: Any) -> None:
    assert refused(registry, make(uri="https://cert.example.cn/status/1")) == "status_uri"
    assert refused(registry, make(uri="https://other.example.cn/status/0")) == "status_uri"


def test_a_list_from_the_future_is_refused_beyond_a_clocks_error(registry: Any, make: Any) -> None:
    assert opened(registry, make(issued_at=registry.at + timedelta(minutes=5)))
    assert refused(registry, make(issued_at=registry.at + timedelta(minutes=5, seconds=1))) == (
        "status_future"
    )


def test_only_a_service_key_signs_a_status_list(registry: Any, make: Any, maker: Any) -> None:
    assert refused(registry, make(signer=registry.certificate)) == "status_key"
    assert refused(registry, make(signer=maker.STRANGER)) == "status_key"
    assert refused(registry, make(), purpose=KeyPurpose.CERTIFICATE) == "status_key"


def test_a_strangers_list_under_our_key_id_is_refused(registry: Any, make: Any, maker: Any) -> None:
    class Namesake:
        kid = registry.service.kid
        sign = maker.STRANGER.sign

    assert refused(registry, make(signer=Namesake())) == "status_key"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": KeyState.COMPROMISED, "compromised_from": date(2030, 1, 1)},
        {"not_before": date(2024, 7, 2)},
        {"state": KeyState.RETIRED, "not_after": date(2024, 6, 30)},
    ],
    ids=["compromised", "not yet", "no longer"],
)
def test_a_service_key_signs_only_in_its_time(registry: Any, make: Any, changes: dict[str, Any]) -> None:
    assert refused(registry, make(), **changes) == "status_key"


def test_every_change_of_a_byte_fails(registry: Any, make: Any) -> None:
    data = make()
    whole = data.encode() if isinstance(data, str) else data
    for place in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(StatusError):
            opened(registry, bytes(changed))


def jwt(registry: Any, typ: str = JWT_TYPE, **changes: Any) -> str:
    """A rightly signed JWT with claims changed; None takes one away."""
    payload = json.loads(base64url.decode(registry.token().split(".")[1])) | changes
    kept = {name: value for name, value in payload.items() if value is not None}
    return jws.sign_compact(json.dumps(kept).encode(), typ=typ, signer=registry.service)


def cwt(registry: Any, changes: dict[int, Any], typ: str | None = CWT_TYPE) -> bytes:
    """A rightly signed CWT with claims changed; None takes one away."""
    claims = cbor2.loads(cose.parse(registry.cwt(), typ=CWT_TYPE, max_size=MAX_SIZE).payload) | changes
    kept = {number: value for number, value in claims.items() if value is not None}
    payload = cbor2.dumps(kept, canonical=True)
    protected = cose.protected_header(registry.service.kid, typ=typ)
    signature = registry.service.sign(cose.to_be_signed(protected=protected, payload=payload))
    return cose.build(protected=protected, payload=payload, signature=signature)


LST = StatusList().compressed()
WRONG = [
    ("sub", 2, None, "status_uri"),
    ("sub", 2, 5, "status_uri"),
    ("iat", 6, None, "status_format"),
    ("iat", 6, "now", "status_format"),
    ("iat", 6, -1, "status_format"),
    ("iat", 6, 10**15, "status_format"),
    ("exp", 4, None, "status_format"),
    ("exp", 4, 10**15, "status_format"),
    ("ttl", 65534, 0, "status_format"),
    ("ttl", 65534, "3600", "status_format"),
    ("status_list", 65533, None, "status_format"),
    ("status_list", 65533, [], "status_format"),
    ("status_list", 65533, {"bits": 2}, "status_format"),
    ("status_list", 65533, {"lst": LST}, "status_format"),
    ("status_list", 65533, {"bits": 2, "lst": 5}, "status_format"),
    ("status_list", 65533, {"bits": 1, "lst": LST}, "status_size"),
    ("status_list", 65533, {"bits": 4, "lst": LST}, "status_size"),
    ("status_list", 65533, {"bits": "2", "lst": LST}, "status_size"),
    ("status_list", 65533, {"bits": 2, "lst": b""}, "status_compression"),
    ("status_list", 65533, {"bits": 2, "lst": LST + b"\0"}, "status_compression"),
    ("status_list", 65533, {"bits": 2, "lst": zlib.compress(bytes(3))}, "status_size"),
    ("status_list", 65533, {"bits": 2, "lst": zlib.compress(bytes(2**26), 9)}, "status_size"),
]


@pytest.mark.parametrize(("name", "number", "value", "code"), WRONG)
def test_a_rightly_signed_list_with_a_wrong_claim_is_refused(
    registry: Any, name: str, number: int, value: Any, code: str
) -> None:
    assert refused(registry, cwt(registry, {number: value})) == code
    if isinstance(value, dict) and isinstance(value.get("lst"), bytes):
        value = value | {"lst": base64url.encode(value["lst"])}
    assert refused(registry, jwt(registry, **{name: value})) == code


def test_claims_that_we_do_not_know_are_passed_over(registry: Any) -> None:
    assert opened(registry, jwt(registry, iss="x", extra={"a": [1]}))
    assert opened(registry, cwt(registry, {1: "x", 99: {"a": 1}}))


def test_a_token_of_another_type_is_refused(registry: Any) -> None:
    assert refused(registry, jwt(registry, typ="JWT")) == "jws_type"
    assert refused(registry, cwt(registry, {}, typ="application/cwt")) == "cose_type"
    assert refused(registry, cwt(registry, {}, typ=None)) == "cose_header"


def test_a_status_list_is_never_a_certificate(registry: Any) -> None:
    with pytest.raises(EnvelopeError) as refusal:
        cose.parse(registry.cwt())
    assert refusal.value.code == "cbor_too_large" or refusal.value.code == "cose_header"


@pytest.mark.parametrize("claims", [b"[]", b"5", b"{", b"\xff", b'{"sub": NaN}'])
def test_a_signed_payload_that_is_no_claims_set_is_refused(registry: Any, claims: bytes) -> None:
    text = jws.sign_compact(claims, typ=JWT_TYPE, signer=registry.service)
    assert refused(registry, text) in ("status_format", "jws_format")


def test_a_huge_token_is_not_read(registry: Any) -> None:
    assert refused(registry, "A" * (MAX_SIZE + 1)) == "status_too_large"


def test_the_worst_list_still_fits(registry: Any) -> None:
    import random

    noise = StatusList.from_packed(random.Random(1).randbytes(PACKED_SIZE))
    dates: dict[str, Any] = {
        "uri": URI,
        "issued_at": registry.at,
        "expires_at": registry.at + timedelta(days=1),
        "ttl": 3600,
        "signer": registry.service,
    }
    for data in (sign_jwt(noise, **dates), sign_cwt(noise, **dates)):
        assert opened(registry, data).statuses.packed() == noise.packed()


def test_a_key_store_that_answers_with_the_wrong_size_is_refused(registry: Any) -> None:
    class Short:
        kid = registry.service.kid

        def sign(self, data: bytes) -> bytes:
            return bytes(63)

    with pytest.raises(JwsError):
        registry.token(signer=Short())
    with pytest.raises(EnvelopeError):
        registry.cwt(signer=Short())


def test_the_newest_of_several_lists_is_picked(registry: Any) -> None:
    old = registry.token({5: Status.SUSPENDED}, issued_at=registry.at - timedelta(days=2))
    new = registry.cwt({5: Status.INVALID})
    other = registry.token(uri="https://cert.example.cn/status/1")
    for tokens in ([old, new, other], [new, old], ["garbage", new]):
        found = pick(tokens, registry.bundle, uri=URI, at=registry.at)
        assert isinstance(found, StatusToken)
        assert found.status(5) is Status.INVALID
    assert pick([other], registry.bundle, uri=URI, at=registry.at) is None
    found = pick([other, "garbage"], registry.bundle, uri=URI, at=registry.at)
    assert isinstance(found, StatusError)
    assert found.code == "jws_format"


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_any_bytes_and_any_text_are_refused(registry: Any, data: bytes | str) -> None:
    refused(registry, data)
    refused(registry, b"\xd2" + data if isinstance(data, bytes) else data + ".." + data)


@given(st.binary(max_size=200))
def test_any_signed_payload_is_read_or_refused(registry: Any, payload: bytes) -> None:
    protected = cose.protected_header(registry.service.kid, typ=CWT_TYPE)
    signature = registry.service.sign(cose.to_be_signed(protected=protected, payload=payload))
    refused(registry, cose.build(protected=protected, payload=payload, signature=signature))
    refused(registry, jws.sign_compact(payload, typ=JWT_TYPE, signer=registry.service))


def test_times_are_whole_seconds_of_utc(registry: Any) -> None:
    token = opened(registry, registry.token(issued_at=datetime(2024, 6, 30, 12, 0, 0, 999999, tzinfo=UTC)))
    assert token.issued_at == datetime(2024, 6, 30, 12, tzinfo=UTC)
