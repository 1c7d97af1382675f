"""A photo or PDF of a certificate, handed to the scanner, leads to the certificate's page."""

import os
import tempfile
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certificates.faces import pdf, phone_image
from certificates.models import Certificate
from certificates.proof import codes, scan
from certificates.views.printing import face_of
from tests.certificates.factories import a_chain, a_photo, an_issued_certificate

pytestmark = pytest.mark.django_db
NO_SUCH = codes.new_code(lambda n: b"\x07" * n)


def hand_in(client: Client, data: bytes, name: str = "photo.jpg", **more: Any) -> Any:
    return client.post("/verify/scan/", {"file": SimpleUploadedFile(name, data)}, **more)


def ours(certificate: Certificate) -> str:
    return f"{settings.PUBLIC_BASE_URL}/C/{certificate.code}#{certificate.fragment}"


def heading(page: Any) -> str:
    return str(page.content.decode().split("<h1>")[1].split("</h1>")[0])


def test_our_own_paper_and_phone_image_lead_to_the_page_with_their_signature(client: Client) -> None:
    certificate = Certificate.objects.select_related("base", "skill").get(pk=an_issued_certificate().pk)
    for data, name in (
        (pdf.one(face_of(certificate)), "certificate.pdf"),
        (phone_image.draw(face_of(certificate)), "certificate.png"),
    ):
        sent = hand_in(client, data, name)

        assert (sent.status_code, sent["Location"]) == (302, f"/C/{certificate.code}#{certificate.fragment}")


def test_several_certificates_make_a_list_with_their_signatures(client: Client) -> None:
    chain = a_chain(2)
    page = hand_in(client, a_photo(*map(ours, chain)))

    assert (page.status_code, heading(page)) == (200, "找到 2 张证书")
    for one in chain:
        assert f'href="/C/{one.code}#{one.fragment}"' in page.content.decode()


def test_a_code_whose_signature_cannot_be_read_still_leads_to_the_register(client: Client) -> None:
    certificate = an_issued_certificate()

    assert hand_in(client, a_photo(f"{settings.PUBLIC_BASE_URL}/C/{certificate.code}#0\r\nX"))[
        "Location"
    ] == (f"/C/{certificate.code}")


def test_an_imitation_is_called_one_and_never_opened(client: Client) -> None:
    certificate = an_issued_certificate()
    page = hand_in(client, a_photo(f"HTTPS://OSTA-GOV.EXAMPLE/C/{certificate.code}#{certificate.fragment}"))

    assert (page.status_code, heading(page)) == (200, "注意：二维码打开的不是本网站")
    assert '<b lang="en">osta-gov.example</b>' in page.content.decode()
    assert 'href="https://osta' not in page.content.decode().lower()


@pytest.mark.parametrize("text", ["https://weixin.qq.com/r/abc", "HELLO", "javascript:alert(1)", "/C/ABC#1"])
def test_another_qr_is_no_certificate_s(client: Client, text: str) -> None:
    page = hand_in(client, a_photo(text))

    assert (page.status_code, heading(page)) == (200, "这不是证书的二维码")
    assert text not in page.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "这不是能读的照片或 PDF"),
        (b"no picture at all", "这不是能读的照片或 PDF"),
        (b"%PDF-1.7 and then nothing", "这不是能读的照片或 PDF"),
        (b"<svg onload='alert(1)'/>", "这不是能读的照片或 PDF"),
        (a_photo(), "没有找到二维码"),
    ],
)
def test_says_what_to_do_when_there_is_nothing_to_read(client: Client, data: bytes, said: str) -> None:
    page = hand_in(client, data)

    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_file_that_is_too_large_is_refused_without_being_kept(client: Client) -> None:
    page = hand_in(client, b"\xff\xd8" + bytes(scan.MAX_BYTES + 20_000))

    assert page.status_code == 422
    assert "文件太大，最多 20 MB" in page.content.decode()


def test_nothing_is_written_to_the_disk(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept: list[str] = []
    real = scan.read

    def looked(data: bytes) -> list[str]:
        kept.extend(os.listdir(tmp_path))
        return real(data)

    monkeypatch.setattr(scan, "read", looked)
    # Larger than what Django would keep in memory by itself.
    hand_in(client, a_photo("HELLO") + bytes(settings.FILE_UPLOAD_MAX_MEMORY_SIZE))

    assert kept == []


def test_twenty_a_minute_from_one_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "read", lambda _data: [])
    statuses = [hand_in(client, b"x").status_code for _ in range(21)]

    assert statuses == [422] * 20 + [429]
    assert hand_in(client, b"x", REMOTE_ADDR="10.1.1.1").status_code == 422


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("other", "这不是证书的二维码"),
        ("elsewhere", "注意：二维码打开的不是本网站"),
        ("<b>", "扫二维码查验证书"),
    ],
)
def test_the_camera_s_outcomes_are_pages_too(client: Client, seen: str, said: str) -> None:
    assert heading(client.get("/verify/scan/", {"seen": seen})) == said
