"""Keys in a folder: one file for each, readable by its owner only."""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from certificates.errors import KeyFileMissing, KeyFileUnsafe
from certificates.keystore import PublicHalf, pem
from certificates.keystore.pem import Ed25519Signer
from certificates.models.keys import KeyPurpose
from certificates.proof.sign import LocalSigner


class FileKeyStore:
    """Unencrypted PEM files with mode 0600, named by the key's id."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.SIGNING_KEY_DIR

    def create(self, purpose: KeyPurpose) -> PublicHalf:
        text, signer = pem.make(purpose)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(signer.kid)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            # A link, not a rename: it never overwrites a key that is already there.
            os.link(fresh, path)
        finally:
            with suppress(FileNotFoundError):
                fresh.unlink()
        _sync_folder(self.folder)
        return signer.public_key

    def kids(self) -> list[bytes]:
        names = sorted(path.stem for path in self.folder.glob("*.pem"))
        return [bytes.fromhex(name) for name in names if re.fullmatch("[0-9a-f]{12}", name)]

    def public(self, kid: bytes) -> PublicHalf:
        return self.signer(kid).public_key

    def signer(self, kid: bytes) -> LocalSigner | Ed25519Signer:
        path = self._path(kid)
        try:
            with path.open("rb") as file:
                if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                    raise KeyFileUnsafe(kid=path.stem)
                signer = pem.read(file.read())
        except (FileNotFoundError, ValueError):
            # "from None": neither the path nor the file's text belongs in a log.
            raise KeyFileMissing(kid=path.stem) from None
        if signer.kid != kid:
            raise KeyFileMissing(kid=path.stem)
        return signer

    def _path(self, kid: bytes) -> Path:
        # Hexadecimal: base64url ids differ by letter case only, which some file systems do not tell apart.
        return self.folder / f"{kid.hex()}.pem"


def _sync_folder(folder: Path) -> None:
    """A power cut must not lose the file's name after a certificate was signed with its key."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
