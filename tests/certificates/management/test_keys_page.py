"""docs/keys.md, followed word for word: every command on the page is run, in its order."""

import re
import shlex
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from certificates.keystore import pem
from certificates.models import Certificate, SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof import base64url
from tests.certificates.factories import an_earned_enrolment, an_issued_certificate
from tests.registry.factories import a_federation

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[3] / "docs" / "keys.md"


def commands(heading: str) -> list[list[str]]:
    """The manage.py commands under a heading, as they stand there."""
    section = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    (text,) = [part for part in section if part.startswith(heading)]
    return [shlex.split(line) for line in re.findall(r"^ +manage\.py (.+)$", text, re.MULTILINE)]


def run(heading: str, **replaced: str) -> str:
    """Everything under a heading, with the words in capitals replaced."""
    said = StringIO()
    found = commands(heading)
    assert found
    for words in found:
        call_command(*[replaced.get(word, word) for word in words], stdout=said)
    return said.getvalue()


def states(purpose: str) -> list[str]:
    return list(SigningKey.objects.filter(purpose=purpose).order_by("pk").values_list("state", flat=True))


def test_create_then_rotate() -> None:
    a_federation("620500")
    run("Create")
    assert (states("certificate"), states("service")) == (["active"], ["active", "next"])

    run("Rotate")
    assert states("certificate") == ["retired", "active"]
    assert states("service") == ["retired", "active", "next"]


def test_a_leak_in_the_order_of_the_page() -> None:
    certificate = an_issued_certificate()
    key: Any = certificate.signing_key
    said = run("A key leaked", KID=long_id(key))

    assert certificate.number in said
    assert "Issued again: 1" in said
    certificate.refresh_from_db()
    assert certificate.status == "replaced"
    assert Certificate.objects.get(replaces=certificate).signing_key != key


def test_an_active_key_that_was_lost_is_replaced() -> None:
    a_federation("620500")
    run("Create")
    run("Back up")

    assert states("certificate") == ["retired", "active"]


def test_a_key_from_the_environment(settings: Any) -> None:
    a_federation("620500")
    text, signer = pem.make(KeyPurpose.CERTIFICATE)
    settings.KEY_STORE, settings.SIGNING_KEYS = (
        "certificates.keystore.environment.EnvironmentKeyStore",
        text.decode(),
    )

    run("Elsewhere", KID=signer.kid.hex())
    assert states("certificate") == ["active"]


def test_lists_for_a_cdn(tmp_path: Path) -> None:
    an_earned_enrolment()
    run("Status lists", FOLDER=str(tmp_path))

    assert (tmp_path / "0.cwt").exists()


def test_every_command_on_the_page_was_run() -> None:
    run_above = {"Create", "Rotate", "A key leaked", "Back up", "Elsewhere", "Status lists"}
    with_commands = {
        part.splitlines()[0]
        for part in re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
        if re.search(r"^ +manage\.py ", part, re.MULTILINE)
    }
    assert {
        heading for heading in with_commands if not any(heading.startswith(one) for one in run_above)
    } == set()


def long_id(key: SigningKey) -> str:
    """As the page advises: the form that never begins with a hyphen."""
    return base64url.decode(key.kid).hex()
