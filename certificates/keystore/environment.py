"""Keys in the environment, for containers: PEM blocks one after another, in SIGNING_KEYS or a mounted secret file."""

import re
from functools import lru_cache

from django.conf import settings

from certificates.errors import KeyFileMissing, KeyStoreReadOnly
from certificates.keystore import PublicHalf, pem
from certificates.keystore.pem import Ed25519Signer
from certificates.models.keys import KeyPurpose
from certificates.proof.sign import LocalSigner

_BLOCK = re.compile(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.+?-----END \1-----", re.DOTALL)


class EnvironmentKeyStore:
    """Whoever runs the containers puts the keys there: `create_signing_key --kid` then takes one into use."""

    def create(self, purpose: KeyPurpose) -> PublicHalf:
        raise KeyStoreReadOnly(purpose=purpose.value)

    def kids(self) -> list[bytes]:
        return sorted(_signers(settings.SIGNING_KEYS))

    def public(self, kid: bytes) -> PublicHalf:
        return self.signer(kid).public_key

    def signer(self, kid: bytes) -> LocalSigner | Ed25519Signer:
        found = _signers(settings.SIGNING_KEYS).get(kid)
        if found is None:
            raise KeyFileMissing(kid=kid.hex())
        return found


@lru_cache(maxsize=2)
def _signers(text: str) -> dict[bytes, LocalSigner | Ed25519Signer]:
    """Keys by id. What is no key of ours is passed over: a missing key is told when it is needed, by its id."""
    signers = {}
    for block in _BLOCK.finditer(text):
        try:
            signer = pem.read(block[0].encode())
        except ValueError:
            continue
        signers[signer.kid] = signer
    return signers
