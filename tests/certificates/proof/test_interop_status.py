"""Status lists and bundles, read by libraries we did not write: jose, @sd-jwt/jwt-status-list and cwt."""

import json
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from certificates.proof.status import ENTRIES, Status, StatusList
from certificates.proof.status_token import sign_cwt, sign_jwt
from certificates.proof.trust import sign_bundle
from tests import interop

HERE = Path(__file__).parent
URI = "https://cert.example.cn/status/0"
# Of the frozen vectors, what a JOSE library must refuse; the others are refused by rules of our own.
NOT_JOSE = {
    "jwt_four_parts",
    "jwt_payload_no_object",
    "jwt_payload_not_json",
    "jwt_two_parts",
    "jwt_type",
    "signed_by_certificate_key",
    "signed_by_unknown_key",
    "signed_under_our_key_id",
}
# (jose knows the critical header b64, which we refuse like any other.)
NOT_JOSE_BUNDLES = {
    "header_hmac",
    "header_none",
    "no_signatures",
    "payload_changed",
    "signature_of_stranger",
    "signature_short",
}


def jose(**question: Any) -> Any:
    return interop.node(HERE / "check_with_jose.mjs", question)


def vectors(folder: str) -> dict[str, Any]:
    paths = sorted((HERE / "vectors" / folder).glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}


@pytest.fixture(scope="module")
def jwks(registry: Any) -> list[dict[str, str]]:
    return [key.to_jwk() for key in registry.bundle.keys if key.purpose == "service"]


@pytest.fixture(scope="module")
def written() -> dict[int, Status]:
    """Thousands of statuses, with the first and last place of a byte and of the list among them."""
    dice = random.Random(20_261_122)
    places = {0, 1, 3, 4, 5, 47, ENTRIES - 4, ENTRIES - 1} | set(dice.sample(range(ENTRIES), 5_000))
    return {place: dice.choice(list(Status)[1:]) for place in sorted(places)}


@pytest.fixture(scope="module")
def tokens(registry: Any, written: dict[int, Status]) -> tuple[str, bytes]:
    """One list as JWT and CWT, made now, as the CWT library asks the clock itself."""
    statuses = StatusList()
    for place, status in written.items():
        statuses.set(place, status)
    now = datetime.fromtimestamp(time.time(), UTC)
    dates: dict[str, Any] = {
        "uri": URI,
        "issued_at": now - timedelta(minutes=5),
        "expires_at": now + timedelta(days=1),
        "ttl": 3600,
        "signer": registry.service,
    }
    return sign_jwt(statuses, **dates), sign_cwt(statuses, **dates)


def as_json(statuses: dict[int, Status]) -> dict[str, int]:
    return {str(place): int(status) for place, status in statuses.items()}


def test_a_jwt_is_verified_and_unpacked_elsewhere(
    jwks: Any, tokens: tuple[str, bytes], written: dict[int, Status]
) -> None:
    (found,) = jose(jwks=jwks, tokens=[{"jwt": tokens[0], "now": time.time()}])["tokens"]
    assert found["verified"], found["why"]
    assert (found["sub"], found["length"]) == (URI, ENTRIES)
    assert found["statuses"] == as_json(written)


def test_a_cwt_is_verified_and_unpacked_elsewhere(
    jwks: Any, tokens: tuple[str, bytes], written: dict[int, Status]
) -> None:
    question = {"jwk": jwks[0], "tokens": [tokens[1].hex(), tokens[1][:-1].hex() + "00"]}
    read, changed = interop.python(HERE / "check_status_with_cwt.py", question)
    assert read["verified"], read.get("why")
    assert (read["claims"]["2"], read["claims"]["65534"], read["bits"]) == (URI, 3600, 2)
    assert not changed["verified"]
    assert jose(jwks=[], lists=[read["lst"]])["lists"] == [as_json(written)]


def test_another_library_decides_the_frozen_status_lists_alike(jwks: Any) -> None:
    asked = {name: one for name, one in vectors("status").items() if one["jwt"] is not None}
    # Whether a list has expired is our caller's question, so ask as of a moment when none has.
    question = [
        {"jwt": one["jwt"], "now": one["now"] if one["now"] < 1_720_000_000 else 0} for one in asked.values()
    ]
    found = dict(zip(asked, jose(jwks=jwks, tokens=question)["tokens"], strict=True))
    for name, one in asked.items():
        if one["expect"]["status"] is not None and one["expect"]["reason"] != "status_expired":
            assert found[name]["verified"], (name, found[name]["why"])
    assert {name for name in NOT_JOSE if found[name]["verified"]} == set()


def test_another_library_decides_the_frozen_bundles_alike(jwks: Any, trust_maker: Any) -> None:
    known = [*jwks, trust_maker.service(trust_maker.COMING).to_jwk()]
    asked = {name: one for name, one in vectors("trust").items() if '"payload"' in one["text"]}
    answers = jose(jwks=known, bundles=[one["text"] for one in asked.values()])["bundles"]
    found = dict(zip(asked, answers, strict=True))
    for name, one in asked.items():
        if one["expect"] is None and name != "good_later_algorithm_beside":
            assert found[name]["verified"], (name, found[name]["why"])
    assert {name for name in NOT_JOSE_BUNDLES if found[name]["verified"]} == set()


def test_another_library_reads_the_bundles_content(registry: Any, jwks: Any) -> None:
    (found,) = jose(jwks=jwks, bundles=[sign_bundle(registry.bundle, [registry.service])])["bundles"]
    assert found["verified"], found["why"]
    assert json.loads(found["payload"]) == json.loads(registry.bundle.to_json())
