"""The status list: two bits for each certificate, as the IETF's Token Status List has them.

A list holds 2^20 entries; a certificate's `status_index` says which list and which place in it. Every list has
the full size from the beginning, so that its length tells nothing, and a place that nobody has reads VALID.
Only a signed list says anything (see `status_token`).

Source: draft-ietf-oauth-status-list-21, §4.1 (packing, compression) and §7.1 (values; 3 is free for
applications).
"""

import zlib
from enum import IntEnum

from .errors import StatusError

BITS = 2
ENTRIES = 2**20
PACKED_SIZE = ENTRIES * BITS // 8
_PER_BYTE = 8 // BITS


class Status(IntEnum):
    """What the registry says of a certificate today."""

    VALID = 0
    INVALID = 1
    """Withdrawn, for good."""
    SUSPENDED = 2
    """May come into force again."""
    REPLACED = 3
    """A later certificate stands in its place, for good."""


class StatusList:
    """The statuses of 2^20 certificates."""

    def __init__(self) -> None:
        self._packed = bytearray(PACKED_SIZE)
        # Compressing costs more than all else that is done with a list: once is enough.
        self._compressed: bytes | None = None

    def get(self, place: int) -> Status:
        """The status at a place, 0 to 2^20 - 1. Raises IndexError."""
        byte, shift = _position(place)
        return Status(self._packed[byte] >> shift & 3)

    def set(self, place: int, status: Status) -> None:
        """Write the status at a place. Raises IndexError."""
        byte, shift = _position(place)
        self._compressed = None
        self._packed[byte] = self._packed[byte] & ~(3 << shift) | status << shift

    def packed(self) -> bytes:
        """The list's 256 KiB: four entries a byte, the first in the lowest bits."""
        return bytes(self._packed)

    @classmethod
    def from_packed(cls, data: bytes) -> "StatusList":
        """The list in its 256 KiB. Raises StatusError: status_size."""
        if len(data) != PACKED_SIZE:
            raise StatusError("status_size")
        statuses = cls()
        statuses._packed[:] = data
        return statuses

    def compressed(self) -> bytes:
        """The list as it travels: DEFLATE in the ZLIB format, at the highest level."""
        if self._compressed is None:
            self._compressed = zlib.compress(self._packed, level=9)
        return self._compressed

    @classmethod
    def from_compressed(cls, data: bytes) -> "StatusList":
        """The list in its compressed form. Raises StatusError: status_compression, status_size.

        Never unpacks more than one byte above the list's size, however much is in there.
        """
        unpacker = zlib.decompressobj()
        try:
            packed = unpacker.decompress(data, PACKED_SIZE + 1)
        except zlib.error as error:
            raise StatusError("status_compression") from error
        if len(packed) > PACKED_SIZE:
            raise StatusError("status_size")
        if not unpacker.eof or unpacker.unused_data:
            raise StatusError("status_compression")
        statuses = cls.from_packed(packed)
        statuses._compressed = bytes(data)
        return statuses


def locate(status_index: int) -> tuple[int, int]:
    """The number of the list and the place in it for a certificate's `status_index`."""
    return divmod(status_index, ENTRIES)


def _position(place: int) -> tuple[int, int]:
    if not 0 <= place < ENTRIES:
        raise IndexError("a status list has 2^20 entries")
    byte, within = divmod(place, _PER_BYTE)
    return byte, within * BITS
