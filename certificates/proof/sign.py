"""Signing a certificate's claims, with a key that may live in memory or elsewhere."""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from . import cbor, codes, cose
from .claims import Claims
from .errors import AddressError, EnvelopeError, KeyBundleError
from .keys import kid_of

# RFC 6979: no random number to get wrong, and signing the same claims again gives the same bytes.
_ECDSA = ec.ECDSA(SHA256(), deterministic_signing=True)


class Signer(Protocol):
    """What can sign: a key in memory, or a key store that keeps the key to itself."""

    @property
    def kid(self) -> bytes:
        """The key id, see `keys.kid_of`."""

    def sign(self, data: bytes) -> bytes:
        """The ES256 signature over `data`: r‖s, 64 bytes."""


class LocalSigner:
    """A signer whose private key is in this process."""

    def __init__(self, private_key: ec.EllipticCurvePrivateKey) -> None:
        """Raises KeyBundleError: key_not_p256."""
        self._private_key = private_key
        self.kid = kid_of(private_key.public_key())

    @classmethod
    def from_pem(cls, pem: bytes) -> "LocalSigner":
        """The signer for an unencrypted PEM private key. Raises KeyBundleError: key_not_p256."""
        try:
            key = load_pem_private_key(pem, password=None)
        except (TypeError, ValueError):
            # "from None": the original error may quote the key's text.
            raise KeyBundleError("key_not_p256") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise KeyBundleError("key_not_p256")
        return cls(key)

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._private_key.public_key()

    def sign(self, data: bytes) -> bytes:
        r, s = decode_dss_signature(self._private_key.sign(data, _ECDSA))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def sign(claims: Claims, *, code: str, signer: Signer) -> bytes:
    """The signed envelope of a certificate, about 118 bytes.

    Raises AddressError for a code that is not one in its canonical spelling, EnvelopeError
    (cose_signature_size) when a key store answers with something that is not 64 bytes.
    """
    # The signature binds the code's one canonical spelling, never one that is only tolerated.
    if codes.parse_code(code) != code:
        raise AddressError("code_characters")
    protected = cose.protected_header(signer.kid)
    payload = cbor.encode(claims.to_map())
    signature = signer.sign(cose.to_be_signed(protected=protected, payload=payload, code=code))
    if len(signature) != cose.SIGNATURE_SIZE:
        raise EnvelopeError("cose_signature_size")
    return cose.build(protected=protected, payload=payload, signature=signature)
