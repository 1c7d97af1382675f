"""The trust bundle: all the keys a verifier trusts, in one JSON file that the registry signs.

Who checks nothing but the paper may hold a plain bundle, got by hand from someone trusted. Published bundles
are signed (JWS, general JSON) by the registry's service keys. A verifier begins with a *pin*, the thumbprint of
a service key that it was given on another way, and from then on takes a newer bundle only when a service key
of the bundle it already holds has signed it.
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from . import jws
from .errors import JwsError, KeyBundleError
from .keys import BEIJING, KeyPurpose, PublicKey, iso_date
from .sign import Signer
from .status import locate

BUNDLE_FORMAT = "twoskills-trust-bundle-1"
BUNDLE_TYPE = "twoskills-trust+jws"
MAX_BUNDLE_SIZE = 4 * 2**20  # about 8,000 keys
LAST_SECOND = 2**33 - 1  # in the year 2242

_ISSUER = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,200}")
_PURPOSES = frozenset(KeyPurpose)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustBundle:
    """All the keys a verifier trusts, as known on a day."""

    as_of: date
    keys: tuple[PublicKey, ...]
    issuer: str = ""
    """The registry's base address, `https://host`: where its status lists are."""
    issued_at: datetime | None = None
    """When it was signed; only a signed bundle needs it."""

    def find(self, kid: bytes, purpose: KeyPurpose = KeyPurpose.CERTIFICATE) -> tuple[PublicKey, ...]:
        """The keys with this id: nearly always one. Raises KeyBundleError: key_unknown, key_purpose."""
        found = tuple(key for key in self.keys if key.kid == kid)
        if not found:
            raise KeyBundleError("key_unknown")
        fitting = tuple(key for key in found if key.purpose is purpose)
        if not fitting:
            raise KeyBundleError("key_purpose")
        return fitting

    def status_uri(self, status_index: int) -> str:
        """The name and address of the status list that has this index."""
        return f"{self.issuer}/status/{locate(status_index)[0]}"

    @property
    def known_at(self) -> datetime:
        """When this was the registry's knowledge: when it was signed, or the day's beginning."""
        return self.issued_at or datetime.combine(self.as_of, time(), BEIJING)

    def age(self, at: datetime) -> timedelta:
        """How old this knowledge is."""
        return max(at - self.known_at, timedelta())

    def to_json(self) -> str:
        """The bundle for people to read, without a signature."""
        return json.dumps(self._content(), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes, pins: Collection[bytes] = ()) -> "TrustBundle":
        """The first bundle a verifier trusts. One bad key refuses it all.

        With `pins` (RFC 7638 SHA-256 thumbprints, 32 bytes) it must be signed by a pinned service key. Without,
        a plain bundle is taken as it is, and a signed one must be signed by a service key of its own, which shows
        that it is whole but not whose it is. Raises KeyBundleError: bundle_*, key_*, jws_*.
        """
        bundle, message = _read(text)
        if message is None:
            if pins:
                raise KeyBundleError("bundle_unsigned")
            return bundle
        trusted = [key for key in bundle.keys if not pins or key.thumbprint in pins]
        return bundle._signed_by(trusted, message)

    def renewed(self, text: str | bytes) -> "TrustBundle":
        """The bundle that takes this one's place. Raises KeyBundleError.

        bundle_signature: no service key that this bundle trusts has signed it. bundle_issuer: it is another
        registry's. bundle_older: it was signed before this one.
        """
        bundle, message = _read(text)
        if message is None:
            raise KeyBundleError("bundle_unsigned")
        bundle._signed_by(self.keys, message)
        if self.issuer and bundle.issuer != self.issuer:
            raise KeyBundleError("bundle_issuer")
        if bundle.known_at < self.known_at:
            raise KeyBundleError("bundle_older")
        return bundle

    def _signed_by(self, keys: Iterable[PublicKey], message: jws.Message) -> "TrustBundle":
        at = self.issued_at
        if at is None or message.signer(key for key in keys if key.serves_at(at)) is None:
            raise KeyBundleError("bundle_signature")
        return self

    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = {"format": BUNDLE_FORMAT, "as_of": self.as_of.isoformat()}
        if self.issuer:
            content["issuer"] = self.issuer
        if self.issued_at is not None:
            content["iat"] = int(self.issued_at.timestamp())
        return content | {"keys": [key.to_jwk() for key in self.keys]}


def sign_bundle(bundle: TrustBundle, signers: Iterable[Signer]) -> str:
    """The bundle as published, with a signature of each signer.

    While one service key takes over from another, let both sign: verifiers know one or the other. Raises
    KeyBundleError (bundle_format) when the bundle lacks its issuer or time.
    """
    if not _ISSUER.fullmatch(bundle.issuer) or bundle.issued_at is None:
        raise KeyBundleError("bundle_format")
    payload = json.dumps(bundle._content(), ensure_ascii=False, separators=(",", ":")).encode()
    return jws.sign_general(payload, typ=BUNDLE_TYPE, signers=signers)


def moment(seconds: Any) -> datetime:
    """The time of a NumericDate (RFC 7519 §2). Raises ValueError."""
    if type(seconds) is not int or not 0 <= seconds <= LAST_SECOND:
        raise ValueError("not a NumericDate in range")
    return datetime.fromtimestamp(seconds, UTC)


def _read(text: str | bytes) -> tuple[TrustBundle, jws.Message | None]:
    """A bundle and the signatures over it, if any; nothing is verified yet."""
    if len(text) > MAX_BUNDLE_SIZE:
        raise KeyBundleError("bundle_too_large")
    try:
        content = jws.parse_json(text)
    except JwsError as error:
        raise KeyBundleError("bundle_format") from error
    if not isinstance(content, dict) or "payload" not in content:
        return _bundle(content), None
    try:
        message = jws.parse_general(content, typ=BUNDLE_TYPE)
        content = jws.parse_json(message.payload)
    except JwsError as error:
        raise KeyBundleError(error.code) from error
    bundle = _bundle(content)
    if not bundle.issuer or bundle.issued_at is None:
        raise KeyBundleError("bundle_format")
    return bundle, message


def _bundle(content: Any) -> TrustBundle:
    try:
        if content["format"] != BUNDLE_FORMAT or not isinstance(content["keys"], list):
            raise KeyBundleError("bundle_format")
        issuer, issued_at = content.get("issuer", ""), content.get("iat")
        if issuer != "" and not _ISSUER.fullmatch(issuer):
            raise KeyBundleError("bundle_format")
        return TrustBundle(
            as_of=iso_date(content["as_of"]),
            keys=tuple(PublicKey.from_jwk(jwk) for jwk in content["keys"] if not _passed_over(jwk)),
            issuer=issuer,
            issued_at=None if issued_at is None else moment(issued_at),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KeyBundleError("bundle_format") from error


def _passed_over(jwk: Any) -> bool:
    """Whether a public key is for a purpose that this program has no use for: it may be of any kind."""
    if not isinstance(jwk, dict) or "d" in jwk:
        return False
    purpose = jwk.get("purpose", KeyPurpose.CERTIFICATE)
    return isinstance(purpose, str) and purpose not in _PURPOSES
