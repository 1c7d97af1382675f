"""Every frozen vector of a trust bundle or status list gives exactly the answer written in it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from certificates.proof import base64url
from certificates.proof.answer import REASONS, Answer, answer
from certificates.proof.errors import CODES, KeyBundleError, ProofError
from certificates.proof.status_token import pick
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify

VECTORS = Path(__file__).parent / "vectors"


def load(folder: str) -> list[Any]:
    return [
        pytest.param(json.loads(path.read_text("utf-8")), id=path.stem)
        for path in sorted((VECTORS / folder).glob("*.json"))
    ]


def refusal(content: dict[str, Any]) -> str | None:
    """The code with which a verifier that has these pins, or that bundle, refuses this text."""
    try:
        if content["held"] is not None:
            TrustBundle.from_json(json.dumps(content["held"])).renewed(content["text"])
        else:
            pins = [base64url.decode(pin) for pin in content["pins"] or ()]
            TrustBundle.from_json(content["text"], pins=pins)
    except KeyBundleError as error:
        return error.code
    return None


def said(content: dict[str, Any], token: str | bytes | None) -> Answer:
    bundle = TrustBundle.from_json((VECTORS / "bundles" / f"{content['bundle']}.json").read_text("utf-8"))
    at = datetime.fromtimestamp(content["now"], UTC)
    status = pick([] if token is None else [token], bundle, uri=content["uri"], at=at)
    try:
        verified = verify(content["code"], content["fragment"], bundle)
    except ProofError as error:
        return answer(error, bundle=bundle, status=status, at=at)
    assert bundle.status_uri(verified.claims.status_index) == content["uri"]
    return answer(verified, bundle=bundle, status=status, at=at)


def in_short(found: Answer) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "reason": found.reason,
        "step": found.step,
        "status": None if found.status is None else found.status.name.lower(),
    }


def honest(expect: dict[str, Any]) -> dict[str, Any]:
    """What is expected when the right list is looked for among several: another list is no list."""
    return expect | {"reason": "status_missing"} if expect["reason"] == "status_uri" else expect


@pytest.mark.parametrize("content", load("trust"))
def test_a_bundle_is_taken_or_refused_as_written(content: dict[str, Any]) -> None:
    assert refusal(content) == content["expect"]


@pytest.mark.parametrize("content", load("status"))
def test_a_status_list_gives_the_answer_as_written(content: dict[str, Any]) -> None:
    forms = {"jwt": content["jwt"], "cwt": content["cwt_hex"] and bytes.fromhex(content["cwt_hex"])}
    given = {name: token for name, token in forms.items() if token is not None}
    for token in given.values() or [None]:
        assert in_short(said(content, token)) == honest(content["expect"])


def test_the_vectors_cover_every_way_a_bundle_or_list_can_fail() -> None:
    seen = {param.values[0]["expect"] for param in load("trust")}
    seen |= {param.values[0]["expect"]["reason"] for param in load("status")}
    wanted = {code for code in CODES if code.startswith(("bundle_", "jws_", "status_", "key_"))}
    # Too large for a file among these; the others are a certificate's own steps.
    wanted -= {"bundle_too_large", "status_too_large"}
    wanted -= {"key_unknown", "key_purpose", "key_outside_window", "key_compromised"}
    assert wanted | set(REASONS) <= seen
