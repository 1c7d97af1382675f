"""verify.js in a real Chromium gives the same answer as Python, on every vector and on chance damage.

Served from 127.0.0.1, which browsers treat as a secure context, with the site's strict CSP.
"""

import json
import random
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from certificates.proof import base64url, fragment, jws
from certificates.proof.errors import ProofError
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify
from tests.certificates.proof.damage import (
    LETTERS,
    ODD,
    changed,
    damaged,
    damaged_text,
    reading_of,
    refusal_of,
)

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).parents[3] / "certificates" / "static" / "certificates"
VECTORS = Path(__file__).parent / "vectors"
PAGE = b'<!doctype html><script src="/verify.js"></script><script src="/status.js"></script>'
CHECK_ALL = """async cases => {
    const answers = [];
    for (const one of cases) answers.push(await TwoSkillsProof.check(one.code, one.fragment, one.bundle));
    return answers;
}"""

OPEN_ALL = """async cases => {
    const codes = [];
    for (const one of cases) {
        codes.push(await TwoSkillsProof.openBundle(one.text, one.held || one.pins).then(() => null, error => error.code));
    }
    return codes;
}"""
ANSWER_ALL = """async cases => {
    const answers = [];
    for (const one of cases) {
        const now = one.now * 1000, bundle = await TwoSkillsProof.openBundle(one.bundle, null);
        const checked = await TwoSkillsProof.check(one.code, one.fragment, bundle);
        const status = one.jwt === null ? null
            : await TwoSkillsProof.openStatus(one.jwt, one.uri, bundle, now).catch(error => error);
        const uri = checked.claims && TwoSkillsProof.statusUri(bundle, checked.claims.status_index);
        answers.push(Object.assign(TwoSkillsProof.answer(checked, bundle, status, now), { uri: uri }));
    }
    return answers;
}"""


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        script = self.path.endswith(".js")
        body = (SCRIPTS / self.path[1:]).read_bytes() if script else PAGE
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if script else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'self'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name in the base class)
        """Keep the test's output quiet."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def ask_browser(page: Page, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate(CHECK_ALL, cases)
    return answers


def test_the_browser_agrees_on_every_vector(page: Page, port: int, vectors: Any) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    cases = [{"code": v.code, "fragment": v.fragment, "bundle": json.loads(v.bundle_text)} for v in vectors]
    answers = dict(zip([v.name for v in vectors], ask_browser(page, cases), strict=True))
    expected = {}
    for vector in vectors:
        expected[vector.name] = vector.expect | {"as_of": "2024-07-01"}
        if vector.expect["genuine"] is None:
            expected[vector.name] |= {"step": 0, "code": "registry_needed"}
    assert answers == expected


def test_the_browser_agrees_on_chance_damage(
    page: Page, port: int, maker: Any, bundle: TrustBundle, claims: Any
) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    chance = random.Random(20240618)
    payload = maker.cbor.encode(claims.to_map())
    fragments = []
    for _ in range(400):
        fragments.append(maker.message(payload=damaged(payload, chance)))
        fragments.append(maker.message(protected=damaged(maker.PROTECTED, chance)))
        fragments.append(damaged(maker.message(), chance))
    cases = [{"code": maker.CODE, "fragment": fragment.to_digits(data)} for data in fragments]
    cases += [
        {"code": damaged_text(maker.CODE, LETTERS, chance), "fragment": cases[0]["fragment"]}
        for _ in range(200)
    ]
    published = json.loads(bundle.to_json())
    answers = ask_browser(page, [case | {"bundle": published} for case in cases])
    for case, answer in zip(cases, answers, strict=True):
        assert (answer["genuine"], answer["step"], answer["code"]) == ask_python(case, bundle), case
    assert len({answer["code"] for answer in answers}) > 20


def ask_python(case: dict[str, str], bundle: TrustBundle) -> tuple[bool, int | None, str | None]:
    try:
        verify(case["code"], case["fragment"], bundle)
    except ProofError as error:
        return False, error.step, error.code
    return True, None, None


def read_all(folder: str) -> dict[str, dict[str, Any]]:
    return {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted((VECTORS / folder).glob("*.json"))
    }


def test_the_browser_takes_and_refuses_the_same_bundles(page: Page, port: int) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    cases = read_all("trust")
    codes = page.evaluate(OPEN_ALL, list(cases.values()))
    assert dict(zip(cases, codes, strict=True)) == {name: case["expect"] for name, case in cases.items()}


def test_the_browser_gives_the_same_answers_from_status_lists(page: Page, port: int) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    cases = {name: case for name, case in read_all("status").items() if not name.startswith("cwt_")}
    for case in cases.values():
        case["bundle"] = (VECTORS / "bundles" / f"{case['bundle']}.json").read_text("utf-8")
    answers = dict(zip(cases, page.evaluate(ANSWER_ALL, list(cases.values())), strict=True))
    for name, case in cases.items():
        found = answers[name]
        assert {key: found[key] for key in case["expect"]} == case["expect"], name
        assert found["uri"] in (case["uri"], None)
        assert found["genuine"] == {"not_genuine": False, "cannot_tell": None}.get(found["kind"], True)
    assert {
        key: answers["in_force"][key] for key in ("status_at", "status_age", "bundle_at", "bundle_age")
    } == {
        "status_at": cases["in_force"]["now"] - 3600,
        "status_age": 3600,
        "bundle_at": cases["in_force"]["now"],
        "bundle_age": 0,
    }


def test_the_browser_agrees_on_chance_damage_to_bundles(page: Page, port: int, trust_maker: Any) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    chance = random.Random(20261122)
    pins = [trust_maker.pin()]
    payload = trust_maker.payload(trust_maker.bundle())
    message = json.loads(trust_maker.signed(payload))
    texts = [trust_maker.signed(changed(payload, chance)) for _ in range(300)]
    texts += [json.dumps(changed(message, chance)) for _ in range(200)]
    texts += [trust_maker.with_header(**{chance.choice(["alg", "kid", "typ", "x"]): odd}) for odd in ODD]
    texts += [damaged(json.dumps(message).encode(), chance).decode("latin-1") for _ in range(200)]
    cases = [{"text": text, "pins": pins, "held": None} for text in texts]
    for text, code in zip(texts, page.evaluate(OPEN_ALL, cases), strict=True):
        assert code == refusal_of(text, pins, None), text
    held = trust_maker.bundle()
    codes = page.evaluate(OPEN_ALL, [case | {"held": json.loads(held.to_json())} for case in cases])
    for text, code in zip(texts, codes, strict=True):
        assert code == refusal_of(text, pins, held), text
    assert len(set(codes)) >= 8


def test_the_browser_agrees_on_chance_damage_to_status_lists(page: Page, port: int, trust_maker: Any) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    chance = random.Random(20261122)
    case = read_all("status")["in_force"]
    case["bundle"] = (VECTORS / "bundles" / "registry.json").read_text("utf-8")
    bundle, at = TrustBundle.from_json(case["bundle"]), datetime.fromtimestamp(case["now"], UTC)
    claims = json.loads(base64url.decode(case["jwt"].split(".")[1]))

    def signed(content: Any) -> str:
        payload = json.dumps(content).encode()
        return jws.sign_compact(payload, typ="statuslist+jwt", signer=trust_maker.SERVICE)

    tokens = [signed(changed(claims, chance)) for _ in range(300)]
    tokens += [trust_maker.jwt(lst=damaged(trust_maker.LIST, chance)) for _ in range(150)]
    tokens += [damaged(case["jwt"].encode(), chance).decode("latin-1") for _ in range(200)]
    answers = page.evaluate(ANSWER_ALL, [case | {"jwt": token} for token in tokens])
    for token, found in zip(tokens, answers, strict=True):
        reason = reading_of(token, bundle, case["uri"], at)
        # Of a list that is both damaged and too long, whichever is noticed first is told.
        either = ("status_size", "status_compression")
        assert found["reason"] == reason or (found["reason"] in either and reason in either), token
    assert len({found["reason"] for found in answers}) >= 8


def test_a_bomb_is_not_unpacked_in_the_browser(page: Page, port: int, trust_maker: Any) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    case = read_all("status")["in_force"]
    case["bundle"] = (VECTORS / "bundles" / "registry.json").read_text("utf-8")
    bomb = zlib.compress(bytes(100 * 2**20), level=9)
    case["jwt"] = trust_maker.jwt(lst=bomb)
    assert page.evaluate(ANSWER_ALL, [case])[0]["reason"] == "status_size"
    case["jwt"] = "A" * (2**19 + 1)
    assert page.evaluate(ANSWER_ALL, [case])[0]["reason"] == "status_too_large"


def test_a_browser_that_cannot_unpack_says_the_status_is_unknown(page: Page, port: int) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    page.evaluate("delete window.DecompressionStream")
    case = read_all("status")["in_force"]
    case["bundle"] = (VECTORS / "bundles" / "registry.json").read_text("utf-8")
    found = page.evaluate(ANSWER_ALL, [case])[0]
    assert (found["kind"], found["reason"], found["genuine"]) == ("status_unknown", "no_inflate", True)


def test_the_hash_may_keep_its_sign(page: Page, port: int, vectors: Any) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    vector = next(vector for vector in vectors if vector.name == "valid_three_hanzi")
    case = {"code": vector.code, "fragment": f"#{vector.fragment}", "bundle": json.loads(vector.bundle_text)}
    assert ask_browser(page, [case])[0]["genuine"] is True


def test_without_a_bundle_it_cannot_tell(page: Page, port: int, vectors: Any) -> None:
    page.goto(f"http://127.0.0.1:{port}/")
    vector = next(vector for vector in vectors if vector.name == "valid_three_hanzi")
    for bundle in (None, {}, {"keys": "none"}):
        answer = ask_browser(page, [{"code": vector.code, "fragment": vector.fragment, "bundle": bundle}])[0]
        assert (answer["genuine"], answer["step"], answer["code"]) == (None, 0, "no_bundle")


def test_on_plain_http_it_cannot_tell_and_never_says_not_genuine(page: Page, port: int, vectors: Any) -> None:
    page.goto(f"http://phone.example:{port}/")
    assert page.evaluate("isSecureContext") is False
    cases = [{"code": v.code, "fragment": v.fragment, "bundle": json.loads(v.bundle_text)} for v in vectors]
    for answer in ask_browser(page, cases):
        assert (answer["genuine"], answer["step"], answer["code"]) == (None, 0, "no_webcrypto")
    assert page.evaluate(OPEN_ALL, [read_all("trust")["good_pinned"]]) == ["no_webcrypto"]
    told = page.evaluate(
        "TwoSkillsProof.answer({genuine: null, step: 0, code: 'no_webcrypto'}, null, null, 0)"
    )
    assert (told["kind"], told["reason"], told["bundle_at"]) == ("cannot_tell", "no_webcrypto", None)
