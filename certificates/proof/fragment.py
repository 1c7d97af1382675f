"""The certificate's address, as printed in its QR: `HTTPS://HOST/C/<CODE>#<fragment>`.

The fragment is the envelope's bytes behind a byte 0x01, read as one big number and written in decimal: QR
numeric mode packs digits tightest. Browsers never send a fragment to a server. The same bytes in base32
(without the 0x01) are accepted too, for tools that have no big numbers.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from . import cbor, codes
from .errors import AddressError, FragmentError

_PREFIX = b"\x01"  # keeps leading zero bytes, and marks this form of the fragment
MAX_DIGITS = len(str(2 ** (8 * cbor.MAX_SIZE + 1) - 1))
MAX_BASE32 = -(-8 * cbor.MAX_SIZE // 5)

_BASE = re.compile(
    r"(https?)://([0-9a-z](?:[0-9a-z.-]*[0-9a-z])?(?::[0-9]{1,5})?)/?",
    re.ASCII | re.IGNORECASE,
)
# WeChat adds ?from=… when a link is shared, and some servers add a last slash: both are let through.
_URL = re.compile(
    r"(?P<base>https?://[^/?#\s]+)/c/(?P<code>[^/?#]+)/?(?:\?[^#]*)?(?:#(?P<fragment>.*))?",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateUrl:
    """A certificate's address taken apart. `base_url` is what the paper says, and proves nothing."""

    base_url: str
    code: str
    fragment: str


def to_digits(cose: bytes) -> str:
    """The fragment for an envelope, in decimal digits."""
    return str(int.from_bytes(_PREFIX + cose, "big"))


def to_base32(cose: bytes) -> str:
    """The fragment for an envelope, in base32 (RFC 4648, capitals, no padding)."""
    return base64.b32encode(cose).decode().rstrip("=")


def to_bytes(fragment: str) -> bytes:
    """The envelope's bytes in a fragment; only digits are decimal, anything else base32 in any case.

    Raises FragmentError: fragment_missing, _too_long, _characters, _prefix, _not_canonical.
    """
    if not fragment:
        raise FragmentError("fragment_missing")
    if len(fragment) > MAX_DIGITS:
        raise FragmentError("fragment_too_long")
    if re.fullmatch(r"[0-9]+", fragment):
        return _from_digits(fragment)
    if re.fullmatch(r"[A-Za-z2-7]+", fragment):
        return _from_base32(fragment.upper())
    raise FragmentError("fragment_characters")


def _from_digits(digits: str) -> bytes:
    if digits[0] == "0":
        raise FragmentError("fragment_not_canonical")
    number = int(digits)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if data[:1] != _PREFIX:
        raise FragmentError("fragment_prefix")
    return data[1:]


def _from_base32(text: str) -> bytes:
    if len(text) > MAX_BASE32:
        raise FragmentError("fragment_too_long")
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error as error:
        raise FragmentError("fragment_not_canonical") from error
    if to_base32(data) != text:
        raise FragmentError("fragment_not_canonical")
    return data


def url(base_url: str, code: str, fragment: str) -> str:
    """The address for the QR, in capitals so that QR alphanumeric mode holds all but `#` and the digits.

    `base_url` is the site's `https://host[:port]`. Raises AddressError: url_base.
    """
    match = _BASE.fullmatch(base_url)
    if match is None:
        raise AddressError("url_base")
    return f"{match[1]}://{match[2]}/C/{code}".upper() + f"#{fragment}"


def parse_url(text: str) -> CertificateUrl:
    """The parts of an address as scanned or pasted. Also takes the bare `<CODE>#<fragment>`.

    Raises AddressError: url_shape, code_*. A missing fragment is found in step 2.
    """
    text = text.strip()
    match = _URL.fullmatch(text)
    if match is not None:
        base_url, code, fragment = (
            match["base"].lower(),
            match["code"],
            match["fragment"] or "",
        )
    elif "#" in text and "/" not in text:
        base_url = ""
        code, fragment = text.split("#", 1)
    else:
        raise AddressError("url_shape")
    return CertificateUrl(base_url=base_url, code=codes.parse_code(code), fragment=fragment)
