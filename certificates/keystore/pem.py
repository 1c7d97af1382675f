"""Private keys as unencrypted PEM text, the form of the two stores that come with the program."""

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from certificates.models.keys import KeyPurpose
from certificates.proof import base64url
from certificates.proof.cose import KID_SIZE
from certificates.proof.errors import ProofError
from certificates.proof.sign import LocalSigner


class Ed25519Signer:
    """A signer whose Ed25519 key is in this process."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.kid = ed25519_kid(private_key.public_key())

    @property
    def public_key(self) -> Ed25519PublicKey:
        return self._private_key.public_key()

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (RFC 8032) over `data`, 64 bytes."""
        return self._private_key.sign(data)


def make(purpose: KeyPurpose) -> tuple[bytes, LocalSigner | Ed25519Signer]:
    """A new key of the kind this purpose takes: its PEM text and what signs with it."""
    is_credential = purpose == KeyPurpose.CREDENTIAL
    key = Ed25519PrivateKey.generate() if is_credential else ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text, read(text)


def read(text: bytes) -> LocalSigner | Ed25519Signer:
    """Raises ValueError for what is no P-256 or Ed25519 key, without repeating any of the text."""
    try:
        key = load_pem_private_key(text, password=None)
        if isinstance(key, Ed25519PrivateKey):
            return Ed25519Signer(key)
        return LocalSigner.from_pem(text)
    except (TypeError, ValueError, ProofError):
        # "from None": the original error may quote the key's text.
        raise ValueError("not a P-256 or Ed25519 private key") from None


def ed25519_kid(key: Ed25519PublicKey) -> bytes:
    """As for P-256 keys, the first bytes of the RFC 7638 thumbprint (members: RFC 8037 §2)."""
    x = base64url.encode(key.public_bytes_raw())
    return hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest()[:KID_SIZE]
