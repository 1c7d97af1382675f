"""The public keys a verifier trusts: whose they are, what they sign and when.

A key's id (`kid`) is the first 6 bytes of its RFC 7638 thumbprint: the first 8 characters of its base64url
form. It is a hint for finding the key and proves nothing; two keys with one id are both tried.

A key that leaks is not erased but *closed from a date*. Certificates dated on or after that day fail. A
thief can write an earlier date, though, and no signature can show that. So a certificate of a closed key
that is dated earlier is only as good as the registry's own record of its code: `verify.Verified` says so in
`registry_needed`, and nothing may call such a certificate genuine from the paper alone. A closed *service* key
is believed in nothing at all, as what it signed is easily signed again.

Every day here is a day in Beijing (UTC+8), where the registry is.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from . import base64url
from .claims import INVISIBLE
from .cose import KID_SIZE
from .errors import KeyBundleError, KeyWindowError

BEIJING = timezone(timedelta(hours=8))
_ECDSA = ec.ECDSA(SHA256())


class KeyPurpose(StrEnum):
    CERTIFICATE = "certificate"
    """A federation's: signs certificates and nothing else."""
    SERVICE = "service"
    """The registry's own: signs the trust bundle and the status lists, never a certificate."""


class KeyState(StrEnum):
    NEXT = "next"
    """Signs from `not_before` on; announced early, so that verifiers know it when its time comes."""
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
    """The federation (or registry) that holds the private key, as shown to whoever checks a certificate."""
    purpose: KeyPurpose = KeyPurpose.CERTIFICATE
    not_before: date
    not_after: date | None = None
    """The last day this key may sign, if that is known."""
    state: KeyState = KeyState.ACTIVE
    compromised_from: date | None = None
    kid: bytes = field(init=False)

    def __post_init__(self) -> None:
        _load(self.x, self.y)
        object.__setattr__(self, "kid", self.thumbprint[:KID_SIZE])
        if not (type(self.owner) is str and self.owner and not INVISIBLE.search(self.owner)):
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
        purpose: KeyPurpose = KeyPurpose.CERTIFICATE,
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
            purpose=purpose,
            not_before=not_before,
            not_after=not_after,
            state=state,
            compromised_from=compromised_from,
        )

    @property
    def thumbprint(self) -> bytes:
        """The key's whole SHA-256 thumbprint (RFC 7638), by which a verifier pins it."""
        return _thumbprint(self.x, self.y)

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

    def serves_at(self, at: datetime) -> bool:
        """Whether a bundle or status list of this moment may be signed with this key."""
        day = at.astimezone(BEIJING).date()
        return (
            self.purpose is KeyPurpose.SERVICE
            and self.state is not KeyState.COMPROMISED
            and self.not_before <= day
            and (self.not_after is None or day <= self.not_after)
        )

    def to_jwk(self) -> dict[str, str]:
        """The key as a member of a JWK set."""
        jwk = {
            "kty": "EC",
            "crv": "P-256",
            "alg": "ES256",
            "use": "sig",
            "kid": base64url.encode(self.kid),
            "x": base64url.encode(self.x),
            "y": base64url.encode(self.y),
            "owner": self.owner,
            "purpose": self.purpose.value,
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
                x=base64url.decode(jwk["x"]),
                y=base64url.decode(jwk["y"]),
                owner=jwk["owner"],
                purpose=KeyPurpose(jwk.get("purpose", KeyPurpose.CERTIFICATE)),
                not_before=iso_date(jwk["not_before"]),
                not_after=_optional_date(jwk.get("not_after")),
                state=KeyState(jwk["state"]),
                compromised_from=_optional_date(jwk.get("compromised_from")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise KeyBundleError("bundle_format") from error
        if jwk.get("kid") != base64url.encode(key.kid):
            raise KeyBundleError("key_id_wrong")
        return key


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
    required = f'{{"crv":"P-256","kty":"EC","x":"{base64url.encode(x)}","y":"{base64url.encode(y)}"}}'
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


def iso_date(text: str) -> date:
    """A date as YYYY-MM-DD only: `fromisoformat` alone also reads 20260101 and 2026-W01-1."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not YYYY-MM-DD")
    return date.fromisoformat(text)


def _optional_date(text: str | None) -> date | None:
    return None if text is None else iso_date(text)
