"""Where private signing keys live: in a folder, in the environment, elsewhere perhaps in a security module.

Four methods are all there is to it. A back end for a PKCS#11 token or a cloud's key service is one more file
with one class that has them, named by the setting KEY_STORE (docs/keys.md).
"""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils.module_loading import import_string

from certificates.models.keys import KeyPurpose
from certificates.proof.sign import Signer

PublicHalf = EllipticCurvePublicKey | Ed25519PublicKey


class KeyStore(Protocol):
    """What makes keys and signs with them; a key need never leave it."""

    def create(self, purpose: KeyPurpose) -> PublicHalf:
        """Makes a key, Ed25519 for `credential` and P-256 for the others, keeps it for good, and tells its
        public half. Raises KeyStoreReadOnly when keys are put there by other means."""

    def kids(self) -> list[bytes]:
        """The ids of the keys that are there."""

    def public(self, kid: bytes) -> PublicHalf:
        """The public half of a key that is there. Raises KeyFileMissing or KeyFileUnsafe."""

    def signer(self, kid: bytes) -> Signer:
        """What signs with the key of this id. Raises KeyFileMissing or KeyFileUnsafe."""


def key_store() -> KeyStore:
    """The store of this installation."""
    store: KeyStore = import_string(settings.KEY_STORE)()
    return store
