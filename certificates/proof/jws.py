"""The small part of JSON Web Signature (RFC 7515) that the trust bundle and the status lists use.

ES256 and nothing else: the algorithm is ours to say, not the message's. `typ` keeps a message of one kind from
being read as another; `crit` is refused, as nothing critical is understood here. Taking a
message apart verifies nothing: ask `Message.signer` before believing its payload.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import base64url
from .cose import KID_SIZE, SIGNATURE_SIZE
from .errors import JwsError
from .keys import PublicKey
from .sign import Signer

ALGORITHM = "ES256"
MAX_SIGNATURES = 8
MAX_HEADER = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature over a payload; nothing about it is verified yet."""

    kid: bytes
    signed: bytes
    """The bytes that the key signed: BASE64URL(header) "." BASE64URL(payload)."""
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A JWS taken apart; nothing about it is verified yet."""

    payload: bytes
    signatures: tuple[Signature, ...]

    def signer(self, keys: Iterable[PublicKey]) -> PublicKey | None:
        """The first of these keys that signed the message."""
        return next((key for key in keys if self.signed_by(key)), None)

    def signed_by(self, key: PublicKey) -> bool:
        return any(one.kid == key.kid and key.signed(one.signed, one.signature) for one in self.signatures)


def sign_compact(payload: bytes, *, typ: str, signer: Signer) -> str:
    """The message as header.payload.signature (RFC 7515 §7.1)."""
    protected, signature = _sign(base64url.encode(payload), typ=typ, signer=signer)
    return f"{protected}.{base64url.encode(payload)}.{signature}"


def sign_general(payload: bytes, *, typ: str, signers: Iterable[Signer]) -> str:
    """The message in JSON, with a signature of each signer (RFC 7515 §7.2.1)."""
    encoded = base64url.encode(payload)
    pairs = [_sign(encoded, typ=typ, signer=signer) for signer in signers]
    signatures = [{"protected": protected, "signature": signature} for protected, signature in pairs]
    return json.dumps({"payload": encoded, "signatures": signatures}, separators=(",", ":"))


def parse_compact(text: str, *, typ: str) -> Message:
    """Take a compact message apart. Raises JwsError."""
    parts = text.split(".", 3)
    if len(parts) != 3:
        raise JwsError("jws_format")
    protected, payload, signature = parts
    content = _bytes(payload)
    return Message(payload=content, signatures=(_signature(protected, payload, signature, typ),))


def parse_general(content: Any, *, typ: str) -> Message:
    """Take a message apart that was already read from JSON. Raises JwsError.

    A signature of another kind (say, a later algorithm beside ours) is passed over, as RFC 7515 §5.2 allows;
    at least one must be of ours.
    """
    if not isinstance(content, dict):
        raise JwsError("jws_format")
    payload, entries = content.get("payload"), content.get("signatures")
    if (
        not isinstance(payload, str)
        or not isinstance(entries, list)
        or not 1 <= len(entries) <= MAX_SIGNATURES
    ):
        raise JwsError("jws_format")
    decoded = _bytes(payload)
    signatures, refusals = [], []
    for entry in entries:
        try:
            if not isinstance(entry, dict) or "header" in entry:
                raise JwsError("jws_format")
            signatures.append(_signature(entry.get("protected"), payload, entry.get("signature"), typ))
        except JwsError as error:
            refusals.append(error)
    if not signatures:
        raise refusals[0]
    return Message(payload=decoded, signatures=tuple(signatures))


def parse_json(data: str | bytes) -> Any:
    """A JSON value in UTF-8 as a browser reads it too: no NaN or Infinity; `1.0` is the whole number 1.

    Raises JwsError.
    """
    try:
        text = data if isinstance(data, str) else data.decode()
        return json.loads(text, parse_constant=_refuse, parse_int=_number, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise JwsError("jws_format") from error


def _sign(payload: str, *, typ: str, signer: Signer) -> tuple[str, str]:
    header = {"alg": ALGORITHM, "kid": base64url.encode(signer.kid), "typ": typ}
    protected = base64url.encode(json.dumps(header, separators=(",", ":")).encode())
    signature = signer.sign(f"{protected}.{payload}".encode())
    if len(signature) != SIGNATURE_SIZE:
        raise JwsError("jws_signature_size")
    return protected, base64url.encode(signature)


def _signature(protected: Any, payload: str, signature: Any, typ: str) -> Signature:
    if not (type(protected) is str and len(protected) <= MAX_HEADER):
        raise JwsError("jws_format")
    header = parse_json(_bytes(protected))
    if not isinstance(header, dict):
        raise JwsError("jws_format")
    if header.get("alg") != ALGORITHM:
        raise JwsError("jws_algorithm")
    if "crit" in header:
        raise JwsError("jws_critical")
    if header.get("typ") != typ:
        raise JwsError("jws_type")
    kid = _bytes(header.get("kid"))
    if len(kid) != KID_SIZE:
        raise JwsError("jws_key_id")
    made = _bytes(signature)
    if len(made) != SIGNATURE_SIZE:
        raise JwsError("jws_signature_size")
    return Signature(kid=kid, signed=f"{protected}.{payload}".encode("ascii"), signature=made)


def _bytes(text: Any) -> bytes:
    try:
        return base64url.decode(text)
    except (TypeError, ValueError) as error:
        raise JwsError("jws_format") from error


def _number(text: str) -> int | float:
    # RFC 7493 §2.2: a number is what a double holds. So thousands of digits are merely too large a number.
    value = float(text)
    return int(value) if value.is_integer() else value


def _refuse(name: str) -> Any:
    raise ValueError(name)
