"""Bytes as the DID world spells them: multibase texts and Ed25519 public keys as Multikeys.

Source: W3C Controlled Identifiers v1.0, §2.4 (Multibase) and §2.2.2 (Multikey).
"""

from certificates.proof import base64url

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519_PUBLIC = b"\xed\x01"


def base58btc(data: bytes) -> str:
    """`z` and the bytes in Bitcoin's base 58; each leading zero byte is a `1`."""
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = _BASE58[digit] + digits
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + digits


def base64url_nopad(data: bytes) -> str:
    """`u` and the bytes in base64url without padding."""
    return "u" + base64url.encode(data)


def ed25519_multikey(public_key: bytes) -> str:
    """The Multikey of an Ed25519 public key of 32 bytes: it begins with z6Mk."""
    return base58btc(_ED25519_PUBLIC + public_key)
