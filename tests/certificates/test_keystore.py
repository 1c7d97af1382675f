"""Where private keys are kept: in files that only their owner reads, or in the environment."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificates import errors
from certificates.keystore import key_store, pem
from certificates.keystore.environment import EnvironmentKeyStore
from certificates.keystore.files import FileKeyStore
from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof.sign import LocalSigner


def test_a_key_is_in_a_file_that_only_its_owner_reads_and_never_in_the_database(tmp_path: Path) -> None:
    store = FileKeyStore(tmp_path / "keys")
    store.create(KeyPurpose.CERTIFICATE)
    (path,) = (tmp_path / "keys").iterdir()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    kid = bytes.fromhex(path.stem)
    signer = store.signer(kid)
    assert isinstance(signer, LocalSigner)
    assert signer.kid == kid
    assert not {field.name for field in SigningKey._meta.fields} & {"d", "private", "pem"}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    store = FileKeyStore(tmp_path)
    store.create(KeyPurpose.CERTIFICATE)
    (path,) = tmp_path.iterdir()
    path.chmod(mode)

    with pytest.raises(errors.KeyFileUnsafe) as refused:
        store.signer(bytes.fromhex(path.stem))
    assert str(tmp_path) not in str(refused.value)


def test_a_missing_broken_or_foreign_key_file_is_refused(tmp_path: Path) -> None:
    store = FileKeyStore(tmp_path)
    with pytest.raises(errors.KeyFileMissing):
        store.signer(b"\x01" * 6)

    store.create(KeyPurpose.CERTIFICATE)
    (path,) = tmp_path.iterdir()
    other = path.rename(tmp_path / f"{'02' * 6}.pem")
    with pytest.raises(errors.KeyFileMissing):
        store.signer(b"\x02" * 6)
    other.write_text("-----BEGIN nothing")
    with pytest.raises(errors.KeyFileMissing):
        store.signer(b"\x02" * 6)


@pytest.mark.parametrize("kept_in", ["files", "environment"])
@pytest.mark.parametrize("purpose", KeyPurpose)
def test_each_purpose_has_its_kind_of_key_and_the_store_signs_with_it(
    purpose: KeyPurpose, kept_in: str, tmp_path: Path, settings: object
) -> None:
    if kept_in == "files":
        store: FileKeyStore | EnvironmentKeyStore = FileKeyStore(tmp_path)
        store.create(purpose)
    else:
        settings.SIGNING_KEYS = pem.make(purpose)[0].decode()  # type: ignore[attr-defined]
        store = EnvironmentKeyStore()
    (kid,) = store.kids()
    public, signature = store.public(kid), store.signer(kid).sign(b"what was stored")

    assert store.signer(kid).kid == kid
    assert len(signature) == 64
    if purpose == KeyPurpose.CREDENTIAL:
        assert isinstance(public, Ed25519PublicKey)
        public.verify(signature, b"what was stored")
    else:
        assert isinstance(public, EllipticCurvePublicKey)


def test_the_environment_holds_several_keys_and_is_not_written_to(settings: object) -> None:
    blocks = [
        pem.make(KeyPurpose.SERVICE)[0].decode(),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ]
    blocks.append(pem.make(KeyPurpose.CREDENTIAL)[0].decode())
    settings.SIGNING_KEYS = "".join(blocks)  # type: ignore[attr-defined]
    store = EnvironmentKeyStore()

    assert len(store.kids()) == 2
    with pytest.raises(errors.KeyStoreReadOnly):
        store.create(KeyPurpose.SERVICE)
    with pytest.raises(errors.KeyFileMissing):
        store.signer(b"\x01" * 6)


def test_the_setting_names_the_store(settings: object) -> None:
    assert isinstance(key_store(), FileKeyStore)
    settings.KEY_STORE = "certificates.keystore.environment.EnvironmentKeyStore"  # type: ignore[attr-defined]
    assert isinstance(key_store(), EnvironmentKeyStore)


def test_what_is_no_key_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a P-256 or Ed25519") as refused:
        pem.read(b"-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----")
    assert refused.value.__cause__ is None
    assert "secret" not in str(refused.value)
