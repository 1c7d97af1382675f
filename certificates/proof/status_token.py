"""A signed status list: what the registry said of 2^20 certificates at one moment.

The same list travels as a JWT (for browsers and most programs) and as a CWT (a third smaller). Both are signed by
a *service* key of the trust bundle. A list past its `exp` is still read: it tells what was true then, and how long
ago that is; `answer` never takes it for today's.

Source: draft-ietf-oauth-status-list-21, §5.1 (JWT), §5.2 (CWT), §8.3 (validation).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from . import base64url, cbor, cose, jws
from .errors import EnvelopeError, JwsError, KeyBundleError, StatusError
from .keys import KeyPurpose, PublicKey
from .sign import Signer
from .status import BITS, Status, StatusList, locate
from .trust import TrustBundle, moment

JWT_TYPE = "statuslist+jwt"
CWT_TYPE = "application/statuslist+cwt"
MAX_SIZE = 2**19  # a list that does not compress at all stays below this in both forms
CLOCK_SKEW = timedelta(minutes=5)
_SUB, _EXP, _IAT, _STATUS_LIST, _TTL = 2, 4, 6, 65533, 65534


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusToken:
    """A status list with a signature that held."""

    uri: str
    issued_at: datetime
    expires_at: datetime
    ttl: int | None
    """Seconds for which a copy need not be fetched again."""
    statuses: StatusList
    kid: bytes

    def status(self, status_index: int) -> Status:
        """What the list says of a certificate with this index, which must be one of this list's."""
        return self.statuses.get(locate(status_index)[1])

    def age(self, at: datetime) -> timedelta:
        """How long ago this was true."""
        return max(at - self.issued_at, timedelta())

    def expired(self, at: datetime) -> bool:
        """Whether this is no longer to be taken for today's."""
        return at >= self.expires_at


def sign_jwt(
    statuses: StatusList,
    *,
    uri: str,
    issued_at: datetime,
    expires_at: datetime,
    ttl: int,
    signer: Signer,
) -> str:
    """The list as a JWT (media type application/statuslist+jwt). `ttl` in seconds."""
    claims = {
        "sub": uri,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "ttl": ttl,
        "status_list": {"bits": BITS, "lst": base64url.encode(statuses.compressed())},
    }
    payload = json.dumps(claims, separators=(",", ":")).encode()
    return jws.sign_compact(payload, typ=JWT_TYPE, signer=signer)


def sign_cwt(
    statuses: StatusList,
    *,
    uri: str,
    issued_at: datetime,
    expires_at: datetime,
    ttl: int,
    signer: Signer,
) -> bytes:
    """The list as a CWT (media type application/statuslist+cwt). `ttl` in seconds."""
    claims = {
        _SUB: uri,
        _IAT: int(issued_at.timestamp()),
        _EXP: int(expires_at.timestamp()),
        _TTL: ttl,
        _STATUS_LIST: {"bits": BITS, "lst": statuses.compressed()},
    }
    protected, payload = cose.protected_header(signer.kid, typ=CWT_TYPE), cbor.encode(claims)
    signature = signer.sign(cose.to_be_signed(protected=protected, payload=payload))
    if len(signature) != cose.SIGNATURE_SIZE:
        raise EnvelopeError("cose_signature_size")
    return cose.build(protected=protected, payload=payload, signature=signature)


def read(data: str | bytes, bundle: TrustBundle, *, uri: str, at: datetime) -> StatusToken:
    """The list named `uri` (see `TrustBundle.status_uri`) in a JWT or CWT, once its signature has held.

    Raises StatusError: status_*, and jws_*, cose_*, cbor_* for what is not of the right form. Never any other
    exception, whatever the input. Whether it has expired is for the caller to ask.
    """
    if len(data) > MAX_SIZE:
        raise StatusError("status_too_large")
    try:
        if isinstance(data, str):
            key, claims = _open_jwt(data, bundle)
        elif data[:1] == cose.SIGN1_TAG:
            key, claims = _open_cwt(data, bundle)
        else:
            key, claims = _open_jwt(data.decode("latin-1"), bundle)
    except (EnvelopeError, JwsError) as error:
        raise StatusError(error.code) from error
    if claims.get("sub") != uri:
        raise StatusError("status_uri")
    token = _token(claims, key)
    if token.issued_at > at + CLOCK_SKEW:
        raise StatusError("status_future")
    if not key.serves_at(token.issued_at):
        raise StatusError("status_key")
    return token


def pick(
    tokens: Iterable[str | bytes], bundle: TrustBundle, *, uri: str, at: datetime
) -> StatusToken | StatusError | None:
    """The newest readable list named `uri` among these; else what is wrong with one; None if there is none."""
    best: StatusToken | StatusError | None = None
    for data in tokens:
        try:
            token = read(data, bundle, uri=uri, at=at)
        except StatusError as error:
            if best is None and error.code != "status_uri":
                best = error
        else:
            if not isinstance(best, StatusToken) or token.issued_at > best.issued_at:
                best = token
    return best


def _open_jwt(text: str, bundle: TrustBundle) -> tuple[PublicKey, dict[str, Any]]:
    message = jws.parse_compact(text, typ=JWT_TYPE)
    key = message.signer(_service_keys(bundle, message.signatures[0].kid))
    if key is None:
        raise StatusError("status_key")
    claims = jws.parse_json(message.payload)
    if not isinstance(claims, dict):
        raise StatusError("status_format")
    found = dict(claims)
    match found.get("status_list"):
        case {"bits": bits, "lst": str(lst)}:
            try:
                found["status_list"] = {"bits": bits, "lst": base64url.decode(lst)}
            except ValueError as error:
                raise StatusError("status_format") from error
        case _:
            raise StatusError("status_format")
    return key, found


def _open_cwt(data: bytes, bundle: TrustBundle) -> tuple[PublicKey, dict[str, Any]]:
    envelope = cose.parse(data, typ=CWT_TYPE, max_size=MAX_SIZE)
    signed = cose.to_be_signed(protected=envelope.protected, payload=envelope.payload)
    candidates = _service_keys(bundle, envelope.kid)
    key = next((key for key in candidates if key.signed(signed, envelope.signature)), None)
    if key is None:
        raise StatusError("status_key")
    claims = cbor.decode(envelope.payload, max_size=MAX_SIZE, text_keys=True)
    if not isinstance(claims, dict):
        raise StatusError("status_format")
    names = {_SUB: "sub", _EXP: "exp", _IAT: "iat", _STATUS_LIST: "status_list", _TTL: "ttl"}
    return key, {name: claims[number] for number, name in names.items() if number in claims}


def _service_keys(bundle: TrustBundle, kid: bytes) -> tuple[PublicKey, ...]:
    try:
        return bundle.find(kid, KeyPurpose.SERVICE)
    except KeyBundleError as error:
        raise StatusError("status_key") from error


def _token(claims: dict[str, Any], key: PublicKey) -> StatusToken:
    match claims:
        case {"iat": iat, "exp": exp, "status_list": {"bits": bits, "lst": bytes(lst)}}:
            pass
        case _:
            raise StatusError("status_format")
    ttl = claims.get("ttl")
    if ttl is not None and not (type(ttl) is int and ttl > 0):
        raise StatusError("status_format")
    if type(bits) is not int or bits != BITS:
        raise StatusError("status_size")
    try:
        issued_at, expires_at = moment(iat), moment(exp)
    except ValueError as error:
        raise StatusError("status_format") from error
    return StatusToken(
        uri=claims["sub"],
        issued_at=issued_at,
        expires_at=expires_at,
        ttl=ttl,
        statuses=StatusList.from_compressed(lst),
        kid=key.kid,
    )
