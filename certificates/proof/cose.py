"""The envelope: a COSE_Sign1 message (RFC 9052), always tagged, always ES256 (RFC 9053).

    18([ << {1: -7, 4: kid} >>, {}, << claims >>, signature ])

The certificate's code, as ASCII, is the `external_aad`: it is signed but not carried, so a fragment fits only
the code in its own address. The tag costs one byte and tells any COSE reader what it holds.

ECDSA signatures are malleable: from (r, s) anyone can make (r, n - s), equally valid. Both are accepted, as
in WebCrypto; a certificate is known by its code, never by a hash of these bytes.
"""

from dataclasses import dataclass

from . import cbor
from .errors import EnvelopeError

SIGN1_TAG = b"\xd2"  # tag 18
ES256 = -7
KID_SIZE = 6
SIGNATURE_SIZE = 64
HEADER_ALGORITHM, HEADER_KEY_ID, HEADER_TYPE = 1, 4, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A COSE_Sign1 message taken apart; nothing about it is verified yet."""

    protected: bytes
    kid: bytes
    payload: bytes
    signature: bytes


def protected_header(kid: bytes, *, typ: str | None = None) -> bytes:
    """The encoded protected header for a key id; `typ` (RFC 9596) for anything but a certificate."""
    header: dict[int, int | bytes | str] = {HEADER_ALGORITHM: ES256, HEADER_KEY_ID: kid}
    return cbor.encode(header if typ is None else header | {HEADER_TYPE: typ})


def to_be_signed(*, protected: bytes, payload: bytes, code: str = "") -> bytes:
    """The bytes that the key signs: the Sig_structure of RFC 9052 §4.4 with the code as external_aad."""
    return cbor.encode(["Signature1", protected, code.encode("ascii"), payload])


def build(*, protected: bytes, payload: bytes, signature: bytes) -> bytes:
    """The finished message."""
    return SIGN1_TAG + cbor.encode([protected, {}, payload, signature])


def parse(data: bytes, *, typ: str | None = None, max_size: int = cbor.MAX_SIZE) -> Envelope:
    """Take a message of a certificate apart, or of that type. Raises EnvelopeError: cbor_*, cose_*."""
    if data[:1] != SIGN1_TAG:
        raise EnvelopeError("cose_tag")
    match cbor.decode(data[1:], max_size=max_size):
        case [
            bytes(protected),
            {} as unprotected,
            bytes(payload),
            bytes(signature),
        ] if not unprotected:
            pass
        case _:
            raise EnvelopeError("cose_shape")
    header = cbor.decode(protected)
    if not isinstance(header, dict):
        raise EnvelopeError("cose_header")
    if header.get(HEADER_ALGORITHM) != ES256:
        raise EnvelopeError("cose_algorithm")
    if set(header) != {HEADER_ALGORITHM, HEADER_KEY_ID} | ({HEADER_TYPE} if typ else set()):
        raise EnvelopeError("cose_header")
    if header.get(HEADER_TYPE) != typ:
        raise EnvelopeError("cose_type")
    kid = header[HEADER_KEY_ID]
    if not isinstance(kid, bytes) or len(kid) != KID_SIZE:
        raise EnvelopeError("cose_key_id")
    if len(signature) != SIGNATURE_SIZE:
        raise EnvelopeError("cose_signature_size")
    return Envelope(protected=protected, kid=kid, payload=payload, signature=signature)
