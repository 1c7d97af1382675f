"""The public keys a verifier trusts, and the JSON file they travel in.

A key's id (`kid`) is the first 6 bytes of its RFC 7638 thumbprint: the first 8 characters of its base64url
form. It is a hint for finding the key and proves nothing; two keys with one id are both tried.

A key that leaks is not erased but *closed from a date*. Certificates dated on or after that day fail. A
thief can write an earlier date, though, and no signature can show that. So a certificate of a closed key
that is dated earlier is only as good as the registry's own record of its code: `verify.Verified` says so in
`registry_needed`, and nothing may call such a certificate genuine from the paper alone.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from .cose import KID_SIZE
from .errors import KeyBundleError, KeyWindowError

BUNDLE_FORMAT = "twoskills-trust-bundle-1"
_ECDSA = ec.ECDSA(SHA256())


class KeyState(StrEnum):
    ACTIVE = "active"
    """Signs new certificates."""
    RETIRED = "retired"
    """Signs no more; what it signed in its window still verifies."""
    COMPROMISED = "compromised"
    """Someone else may have it: closed from `compromised_from`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """One P-256 key, whose it is and when it may sign. Raises KeyBundleError when contradictory."""

    x: bytes
    y: bytes
    owner: str
    """The federation that holds the private key, as shown to whoever checks a certificate."""
    not_before: date
    not_after: date | None = None
    """The last issue date this key may sign, if that is known."""
    state: KeyState = KeyState.ACTIVE
    compromised_from: date | None = None
    kid: bytes = field(init=False)

    def __post_init__(self) -> None:
        _load(self.x, self.y)
        object.__setattr__(self, "kid", _thumbprint(self.x, self.y)[:KID_SIZE])
        if type(self.owner) is not str or not self.owner:
            raise KeyBundleError("bundle_format")
        if (
            (self.not_after is not None and self.not_after < self.not_before)
            or (self.state is KeyState.RETIRED and self.not_after is None)
            or (self.state is KeyState.COMPROMISED) != (self.compromised_from is not None)
        ):
            raise KeyBundleError("key_dates")

    @classmethod
    def of(
        cls,
        key: ec.EllipticCurvePublicKey,
        *,
        owner: str,
        not_before: date,
        not_after: date | None = None,
        state: KeyState = KeyState.ACTIVE,
        compromised_from: date | None = None,
    ) -> "PublicKey":
        """The entry for a key of the `cryptography` package. Raises KeyBundleError."""
        x, y = _coordinates(key)
        return cls(
            x=x,
            y=y,
            owner=owner,
            not_before=not_before,
            not_after=not_after,
            state=state,
            compromised_from=compromised_from,
        )

    def signed(self, data: bytes, signature: bytes) -> bool:
        """Whether this key made `signature` (raw r‖s, 64 bytes) over `data`."""
        r, s = (
            int.from_bytes(signature[:32], "big"),
            int.from_bytes(signature[32:], "big"),
        )
        try:
            _load(self.x, self.y).verify(encode_dss_signature(r, s), data, _ECDSA)
        except InvalidSignature:
            return False
        return True

    def check_date(self, issued_on: date) -> None:
        """Refuse an issue date on which this key was not allowed to sign. Raises KeyWindowError."""
        if issued_on < self.not_before or (self.not_after is not None and issued_on > self.not_after):
            raise KeyWindowError("key_outside_window")
        if self.compromised_from is not None and issued_on >= self.compromised_from:
            raise KeyWindowError("key_compromised")

    def to_jwk(self) -> dict[str, str]:
        """The key as a member of a JWK set."""
        jwk = {
            "kty": "EC",
            "crv": "P-256",
            "alg": "ES256",
            "use": "sig",
            "kid": _to_base64url(self.kid),
            "x": _to_base64url(self.x),
            "y": _to_base64url(self.y),
            "owner": self.owner,
            "state": self.state.value,
            "not_before": self.not_before.isoformat(),
        }
        if self.not_after is not None:
            jwk["not_after"] = self.not_after.isoformat()
        if self.compromised_from is not None:
            jwk["compromised_from"] = self.compromised_from.isoformat()
        return jwk

    @classmethod
    def from_jwk(cls, jwk: Any) -> "PublicKey":
        """The key in a member of a JWK set; unknown members are ignored. Raises KeyBundleError."""
        if not isinstance(jwk, dict):
            raise KeyBundleError("bundle_format")
        if "d" in jwk:
            raise KeyBundleError("key_private")
        if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256" or jwk.get("alg", "ES256") != "ES256":
            raise KeyBundleError("key_not_p256")
        try:
            key = cls(
                x=_from_base64url(jwk["x"]),
                y=_from_base64url(jwk["y"]),
                owner=jwk["owner"],
                not_before=_date(jwk["not_before"]),
                not_after=_optional_date(jwk.get("not_after")),
                state=KeyState(jwk["state"]),
                compromised_from=_optional_date(jwk.get("compromised_from")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise KeyBundleError("bundle_format") from error
        if jwk.get("kid") != _to_base64url(key.kid):
            raise KeyBundleError("key_id_wrong")
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustBundle:
    """All the keys a verifier trusts, as known on a day."""

    as_of: date
    keys: tuple[PublicKey, ...]

    def find(self, kid: bytes) -> tuple[PublicKey, ...]:
        """The keys with this id: nearly always one. Raises KeyBundleError: key_unknown."""
        found = tuple(key for key in self.keys if key.kid == kid)
        if not found:
            raise KeyBundleError("key_unknown")
        return found

    def to_json(self) -> str:
        """The bundle as published."""
        content = {
            "format": BUNDLE_FORMAT,
            "as_of": self.as_of.isoformat(),
            "keys": [key.to_jwk() for key in self.keys],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "TrustBundle":
        """A published bundle; one bad key refuses it all. Raises KeyBundleError: bundle_format, key_*."""
        try:
            content = json.loads(text)
            if content["format"] != BUNDLE_FORMAT or not isinstance(content["keys"], list):
                raise KeyBundleError("bundle_format")
            as_of = _date(content["as_of"])
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise KeyBundleError("bundle_format") from error
        return cls(as_of=as_of, keys=tuple(PublicKey.from_jwk(jwk) for jwk in content["keys"]))


def kid_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The key id of a public key. Raises KeyBundleError: key_not_p256."""
    return _thumbprint(*_coordinates(key))[:KID_SIZE]


def _coordinates(key: ec.EllipticCurvePublicKey) -> tuple[bytes, bytes]:
    if not isinstance(key.curve, ec.SECP256R1):
        raise KeyBundleError("key_not_p256")
    point = key.public_numbers()
    return point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")


def _thumbprint(x: bytes, y: bytes) -> bytes:
    """RFC 7638: SHA-256 over the required members, in this order, without spaces."""
    required = f'{{"crv":"P-256","kty":"EC","x":"{_to_base64url(x)}","y":"{_to_base64url(y)}"}}'
    return hashlib.sha256(required.encode()).digest()


@lru_cache(maxsize=1024)
def _load(x: bytes, y: bytes) -> ec.EllipticCurvePublicKey:
    """The key as `cryptography` holds it, which refuses a point off the curve."""
    if len(x) != 32 or len(y) != 32:
        raise KeyBundleError("key_off_curve")
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
    )
    try:
        return numbers.public_key()
    except ValueError as error:
        raise KeyBundleError("key_off_curve") from error


def _date(text: str) -> date:
    """A date as YYYY-MM-DD only: `fromisoformat` alone also reads 20260101 and 2026-W01-1."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not YYYY-MM-DD")
    return date.fromisoformat(text)


def _optional_date(text: str | None) -> date | None:
    return None if text is None else _date(text)


def _to_base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _from_base64url(text: str) -> bytes:
    """The bytes in unpadded base64url. Raises ValueError, also for a second spelling of the same bytes."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _to_base64url(data) != text:
        raise ValueError("not canonical base64url")
    return data
