"""Sealed values open with the right key in the right column, and never otherwise."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.sealing import KeyRing, SealBroken

COLUMN, OTHER_COLUMN = "registry_person.citizen_id", "registry_person.phone"
RING = KeyRing(keys={1: b"1" * 32}, primary=1, index_key=b"i" * 32)
ROTATED = KeyRing(keys={2: b"2" * 32, 1: b"1" * 32}, primary=2, index_key=b"i" * 32)
NEW_ONLY = KeyRing(keys={2: b"2" * 32}, primary=2, index_key=b"i" * 32)


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    assert RING.open(RING.seal(text, COLUMN), COLUMN) == text


@given(st.text(), st.data())
def test_a_single_flipped_bit_breaks_the_seal(text: str, data: st.DataObject) -> None:
    blob = bytearray(RING.seal(text, COLUMN))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        RING.open(bytes(blob), COLUMN)


@given(st.binary(max_size=80))
def test_garbage_does_not_open(blob: bytes) -> None:
    with pytest.raises(SealBroken):
        RING.open(blob, COLUMN)


@given(st.text(), st.data())
def test_a_value_that_lost_its_tail_does_not_open(text: str, data: st.DataObject) -> None:
    blob = RING.seal(text, COLUMN)
    with pytest.raises(SealBroken):
        RING.open(blob[: data.draw(st.integers(0, len(blob) - 1))], COLUMN)


@given(st.text())
def test_a_value_copied_into_another_column_does_not_open(text: str) -> None:
    with pytest.raises(SealBroken):
        RING.open(RING.seal(text, COLUMN), OTHER_COLUMN)


@given(st.text())
def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(text: str) -> None:
    old, new = RING.seal(text, COLUMN), ROTATED.seal(text, COLUMN)
    assert ROTATED.open(old, COLUMN) == ROTATED.open(new, COLUMN) == text
    assert NEW_ONLY.open(new, COLUMN) == text
    with pytest.raises(SealBroken):
        NEW_ONLY.open(old, COLUMN)


@given(st.text())
def test_sealing_twice_looks_different_but_the_index_is_the_same(text: str) -> None:
    assert RING.seal(text, COLUMN) != RING.seal(text, COLUMN)
    assert RING.index(text, COLUMN) == ROTATED.index(text, COLUMN)
    assert RING.index(text, COLUMN) != RING.index(text, OTHER_COLUMN)


def test_an_index_tells_nothing_without_its_key() -> None:
    other = KeyRing(keys=RING.keys, primary=1, index_key=b"j" * 32)
    assert other.index("620502198503150016", COLUMN) != RING.index("620502198503150016", COLUMN)


def test_a_ring_is_read_from_text_and_its_first_key_seals() -> None:
    def key(sign: bytes) -> str:
        return base64.b64encode(sign * 32).decode()

    ring = KeyRing.parse(f"2:{key(b'2')}, 1:{key(b'1')}", key(b"i"))
    assert (ring.primary, ring.keys) == (2, ROTATED.keys)
    assert ring.open(RING.seal("甲", COLUMN), COLUMN) == "甲"
    bad_rings = [
        "",
        f"0:{key(b'1')}",
        f"256:{key(b'1')}",
        f"x:{key(b'1')}",
        f"1:{key(b'1')},1:{key(b'2')}",
        "1:AAAA",
        "1:###",
    ]
    for bad in bad_rings:
        with pytest.raises(ValueError):  # noqa: PT011  # base64 words its own
            KeyRing.parse(bad, key(b"i"))
