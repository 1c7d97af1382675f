"""Any bytes and any text get a verdict or a typed error, and soon: 50 ms of this machine's time, whatever the size."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certificates.proof import fragment, status_token
from certificates.proof.errors import ProofError
from certificates.proof.trust import TrustBundle
from certificates.proof.verify import verify, verify_url

SOON = 0.05  # seconds
MEGABYTE = 2**20
REGISTRY = Path(__file__).parent / "vectors" / "bundles" / "registry.json"
URI = "https://cert.example.cn/status/0"

# A piece and how often: what is short is met in every variety, what is long in every size.
long_texts = st.builds(lambda piece, times: piece * times, st.text(max_size=20), st.integers(0, 50_000))
texts = st.text() | long_texts
long_bytes = st.builds(lambda piece, times: piece * times, st.binary(max_size=20), st.integers(0, 25_000))
any_bytes = st.binary() | long_bytes


def refused_soon(ask: Any, *given: Any, **named: Any) -> None:
    """Refused, and at the best of three times soon: a collection of garbage, or another program, is no fault of ours."""
    spent = []
    while len(spent) < 3 and (not spent or spent[-1] >= SOON):
        begin = time.thread_time()
        with pytest.raises(ProofError):
            ask(*given, **named)
        spent.append(time.thread_time() - begin)
    assert min(spent) < SOON


@given(texts, texts)
@example("0" * MEGABYTE, "1" * MEGABYTE)
@example("１" * MEGABYTE, "A" * MEGABYTE)
@example("\u0301" * MEGABYTE, "\ufdfa" * MEGABYTE)
def test_a_code_and_a_fragment(maker: Any, bundle: TrustBundle, code: str, text: str) -> None:
    refused_soon(verify, code, text, bundle)
    refused_soon(verify, maker.CODE, text, bundle)


@given(texts, texts)
@example("", "1" * MEGABYTE)
@example("a" * MEGABYTE, "?" * MEGABYTE)
@example("/" * MEGABYTE, "#" * MEGABYTE)
@example("\u3000" * MEGABYTE, " " * MEGABYTE)
def test_an_address(maker: Any, bundle: TrustBundle, host: str, text: str) -> None:
    for address in (host + text, f"{host}#{text}", f"https://{host}/C/{maker.CODE}{text}#{text}"):
        refused_soon(verify_url, address, bundle)


@given(st.binary(max_size=256))
@example(b"\xd2" + b"\x81" * 254)
@example(b"\xd2\x84" + b"\xa1\x00" * 127)
def test_an_envelope(maker: Any, bundle: TrustBundle, data: bytes) -> None:
    refused_soon(verify, maker.CODE, fragment.to_digits(data), bundle)
    refused_soon(verify, maker.CODE, fragment.to_base32(data) + "=", bundle)


@given(any_bytes | texts)
@example(b"\xd2" + b"\x81" * 10_000)
@example(b"\xd2\x84\x9a\x00\x07\xff\xf0" + bytes(2**19 - 100))
@example(b"\xd2\x84\x9a\x00\x03\xff\xf0" + b"\x81\x00" * (2**18 - 50))
@example(b"." * 2**19)
@example("eyJ" * 100_000 + ".." + "A" * 100_000)
def test_a_status_list(data: bytes | str) -> None:
    bundle, at = TrustBundle.from_json(REGISTRY.read_text("utf-8")), datetime(2024, 7, 1, tzinfo=UTC)
    refused_soon(status_token.read, data, bundle, uri=URI, at=at)


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"payload":', '{"payload":"","signatures":['])
def test_a_bundle_nested_ten_thousand_deep(opening: str) -> None:
    refused_soon(TrustBundle.from_json, opening * 10_000)
    closed = "".join({"[": "]", "{": "}"}.get(letter, "") for letter in reversed(opening * 10_000))
    refused_soon(TrustBundle.from_json, opening * 10_000 + "0" + closed)
    inside = json.loads(REGISTRY.read_text("utf-8")) | {"format": None}
    deep = json.dumps(inside)[:-1] + ',"deep":' + "[" * 10_000 + "]" * 10_000 + "}"
    refused_soon(TrustBundle.from_json, deep)
