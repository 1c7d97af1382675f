"""The strict CBOR reader agrees with `cbor2` on what it accepts, and accepts only one spelling of it."""

from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof import cbor
from certificates.proof.errors import EnvelopeError

numbers = st.integers(-(2**53), 2**53 - 1)
values = st.recursive(
    numbers | st.binary(max_size=40) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.integers(0, 2**53 - 1), inner, max_size=3),
    max_leaves=6,
)


def depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


@given(values.filter(lambda value: depth(value) <= 4 and len(cbor.encode(value)) <= 256))
def test_a_value_comes_back_from_its_bytes(value: Any) -> None:
    assert cbor.decode(cbor.encode(value)) == value


@given(st.binary(max_size=300))
def test_bytes_are_read_as_cbor2_reads_them_or_refused(data: bytes) -> None:
    try:
        value = cbor.decode(data)
    except EnvelopeError:
        return
    assert cbor2.loads(data) == value
    assert cbor2.dumps(value, canonical=True) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "cbor_truncated"),
        ("18", "cbor_truncated"),
        ("42ff", "cbor_truncated"),
        ("8200", "cbor_truncated"),
        ("9bffffffffffffffff", "cbor_too_large"),
        ("9b001fffffffffffff", "cbor_truncated"),
        ("0000", "cbor_trailing_bytes"),
        ("1817", "cbor_not_shortest"),
        ("1900ff", "cbor_not_shortest"),
        ("1a0000ffff", "cbor_not_shortest"),
        ("1b00000000ffffffff", "cbor_not_shortest"),
        ("3817", "cbor_not_shortest"),
        ("1b0020000000000000", "cbor_too_large"),
        ("1f", "cbor_indefinite_length"),
        ("5f4100ff", "cbor_indefinite_length"),
        ("9fff", "cbor_indefinite_length"),
        ("bfff", "cbor_indefinite_length"),
        ("1c", "cbor_type"),
        ("c100", "cbor_type"),
        ("d81c80", "cbor_type"),
        ("f4", "cbor_type"),
        ("f6", "cbor_type"),
        ("f90000", "cbor_type"),
        ("ff", "cbor_type"),
        ("62c328", "cbor_text"),
        ("a1616100", "cbor_key"),
        ("a12000", "cbor_key"),
        ("a200000000", "cbor_duplicate_key"),
        ("a201000000", "cbor_key_order"),
        ("8181818180", "cbor_too_deep"),
        ("81" * 200, "cbor_too_deep"),
        ("58fe" + "00" * 255, "cbor_too_large"),
    ],
)
def test_a_second_spelling_or_a_stray_type_is_refused(data: str, reason: str) -> None:
    with pytest.raises(EnvelopeError) as refusal:
        cbor.decode(bytes.fromhex(data))
    assert refusal.value.code == reason
