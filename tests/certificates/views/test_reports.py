"""Reporting a certificate, as anyone meets it, and closing the report, as an approver does."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from certificates.models import CertificateReport
from certificates.proof import codes
from tests.certificates.factories import a_report, an_issued_certificate, an_issuing_base
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db
NO_SUCH = codes.new_code(lambda n: b"\x07" * n)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2024, 7, 1, 2, 30, 20, tzinfo=UTC))


def send(client: Client, code: str, address: str = "10.0.0.1", **asked: str) -> object:
    return client.post(
        f"/C/{code}/report", {"reason": "paper_differs", "text": "等级不同", **asked}, REMOTE_ADDR=address
    )


def test_the_public_page_leads_there_also_for_a_code_that_no_certificate_has(client: Client) -> None:
    for code in (an_issued_certificate().code, NO_SUCH):
        page = client.get(f"/C/{code}")
        assert f'href="/C/{code}/report"' in page.content.decode()
        assert client.get(f"/C/{code}/report").status_code == 200


def test_needs_no_account_and_ends_on_a_page_that_says_what_happens_next(client: Client) -> None:
    certificate = an_issued_certificate()
    sent = client.post(f"/C/{certificate.code}/report", {"reason": "other_person", "text": ""}, follow=True)

    assert sent.redirect_chain == [(f"/C/{certificate.code}/report/received", 302)]
    assert "已收到您反映的问题" in sent.content.decode()
    report = CertificateReport.objects.get()
    assert (report.certificate, report.reason) == (certificate, "other_person")


def test_a_forged_paper_s_code_can_be_reported_too(client: Client) -> None:
    an_issuing_base()
    send(client, NO_SUCH)

    assert CertificateReport.objects.get().certificate is None


def test_another_site_cannot_send_one_in_the_visitor_s_name() -> None:
    code = an_issued_certificate().code

    assert send(Client(enforce_csrf_checks=True), code).status_code == 403  # type: ignore[attr-defined]
    assert not CertificateReport.objects.exists()


def test_a_mistyped_code_goes_to_the_page_that_says_so(client: Client) -> None:
    assert client.get("/C/ABC/report")["Location"] == "/C/ABC"


def test_tells_nothing_that_the_public_page_does_not_tell(client: Client) -> None:
    certificate = an_issued_certificate()
    page = client.get(f"/C/{certificate.code}/report")

    assert certificate.holder_name not in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_five_an_hour_from_one_address_and_twenty_a_day_about_one_code(client: Client) -> None:
    certificate = an_issued_certificate()
    statuses = [send(client, certificate.code).status_code for _ in range(6)]  # type: ignore[attr-defined]
    assert statuses == [302] * 5 + [429]
    for n in range(20):
        send(client, certificate.code, f"10.0.1.{n}")

    assert CertificateReport.objects.count() == 20


def test_guessing_codes_here_is_counted_with_the_public_page_s(client: Client) -> None:
    for _ in range(60):
        client.get(f"/C/{NO_SUCH}/report")

    assert client.get(f"/C/{NO_SUCH}").status_code == 429


def test_an_approver_reads_and_closes_it(client: Client) -> None:
    report = a_report(an_issued_certificate())
    client.force_login(an_account("approver", a_federation("620500")))
    address = f"/certificate-reports/{report.public_id}/"
    listed = client.get("/certificate-reports/?state=waiting").content.decode()
    page = client.get(address).content.decode()

    assert address in listed
    assert report.text not in listed
    assert report.text in page
    assert report.contact in page
    closed = client.post(f"{address}close", {"note": "查明属实，已撤销。"}, follow=True).content.decode()
    assert "查明属实，已撤销。" in closed
    assert report.contact not in closed
    assert client.get("/certificate-reports/?state=waiting").content.decode().count(address) == 0
