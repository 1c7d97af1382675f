"""Reports about certificates: who gets them, what is kept of them, how they end."""

from typing import Any

import pytest
from django.db import connection

from certificates.actions import reports
from certificates.errors import ReportClosed
from certificates.models import CertificateReport
from certificates.proof import codes
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import ANONYMOUS, SYSTEM
from tests.certificates.factories import ISSUED_ON, a_report, an_issued_certificate
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db
NO_SUCH = codes.new_code(lambda n: b"\x07" * n)


def test_goes_to_the_region_of_the_base_and_leaves_an_audit_row_without_what_was_written() -> None:
    certificate = an_issued_certificate()
    report = a_report(certificate)

    assert (report.certificate, report.region) == (certificate, certificate.base.region)
    event = AuditEvent.objects.get(verb="certificate_report.made")
    assert (event.actor_name, event.region_path) == ("", certificate.base.region.path)
    assert event.facts == {"on": ISSUED_ON.isoformat(), "reason": "paper_differs", "known": True}


def test_of_a_code_without_a_certificate_goes_to_the_topmost_federation() -> None:
    a_federation("620502")
    top = a_federation("620000")
    a_federation("620500")

    assert a_report(NO_SUCH).region == top.region


def test_what_people_write_is_sealed_in_the_database() -> None:
    a_report(an_issued_certificate(), text="上官婉儿没有上过课", contact="13812345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM certificates_certificatereport")
        stored = b"|".join(
            bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
            for value in cursor.fetchone()
        )

    assert "上官".encode() not in stored
    assert b"13812345678" not in stored
    assert CertificateReport.objects.get().text == "上官婉儿没有上过课"


@pytest.mark.parametrize(
    ("asked", "problems"),
    [
        ({"reason": "none of them"}, {"reason": "field_missing"}),
        ({"reason": "other", "text": " "}, {"text": "field_missing"}),
        ({"text": "字" * 1001}, {"text": "field_too_long"}),
        ({"contact": "1" * 101}, {"contact": "field_too_long"}),
    ],
)
def test_says_what_is_missing_or_too_long(asked: dict[str, Any], problems: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_report(an_issued_certificate(), **asked)

    assert refused.value.facts["fields"] == problems
    assert not CertificateReport.objects.exists()


def test_closing_keeps_the_result_and_forgets_how_to_reach_the_reporter() -> None:
    report = a_report(an_issued_certificate())
    reports.close(
        by=an_actor("approver", a_federation("620500")), on=ISSUED_ON, report=report, note=" 已查明。 "
    )
    report.refresh_from_db()

    assert (report.note, report.contact, report.closed_on) == ("已查明。", "", ISSUED_ON)
    assert AuditEvent.objects.filter(verb="certificate_report.closed").count() == 1
    with pytest.raises(ReportClosed):
        reports.close(by=SYSTEM, on=ISSUED_ON, report=report, note="再办一次")


@pytest.mark.parametrize("note", ["", "  ", "字" * 501])
def test_closing_says_what_was_done(note: str) -> None:
    with pytest.raises(InvalidInput):
        reports.close(by=SYSTEM, on=ISSUED_ON, report=a_report(an_issued_certificate()), note=note)


@pytest.mark.parametrize(
    ("role", "code"), [("federation_officer", "620500"), ("approver", "620600"), ("", "")]
)
def test_only_who_may_withdraw_the_certificate_closes_it(role: str, code: str) -> None:
    actor = an_actor(role, a_federation(code)) if role else ANONYMOUS
    with pytest.raises(NotPermitted):
        reports.close(by=actor, on=ISSUED_ON, report=a_report(an_issued_certificate()), note="已查明。")
