"""The small, strict part of CBOR (RFC 8949) that certificates use.

Only unsigned and negative integers, byte strings, texts, arrays and maps with ascending unsigned keys (in
status lists also texts); only definite lengths and the shortest form of each number; nothing after the end.
One value has one encoding, so nothing can be hidden in how it is written. Reading is our own code, because a
general reader accepts tags, floats and shared references that a certificate never holds; writing is `cbor2`,
and what was read must be what `cbor2` would have written.
"""

from typing import Any

import cbor2

from .errors import EnvelopeError

MAX_SIZE = 256
MAX_DEPTH = 4
MAX_ITEMS = 256  # so that half a megabyte of small items costs nothing; as many as a certificate has bytes
MAX_INTEGER = 2**53 - 1  # what a browser's numbers hold exactly


def encode(value: Any) -> bytes:
    """Deterministic CBOR (RFC 8949 §4.2.1)."""
    return cbor2.dumps(value, canonical=True)


def decode(data: bytes, *, max_size: int = MAX_SIZE, text_keys: bool = False) -> Any:
    """The value in `data`, which must be its one permitted encoding. Raises EnvelopeError (cbor_*)."""
    if len(data) > max_size:
        raise EnvelopeError("cbor_too_large")
    value, end = _Reader(data, text_keys).item(0, 1)
    if end != len(data):
        raise EnvelopeError("cbor_trailing_bytes")
    if encode(value) != data:
        raise EnvelopeError("cbor_not_shortest")
    return value


class _Reader:
    """Reads one value; every method gives what it read and where that ends."""

    def __init__(self, data: bytes, text_keys: bool) -> None:
        self.data, self.text_keys, self.items = data, text_keys, 0

    def item(self, start: int, depth: int) -> tuple[Any, int]:
        major, argument, start = self._head(start)
        if major == 0:
            return argument, start
        if major == 1:
            return -1 - argument, start
        # Every byte of a string and every item of a container takes at least one byte.
        if argument > len(self.data) - start:
            raise EnvelopeError("cbor_truncated")
        if major in (2, 3):
            chunk, end = self.data[start : start + argument], start + argument
            return (chunk if major == 2 else _text(chunk)), end
        if depth > MAX_DEPTH:
            raise EnvelopeError("cbor_too_deep")
        return (self._array if major == 4 else self._map)(start, argument, depth + 1)

    def _head(self, start: int) -> tuple[int, int, int]:
        """An item's major type, its argument and where its content starts."""
        if start >= len(self.data):
            raise EnvelopeError("cbor_truncated")
        self.items += 1
        if self.items > MAX_ITEMS:
            raise EnvelopeError("cbor_too_large")
        major, info = self.data[start] >> 5, self.data[start] & 31
        start += 1
        if major > 5:  # tags, floats, true, false, null, break
            raise EnvelopeError("cbor_type")
        if info < 24:
            return major, info, start
        if info == 31:
            raise EnvelopeError("cbor_indefinite_length")
        if info > 27:
            raise EnvelopeError("cbor_type")
        size = 1 << (info - 24)
        if start + size > len(self.data):
            raise EnvelopeError("cbor_truncated")
        argument = int.from_bytes(self.data[start : start + size], "big")
        if argument < 24 or (size > 1 and argument < 1 << (size * 4)):
            raise EnvelopeError("cbor_not_shortest")
        if argument > MAX_INTEGER:
            raise EnvelopeError("cbor_too_large")
        return major, argument, start + size

    def _array(self, start: int, count: int, depth: int) -> tuple[list[Any], int]:
        items = []
        for _ in range(count):
            item, start = self.item(start, depth)
            items.append(item)
        return items, start

    def _map(self, start: int, count: int, depth: int) -> tuple[dict[int | str, Any], int]:
        items: dict[int | str, Any] = {}
        last = -1
        for _ in range(count):
            key, start = self._key(start)
            if key in items:
                raise EnvelopeError("cbor_duplicate_key")
            if isinstance(key, int):
                if key < last:
                    raise EnvelopeError("cbor_key_order")
                last = key
            items[key], start = self.item(start, depth)
        return items, start

    def _key(self, start: int) -> tuple[int | str, int]:
        # The order of text keys is held by the comparison with what `encode` writes.
        if self.text_keys and start < len(self.data) and self.data[start] >> 5 == 3:
            return self.item(start, 1)
        major, key, start = self._head(start)
        if major != 0:
            raise EnvelopeError("cbor_key")
        return key, start


def _text(chunk: bytes) -> str:
    try:
        return chunk.decode()
    except UnicodeDecodeError as error:
        raise EnvelopeError("cbor_text") from error
