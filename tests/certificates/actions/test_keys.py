"""Making, keeping and retiring signing keys."""

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from certificates import errors
from certificates.actions import certificates, keys
from certificates.keystore import FileKeyStore
from certificates.models import SigningKey
from certificates.proof.sign import LocalSigner
from certificates.proof.verify import verify
from certificates.queries.keys import decode, trust_bundle
from registry.errors import NotPermitted
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_signing_key, an_earned_enrolment, an_issued_certificate
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db


def test_a_key_is_in_a_file_that_only_its_owner_reads_and_never_in_the_database(tmp_path: Path) -> None:
    store = FileKeyStore(tmp_path / "keys")
    store.create()
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
    store.create()
    (path,) = tmp_path.iterdir()
    path.chmod(mode)

    with pytest.raises(errors.KeyFileUnsafe) as refused:
        store.signer(bytes.fromhex(path.stem))
    assert str(tmp_path) not in str(refused.value)


def test_a_missing_broken_or_foreign_key_file_is_refused(tmp_path: Path) -> None:
    store = FileKeyStore(tmp_path)
    with pytest.raises(errors.KeyFileMissing):
        store.signer(b"\x01" * 6)

    store.create()
    (path,) = tmp_path.iterdir()
    other = path.rename(tmp_path / f"{'02' * 6}.pem")
    with pytest.raises(errors.KeyFileMissing):
        store.signer(b"\x02" * 6)
    other.write_text("-----BEGIN nothing")
    with pytest.raises(errors.KeyFileMissing):
        store.signer(b"\x02" * 6)


def test_only_the_operator_makes_and_retires_keys() -> None:
    key = a_signing_key()
    for role in ("federation_officer", "approver"):
        actor = an_actor(role, a_federation("620500"))
        with pytest.raises(NotPermitted):
            keys.create(by=actor, on=ISSUED_ON, owner=key.owner, not_before=ISSUED_ON)
        with pytest.raises(NotPermitted):
            keys.retire(by=actor, on=ISSUED_ON, key=key)


def test_after_rotation_old_certificates_verify_and_new_ones_are_signed_with_the_new_key() -> None:
    old = an_issued_certificate()
    key = old.signing_key
    assert key
    keys.retire(by=SYSTEM, on=ISSUED_ON, key=key)
    tomorrow = ISSUED_ON + timedelta(days=1)
    newer = a_signing_key(key.owner, not_before=tomorrow)

    new = certificates.issue(by=SYSTEM, on=tomorrow, enrolment=an_earned_enrolment())

    assert new.signing_key == newer
    bundle = trust_bundle(tomorrow)
    assert verify(old.code, old.fragment, bundle).kid == decode(key.kid)
    assert verify(new.code, new.fragment, bundle).kid == decode(newer.kid)
    with pytest.raises(errors.KeyNotActive):
        keys.retire(by=SYSTEM, on=tomorrow, key=key)


def test_the_bundle_names_owners_as_certificates_do() -> None:
    key = a_signing_key()

    assert trust_bundle(ISSUED_ON).keys[0].owner == key.owner.public_name
    assert "残" not in trust_bundle(ISSUED_ON).to_json()


def test_the_command_makes_a_key_for_a_federation() -> None:
    a_federation("620500")
    call_command("create_signing_key", federation="620500", not_before=date(2024, 1, 1), verbosity=0)

    assert SigningKey.objects.get().not_before == date(2024, 1, 1)
    with pytest.raises(CommandError, match="110000"):
        call_command("create_signing_key", federation="110000")
