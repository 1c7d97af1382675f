"""Seals personal data for storage and makes the blind index that finds it again.

A sealed value is `version | suite | key id | nonce | ciphertext and tag`; header and "table.column" are
authenticated with it, so a value copied into another column does not open. The index is
HMAC-SHA-256 under a key of its own, derived for each column, so equal values in two columns do not match.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
AES_256_GCM = 1
NONCE_BYTES = 12


class SealBroken(Exception):
    """A stored value that does not open: wrong column, unknown key, or altered bytes."""


@dataclass(frozen=True)
class KeyRing:
    """Sealing keys by id; the primary seals, every one opens."""

    keys: dict[int, bytes]
    primary: int
    index_key: bytes

    @classmethod
    def parse(cls, sealing_keys: str, index_key: str) -> "KeyRing":
        """From "id:base64,id:base64" (the first is the primary) and a base64 index key of at least 32 bytes.

        Raises ValueError for a malformed ring, a repeated id or a key of the wrong length.
        """
        keys: dict[int, bytes] = {}
        for item in sealing_keys.split(","):
            key_id, _, encoded = item.strip().partition(":")
            key = base64.b64decode(encoded, validate=True)
            if not key_id.isdecimal() or not 0 < int(key_id) < 256 or int(key_id) in keys or len(key) != 32:
                raise ValueError("Each sealing key is id:base64, id 1 to 255 and used once, 32 bytes long.")
            keys[int(key_id)] = key
        index = base64.b64decode(index_key, validate=True)
        if len(index) < 32:
            raise ValueError("The index key must have at least 32 bytes.")
        return cls(keys=keys, primary=next(iter(keys)), index_key=index)

    def seal(self, text: str, column: str) -> bytes:
        return self.seal_bytes(text.encode(), column)

    def seal_bytes(self, data: bytes, column: str) -> bytes:
        header = bytes((VERSION, AES_256_GCM, self.primary))
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.primary]).encrypt(nonce, data, header + column.encode())
        return header + nonce + sealed

    def open(self, blob: bytes, column: str) -> str:
        """Raises SealBroken."""
        try:
            return self.open_bytes(blob, column).decode()
        except UnicodeDecodeError as broken:
            raise SealBroken(column) from broken

    def open_bytes(self, blob: bytes, column: str) -> bytes:
        """Raises SealBroken."""
        header, nonce, sealed = blob[:3], blob[3 : 3 + NONCE_BYTES], blob[3 + NONCE_BYTES :]
        if len(header) != 3 or header[0] != VERSION or header[1] != AES_256_GCM or header[2] not in self.keys:
            raise SealBroken(column)
        try:
            return AESGCM(self.keys[header[2]]).decrypt(nonce, sealed, header + column.encode())
        except (InvalidTag, ValueError) as broken:
            raise SealBroken(column) from broken

    def index(self, text: str, column: str) -> bytes:
        """32 bytes that are equal for equal text in the same column, and tell nothing without the key."""
        column_key = hmac.digest(self.index_key, b"index:" + column.encode(), hashlib.sha256)
        return hmac.digest(column_key, text.encode(), hashlib.sha256)
