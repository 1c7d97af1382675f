"""A third verifier, written from docs/certificate-format.md alone (tests/interop/third_verifier.mjs), agrees.

On every frozen vector, on every flipped bit, and on chance damage, it says what `certificates.proof` says: verdict,
step, code and claims.
"""

import base64
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from certificates.proof import base64url, cose, fragment, jws, status_token
from certificates.proof.errors import ProofError
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify
from tests import interop
from tests.certificates.proof.damage import (
    LETTERS,
    ODD,
    changed,
    damaged,
    damaged_text,
    reading_of,
    refusal_of,
)

VERIFIER = Path(interop.__file__).with_name("third_verifier.mjs")
VECTORS = Path(__file__).parent / "vectors"


def bundle_text(name: str) -> str:
    return (VECTORS / "bundles" / f"{name}.json").read_text("utf-8")


def read_all(folder: str) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (VECTORS / folder).glob("*.json")}


def third(**questions: Any) -> Any:
    """Its answers; the keys of a question are in the script."""
    return interop.node(VERIFIER, questions)


def status_question(vector: dict[str, Any], token: str | bytes | None) -> dict[str, Any]:
    data = token.encode() if isinstance(token, str) else token
    kept = {key: vector[key] for key in ("code", "fragment", "uri", "now")}
    return kept | {"bundle": bundle_text(vector["bundle"]), "token": None if data is None else data.hex()}


def test_it_agrees_on_every_certificate(vectors: Any) -> None:
    questions = [{"code": v.code, "fragment": v.fragment, "bundle": v.bundle_text} for v in vectors]
    answers = third(certificates=questions)["certificates"]
    assert dict(zip([v.name for v in vectors], answers, strict=True)) == {v.name: v.expect for v in vectors}


def test_it_agrees_on_every_trust_bundle() -> None:
    cases = read_all("trust")
    answers = dict(zip(cases, third(trust=list(cases.values()))["trust"], strict=True))
    assert answers == {name: case["expect"] for name, case in cases.items()}


def test_it_agrees_on_every_status_list_in_both_forms() -> None:
    cases, questions = read_all("status"), {}
    for name, case in cases.items():
        if case["jwt"] is not None or case["cwt_hex"] is None:  # without either: no list at all
            questions[name, "jwt"] = status_question(case, case["jwt"])
        if case["cwt_hex"] is not None:
            questions[name, "cwt"] = status_question(case, bytes.fromhex(case["cwt_hex"]))
    answers = dict(zip(questions, third(status=list(questions.values()))["status"], strict=True))
    assert answers == {key: cases[key[0]]["expect"] for key in questions}
    assert {name for name, _ in questions} == set(cases)


def python_says(question: dict[str, str], bundle: TrustBundle) -> dict[str, Any]:
    try:
        verify(question["code"], question["fragment"], bundle)
    except ProofError as error:
        return {"genuine": False, "step": error.step, "code": error.code}
    return {"genuine": True, "step": None, "code": None}


def compare(questions: list[dict[str, str]], bundle: TrustBundle) -> set[Any]:
    """The codes met, once both gave the same."""
    answers = third(certificates=questions)["certificates"]
    for question, answer in zip(questions, answers, strict=True):
        short = {key: answer[key] for key in ("genuine", "step", "code")}
        assert short == python_says(question, bundle), question
    return {answer["code"] for answer in answers}


def test_no_flipped_bit_of_the_envelope_leaves_it_genuine(maker: Any, bundle: TrustBundle) -> None:
    message = maker.message()
    forms = (fragment.to_digits, fragment.to_base32)
    questions = [
        {
            "code": maker.CODE,
            "fragment": form(maker.flipped(message, bit)),
            "bundle": bundle_text("bundle"),
        }
        for bit in range(len(message) * 8)
        for form in forms
    ]
    assert None not in compare(questions, bundle)


def base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def test_it_agrees_on_chance_damage_to_certificates(maker: Any, bundle: TrustBundle) -> None:
    chance, payload = random.Random(20261122), maker.cbor.encode(maker.CLAIMS_MAP)
    messages = [maker.message(payload=damaged(payload, chance)) for _ in range(300)]
    messages += [maker.message(protected=damaged(maker.PROTECTED, chance)) for _ in range(200)]
    messages += [damaged(maker.message(), chance) for _ in range(200)]
    messages += [chance.randbytes(size) for size in (0, 1, 2, 254, 255, 256, 257) for _ in range(5)]
    texts = [chance.choice((fragment.to_digits, base32))(data) for data in messages]
    texts += [
        damaged_text(form(maker.message()), "0123AZaz27 １é#-+=ıſ\n", chance)
        for form in (fragment.to_digits, base32)
        for _ in range(100)
    ]
    megabytes = ["0" * 2**20, "1" * 2**20, "A" * 2**20, "１" * 2**20]
    # On both sides of every length: 2^2048 and more still has 617 digits.
    texts += [str(2**2048 - 1), str(2**2048), str(2**2049 - 1), str(2**2049), "9" * 617, "A" * 410, "A" * 618]
    questions = [{"code": maker.CODE, "fragment": text} for text in [*texts, *megabytes]]
    wide = [maker.CODE, " " * 88 + maker.CODE, " " * 89 + maker.CODE, "\U0001d7d8" * 12 + "-" * 80]
    wide += megabytes
    wide += [damaged_text(maker.CODE, LETTERS, chance) for _ in range(200)]
    questions += [{"code": code, "fragment": fragment.to_digits(maker.message())} for code in wide]
    given = {"bundle": bundle_text("bundle")}
    assert len(compare([question | given for question in questions], bundle)) > 25


# Values that two JSON readers or two date readers may see differently.
def test_it_agrees_on_chance_damage_to_bundles(trust_maker: Any) -> None:
    chance = random.Random(20261122)
    payload = trust_maker.payload(trust_maker.bundle())
    message = json.loads(trust_maker.signed(payload))
    texts = [trust_maker.signed(changed(payload, chance)) for _ in range(300)]
    texts += [json.dumps(changed(payload, chance)) for _ in range(150)]
    texts += [json.dumps(changed(message, chance)) for _ in range(150)]
    texts += [
        trust_maker.with_header(**{name: odd}) for odd in ODD for name in ("alg", "kid", "typ", "crit", "x")
    ]
    for whole in (json.dumps(message), json.dumps(payload)):
        texts += [damaged(whole.encode(), chance).decode("latin-1") for _ in range(100)]
        texts += [f"\ufeff{whole}", f'{{"payload":1,{whole[1:]}', f'{{"signatures":1,{whole[1:]}', "[" * 9999]
        texts += [f'{{"x":{"1" * 9999},{whole[1:]}', whole + " " * (2**22 - len(whole)), " " * (2**22 + 1)]
    held, pins = trust_maker.bundle(), [trust_maker.pin()]
    shown = json.loads(held.to_json())
    questions = [{"text": text, "pins": pins, "held": None} for text in texts]
    questions += [{"text": text, "pins": None, "held": shown} for text in texts]
    answers = third(trust=questions)["trust"]
    for question, answer in zip(questions, answers, strict=True):
        with_held = None if question["held"] is None else held
        expected = refusal_of(question["text"], question["pins"] or [], with_held)
        assert answer == expected, question["text"][:2000]
    assert len(set(answers)) > 12


def test_it_agrees_on_chance_damage_to_status_lists(trust_maker: Any) -> None:
    chance, vector = random.Random(20261122), read_all("status")["in_force"]
    bundle = TrustBundle.from_json(bundle_text(vector["bundle"]))
    cwt = bytes.fromhex(vector["cwt_hex"])
    claims = json.loads(base64url.decode(vector["jwt"].split(".")[1]))

    def jwt(payload: bytes) -> str:
        return jws.sign_compact(payload, typ=status_token.JWT_TYPE, signer=trust_maker.SERVICE)

    def some(count: int, make: Callable[[], str | bytes]) -> list[str | bytes]:
        return [make() for _ in range(count)]

    tokens = some(150, lambda: jwt(json.dumps(changed(claims, chance)).encode()))
    tokens += some(100, lambda: jwt(damaged(json.dumps(claims).encode(), chance)))
    tokens += some(80, lambda: trust_maker.jwt(lst=damaged(trust_maker.LIST, chance)))
    tokens += some(80, lambda: damaged(vector["jwt"].encode(), chance))
    tokens += some(80, lambda: damaged(cwt, chance))
    tokens += some(250, lambda: resigned(cwt, chance, trust_maker.SERVICE))
    tokens += [
        b"\xd2\x84\x9a\x00\x07\xff\xf0" + bytes(2**19 - 100),
        b"",
        b"\xd2",
        b"..",
        b" " + vector["jwt"].encode(),
        b"A" * 2**19,
        b"A" * (2**19 + 1),
    ]
    answers = third(status=[status_question(vector, token) for token in tokens])["status"]
    for token, answer in zip(tokens, answers, strict=True):
        reason = reading_of(token, bundle, vector["uri"], datetime.fromtimestamp(vector["now"], UTC))
        # Of a list that is both damaged and too long, whichever is noticed first is told.
        either = ("status_size", "status_compression")
        assert answer["reason"] == reason or (answer["reason"] in either and reason in either), token
    assert len({answer["reason"] for answer in answers}) > 18


def resigned(cwt: bytes, chance: random.Random, signer: Any) -> bytes:
    """The status list with damage that its own key signed: to the claims, short of the list itself."""
    envelope = cose.parse(cwt, typ=status_token.CWT_TYPE, max_size=status_token.MAX_SIZE)
    place = envelope.payload.index(b"\x78\xda")  # where the compressed list begins
    payload = damaged(envelope.payload[:place], chance) + envelope.payload[place:]
    signature = signer.sign(cose.to_be_signed(protected=envelope.protected, payload=payload))
    return cose.build(protected=envelope.protected, payload=payload, signature=signature)
