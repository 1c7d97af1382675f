"""The secret in a personal link or a share link: 128 random bits in letters that make a small QR.

Base32 (RFC 4648) in capitals fits the QR's alphanumeric mode, and survives whoever changes its case.
"""

import base64
import hashlib
import re
from collections.abc import Callable

_SHAPE = re.compile(r"[A-Z2-7]{26}")


def new_token(randbytes: Callable[[int], bytes]) -> str:
    """26 signs that nobody guesses (ASVS 5.0 §11.5.1). `randbytes` is `secrets.token_bytes` outside tests."""
    return base64.b32encode(randbytes(16)).decode().rstrip("=")


def digest(token: str) -> bytes:
    """Under which a token is found. No salt: 128 random bits are in no table of hashes. b"" for no token."""
    token = token.upper() if token.isascii() else ""
    return hashlib.sha256(token.encode()).digest() if _SHAPE.fullmatch(token) else b""
