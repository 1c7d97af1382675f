"""From issuing to a stranger's computer without a network: three files and the address on the paper are enough."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from certificates.actions import certificates
from certificates.models import Certificate, SigningKey
from certificates.models.certificates import ReasonClass
from certificates.proof import __main__ as command
from certificates.proof import base64url, fragment
from certificates.proof.trust import TrustBundle
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_issued_certificate

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 1, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past ten in Beijing, ten days after the certificate's date."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


class Stranger:
    """Someone with a folder, who fetched the registry's files once and has no network since."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.bundle, self.lists = folder / "trust.json", folder / "0.list"

    def fetch(self, form: str = ".jwt") -> None:
        self.bundle.write_bytes(Client().get("/.well-known/twoskills-trust.json").content)
        self.lists.write_bytes(Client().get(f"/status/0{form}").content)

    def pin(self) -> str:
        """What the registry prints in its brochure."""
        kid = SigningKey.objects.get(purpose="service", state="active").kid
        keys = TrustBundle.from_json(self.bundle.read_bytes()).keys
        return next(base64url.encode(key.thumbprint) for key in keys if base64url.encode(key.kid) == kid)

    def check(self, what: str, later: timedelta = timedelta()) -> tuple[int, dict[str, Any]]:
        known = ["--trust", str(self.bundle), "--pin", self.pin(), "--status", str(self.lists)]
        moment = ["--at", (NOW + later).isoformat()]
        exit_code = command.main(["verify", what, *known, *moment, "--json"])
        return exit_code, json.loads(self.capsys.readouterr().out)


@pytest.fixture
def stranger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stranger:
    return Stranger(tmp_path, capsys)


def address(certificate: Certificate) -> str:
    return fragment.url("https://cert.example.cn", certificate.code, certificate.fragment)


def suspend(certificate: Certificate) -> None:
    certificates.suspend(
        by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class=ReasonClass.UNDER_REVIEW, note="x"
    )


def withdraw(certificate: Certificate) -> None:
    certificates.withdraw(
        by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class=ReasonClass.UNDER_REVIEW, note="x"
    )


@pytest.mark.parametrize("form", [".jwt", ".cwt"])
def test_a_certificate_in_force_is_shown_to_be(stranger: Stranger, form: str) -> None:
    certificate = an_issued_certificate()
    stranger.fetch(form)

    exit_code, told = stranger.check(address(certificate))

    assert (exit_code, told["kind"], told["name"]) == (0, "in_force", certificate.holder_name)


@pytest.mark.parametrize(("act", "kind"), [(suspend, "suspended"), (withdraw, "withdrawn")])
def test_what_the_registry_ended_is_no_longer_in_force(
    stranger: Stranger, act: Callable[[Certificate], None], kind: str
) -> None:
    certificate, other = an_issued_certificate(), an_issued_certificate(skill="embroidery")
    act(certificate)
    stranger.fetch()

    assert stranger.check(address(certificate))[0] == 2
    assert stranger.check(address(certificate))[1]["kind"] == kind
    assert stranger.check(address(other))[0] == 0


def test_an_old_list_does_not_speak_for_today(stranger: Stranger) -> None:
    certificate = an_issued_certificate()
    stranger.fetch()

    exit_code, told = stranger.check(address(certificate), later=timedelta(days=30))

    assert (exit_code, told["kind"], told["reason"]) == (3, "status_unknown", "status_expired")
    assert told["status_age"].startswith("30 d")


def test_a_photo_of_a_certificate_is_enough(stranger: Stranger) -> None:
    certificate = an_issued_certificate()
    stranger.fetch()
    photo = Image.new("L", (1600, 1200), 240)
    code = zxingcpp.create_barcode(address(certificate), zxingcpp.QRCode, ec_level="M").to_image(scale=6)
    photo.paste(Image.fromarray(code), (500, 400))
    file = io.BytesIO()
    photo.save(file, "JPEG")
    (stranger.folder / "photo.jpg").write_bytes(file.getvalue())

    assert stranger.check(str(stranger.folder / "photo.jpg"))[0] == 0


def test_another_certificates_signature_is_not_genuine(stranger: Stranger) -> None:
    certificate, other = an_issued_certificate(), an_issued_certificate(skill="embroidery")
    stranger.fetch()

    exit_code, told = stranger.check(f"{certificate.code}#{other.fragment}")

    assert (exit_code, told["reason"]) == (1, "signature_wrong")
