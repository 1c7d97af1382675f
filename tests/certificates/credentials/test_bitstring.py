"""The W3C's bitstrings say of every certificate what the registry's own list says: read by another's decoder."""

import gzip
import random
from pathlib import Path

import pytest

from certificates.credentials.bitstring import LEAST_ENTRIES, encoded_list, from_status_list
from certificates.credentials.status_credential import PURPOSES
from certificates.proof import base64url
from certificates.proof.status import ENTRIES, Status, StatusList
from tests import interop

HERE = Path(__file__).parent
# First and last of a byte, of the list's two-bit bytes and of the list; and neighbours of them.
TELLING_PLACES = [0, 1, 3, 4, 5, 7, 8, 15, 16, 131_071, 131_072, ENTRIES - 8, ENTRIES - 2, ENTRIES - 1]


def bits_of(statuses: dict[int, Status], purpose: str) -> bytes:
    listed = StatusList()
    for place, status in statuses.items():
        listed.set(place, status)
    return from_status_list(listed.packed(), PURPOSES[purpose])


def as_read_elsewhere(lists: list[bytes]) -> list[dict[str, object]]:
    """What Digital Bazaar's decoder finds set in each list."""
    found: list[dict[str, object]] = interop.node(
        HERE / "set_places.mjs", [encoded_list(one) for one in lists]
    )
    return found


def test_one_withdrawn_certificate_is_set_at_its_own_place_and_nowhere_else() -> None:
    lists = [bits_of({place: Status.INVALID}, "revocation") for place in TELLING_PLACES]

    assert as_read_elsewhere(lists) == [{"length": ENTRIES, "set": [place]} for place in TELLING_PLACES]


def test_thousands_of_statuses_are_read_back_under_the_right_purpose() -> None:
    dice = random.Random(20_241_122)
    statuses = {place: dice.choice(list(Status)) for place in dice.sample(range(ENTRIES), 5_000)}

    revoked, suspended = as_read_elsewhere([bits_of(statuses, "revocation"), bits_of(statuses, "suspension")])

    # Replaced is revoked: the old paper is no longer good.
    gone = {Status.INVALID, Status.REPLACED}
    assert revoked["set"] == sorted(place for place, status in statuses.items() if status in gone)
    assert suspended["set"] == sorted(p for p, status in statuses.items() if status is Status.SUSPENDED)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_valid_certificate_is_set_in_neither_list(purpose: str) -> None:
    assert not any(bits_of(dict.fromkeys(TELLING_PLACES, Status.VALID), purpose))


def test_the_list_has_enough_entries_to_hide_among_and_is_small_while_few_are_set() -> None:
    bits = bits_of({5: Status.INVALID}, "revocation")
    encoded = encoded_list(bits)

    assert len(bits) * 8 == ENTRIES >= LEAST_ENTRIES
    assert len(encoded) < 400
    assert gzip.decompress(base64url.decode(encoded[1:])) == bits


def test_the_same_bits_always_give_the_same_text() -> None:
    assert encoded_list(b"\x80" * 100) == encoded_list(b"\x80" * 100)
