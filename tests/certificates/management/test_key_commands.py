"""The key commands, as an operator types them."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from certificates.keystore import pem
from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof import base64url
from tests.certificates.factories import ISSUED_ON, an_issued_certificate
from tests.registry.factories import a_federation

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def ring(purpose: str) -> list[str]:
    return list(SigningKey.objects.filter(purpose=purpose).order_by("pk").values_list("state", flat=True))


def test_the_first_key_of_a_federation_brings_those_of_the_installation() -> None:
    a_federation("620500")
    said = run("create_signing_key", "--federation", "620500", "--not-before", "2024-01-01")

    assert SigningKey.objects.get(purpose="certificate").not_before == date(2024, 1, 1)
    assert (ring("service"), ring("credential")) == (["active", "next"], ["active"])
    assert "天水市残疾人联合会" in said
    run("create_signing_key", "--missing")
    assert SigningKey.objects.count() == 4


def test_a_federation_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="110000"):
        run("create_signing_key", "--federation", "110000")
    assert not SigningKey.objects.exists()


def test_rotating_needs_a_next_key_and_says_how_to_make_one() -> None:
    a_federation("620500")
    run("create_signing_key", "--federation", "620500")
    with pytest.raises(CommandError, match="create_signing_key"):
        run("rotate_key", "--federation", "620500")

    run("create_signing_key", "--federation", "620500")
    run("rotate_key", "--federation", "620500")
    assert ring("certificate") == ["retired", "active"]


def test_rotating_the_service_key_leaves_a_next_one_for_the_day_of_a_leak() -> None:
    run("create_signing_key", "--missing")
    run("rotate_key", "--purpose", "service")

    assert ring("service") == ["retired", "active", "next"]


def test_closing_a_key_says_what_goes_on_and_lists_what_must_be_issued_again() -> None:
    certificate = an_issued_certificate()
    key: Any = certificate.signing_key
    said = run(
        "close_key",
        base64url.decode(key.kid).hex(),
        "--from",
        ISSUED_ON.isoformat(),
        "--reason",
        "laptop lost",
    )

    assert "Signs from now on" in said
    assert "must be issued again: 1" in said
    table = list(csv.DictReader(StringIO(run("list_keys", "--touched", base64url.decode(key.kid).hex()))))
    assert [row["number"] for row in table] == [certificate.number]
    assert certificate.holder_name not in str(table)


def test_the_list_tells_states_days_and_what_the_store_lacks(settings: Any, tmp_path: Any) -> None:
    certificate = an_issued_certificate()
    key: Any = certificate.signing_key
    lines = run("list_keys").splitlines()
    assert len(lines) >= 4
    (line,) = [line for line in lines if key.kid in line]
    assert "active" in line
    assert "1 certificates" in line
    assert "not in the key store" not in line

    settings.SIGNING_KEY_DIR = tmp_path
    assert "not in the key store" in run("list_keys")


def test_with_a_read_only_store_a_key_is_put_there_and_then_taken_into_use(settings: Any) -> None:
    a_federation("620500")
    settings.KEY_STORE = "certificates.keystore.environment.EnvironmentKeyStore"
    text, signer = pem.make(KeyPurpose.CERTIFICATE)
    settings.SIGNING_KEYS = text.decode()
    with pytest.raises(CommandError, match="key_store_read_only"):
        run("create_signing_key", "--federation", "620500")

    assert f"{signer.kid.hex()}: in the key store, not in use" in run("list_keys")
    run("create_signing_key", "--federation", "620500", "--kid", signer.kid.hex())
    assert base64url.decode(SigningKey.objects.get().kid) == signer.kid


@pytest.mark.parametrize("kid", ["../../x", "zz", "AAAAAAAA"])
def test_a_key_that_is_not_there_is_named(kid: str) -> None:
    with pytest.raises(CommandError, match=kid):
        run("close_key", kid, "--from", "2024-01-01", "--reason", "x")
