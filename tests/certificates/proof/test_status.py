"""The status list's bits, held to the IETF's own examples."""

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof.errors import StatusError
from certificates.proof.status import ENTRIES, PACKED_SIZE, Status, StatusList, locate

# draft-ietf-oauth-status-list-21, appendix C.2: a list of 2^20 entries of two bits.
DRAFT_LIST = (
    "eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEB5WwIAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAID0ugQA"
    "AAAAAAAAAAAAAAAAQG12SgAAAAAAAAAAAAAAAAAAAAAAAAAAAOCSIQEAAAAAAAAAAAAAAAAAAAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAwJEuAQAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAAAAAAAAAAAACoYUoAAAAAAAAAAAAAAEBqH81gAQw"
)
DRAFT_STATUSES = {
    0: 1,
    1993: 2,
    25460: 1,
    159495: 3,
    495669: 1,
    554353: 1,
    645645: 2,
    723232: 1,
    854545: 1,
    934534: 2,
    1000345: 3,
}


def draft_list() -> bytes:
    return base64.urlsafe_b64decode(DRAFT_LIST + "=" * (-len(DRAFT_LIST) % 4))


def test_the_drafts_own_list_reads_as_the_draft_says() -> None:
    statuses = StatusList.from_compressed(draft_list())
    found = {place: statuses.get(place) for place in range(ENTRIES) if statuses.get(place)}
    assert found == DRAFT_STATUSES


def test_our_list_holds_the_same_bytes_as_the_drafts() -> None:
    statuses = StatusList()
    for place, status in DRAFT_STATUSES.items():
        statuses.set(place, Status(status))
    assert statuses.packed() == zlib.decompress(draft_list())


def test_four_entries_share_a_byte_the_first_in_the_lowest_bits() -> None:
    # §4.1: the statuses 1, 2, 0, 3 are the byte C9.
    statuses = StatusList()
    for place, status in enumerate((Status.INVALID, Status.SUSPENDED, Status.VALID, Status.REPLACED)):
        statuses.set(place, status)
    assert statuses.packed()[0] == 0xC9


@given(st.dictionaries(st.integers(0, ENTRIES - 1), st.sampled_from(Status), max_size=50))
def test_every_place_keeps_what_was_last_written(written: dict[int, Status]) -> None:
    statuses = StatusList()
    for place in written:
        statuses.set(place, Status.REPLACED)
    for place, status in written.items():
        statuses.set(place, status)
    again = StatusList.from_compressed(statuses.compressed())
    assert {place: again.get(place) for place in written} == written
    others = {place + 1 for place in written if place + 1 < ENTRIES} - written.keys()
    assert all(again.get(place) is Status.VALID for place in others)


@pytest.mark.parametrize("place", [-1, ENTRIES])
def test_there_are_no_places_outside_the_list(place: int) -> None:
    with pytest.raises(IndexError):
        StatusList().get(place)
    with pytest.raises(IndexError):
        StatusList().set(place, Status.INVALID)


def test_an_index_says_which_list_and_which_place() -> None:
    assert locate(0) == (0, 0)
    assert locate(ENTRIES - 1) == (0, ENTRIES - 1)
    assert locate(5 * ENTRIES + 7) == (5, 7)


@pytest.mark.parametrize("size", [0, PACKED_SIZE - 1, PACKED_SIZE + 1])
def test_a_list_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(StatusError) as refusal:
        StatusList.from_packed(bytes(size))
    assert refusal.value.code == "status_size"
    with pytest.raises(StatusError) as refusal:
        StatusList.from_compressed(zlib.compress(bytes(size)))
    assert refusal.value.code == "status_size"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zlib.compress(bytes(200 * 2**20), level=9)
    with pytest.raises(StatusError) as refusal:
        StatusList.from_compressed(bomb)
    assert refusal.value.code == "status_size"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:-4] + bytes(4),
        lambda data: zlib.compress(bytes(PACKED_SIZE), wbits=-15),
        lambda data: zlib.compress(bytes(PACKED_SIZE), wbits=31),
        lambda data: b"",
        lambda data: b"not zlib",
    ],
    ids=["cut", "trailing", "checksum", "raw deflate", "gzip", "empty", "text"],
)
def test_what_does_not_unpack_is_refused(damage: object) -> None:
    with pytest.raises(StatusError) as refusal:
        StatusList.from_compressed(damage(StatusList().compressed()))  # type: ignore[operator]
    assert refusal.value.code == "status_compression"
