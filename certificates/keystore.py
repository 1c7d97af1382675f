"""Where private signing keys live: in a folder here, elsewhere perhaps in a security module."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from certificates.errors import KeyFileMissing, KeyFileUnsafe
from certificates.proof.errors import ProofError
from certificates.proof.sign import LocalSigner, Signer


class KeyStore(Protocol):
    """What makes keys and signs with them; a key need never leave it."""

    def create(self) -> ec.EllipticCurvePublicKey:
        """Makes a P-256 key, keeps it for good, and tells its public half."""

    def signer(self, kid: bytes) -> Signer:
        """What signs with the key of this id. Raises KeyFileMissing or KeyFileUnsafe."""


class FileKeyStore:
    """One unencrypted PEM file for each key, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> ec.EllipticCurvePublicKey:
        key = ec.generate_private_key(ec.SECP256R1())
        signer = LocalSigner(key)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(signer.kid)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
                file.flush()
                os.fsync(file.fileno())
            # A link, not a rename: it never overwrites a key that is already there.
            os.link(fresh, path)
        finally:
            with suppress(FileNotFoundError):
                fresh.unlink()
        _sync_folder(self.folder)
        return signer.public_key

    def signer(self, kid: bytes) -> LocalSigner:
        path = self._path(kid)
        try:
            with path.open("rb") as file:
                if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                    raise KeyFileUnsafe(kid=path.stem)
                signer = LocalSigner.from_pem(file.read())
        except (FileNotFoundError, ProofError):
            # "from None": neither the path nor the file's text belongs in a log.
            raise KeyFileMissing(kid=path.stem) from None
        if signer.kid != kid:
            raise KeyFileMissing(kid=path.stem)
        return signer

    def _path(self, kid: bytes) -> Path:
        # Hexadecimal: base64url ids differ by letter case only, which some file systems do not tell apart.
        return self.folder / f"{kid.hex()}.pem"


def key_store() -> KeyStore:
    """The store of this installation."""
    return FileKeyStore(settings.SIGNING_KEY_DIR)


def _sync_folder(folder: Path) -> None:
    """A power cut must not lose the file's name after a certificate was signed with its key."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
