"""Issuing a cohort's certificates in the page and through the API."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from certificates.actions import certificates, copies
from certificates.models import Certificate
from certificates.views import cohorts
from courses.models import Cohort
from registry.models import AuditEvent, Person, TrainingBase
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify, a_policy, an_issued_certificate
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db
TITLE = "职业技能培训合格证书"


@pytest.fixture(autouse=True)
def issue_day(monkeypatch: pytest.MonkeyPatch) -> date:
    """Doors ask the clock for the day; these happen on the day of issue."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ISSUED_ON)
    return ISSUED_ON


def manager(client: Client, cohort: Cohort) -> str:
    client.force_login(an_account("base_manager", cohort.base))
    return f"/courses/cohorts/{cohort.public_id}/certificates/"


def test_the_page_first_shows_what_will_be_printed_for_whom_and_who_gets_none(client: Client) -> None:
    cohort = a_cohort_to_certify(3)
    failed = cohort.enrolments.order_by("pk")[2]
    cohort.enrolments.filter(pk=failed.pk).update(outcome="failed", outcome_rule="mark_short")
    html = client.get(manager(client, cohort)).content.decode()

    assert "<h1>签发证书：2 人可以发证</h1>" in html
    for shown in (TITLE, "网络直播", cohort.base.public_name, "2024年6月23日", "考核成绩未达合格分数"):
        assert shown in html
    assert html.count("签发 2 张证书") == 1
    assert not Certificate.objects.exists()


def test_issuing_goes_on_step_by_step_with_a_button(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohorts, "CHUNK", 2)
    cohort = a_cohort_to_certify(3)
    url = manager(client, cohort)

    first = client.post(url, {"title": TITLE}).content.decode()
    second = client.post(url, {"title": TITLE}).content.decode()

    assert "<h1>正在签发：已完成 2 张，共 3 张</h1>" in first
    assert "继续签发" in first
    assert "data-continue" in first
    assert "certificates/issue.js" in first
    assert "<h1>已签发：本班共 3 张证书</h1>" in second
    assert "data-continue" not in second
    assert "<h1>证书已全部签发，共 3 张</h1>" in client.get(url).content.decode()


def test_a_bad_title_is_told_beside_its_field_and_nothing_is_issued(client: Client) -> None:
    cohort = a_cohort_to_certify(1)
    page = client.post(manager(client, cohort), {"title": "盲人培训证书"})

    assert page.status_code == 422
    assert "“盲人”" in page.content.decode()
    assert 'href="#id_title"' in page.content.decode()
    assert not Certificate.objects.exists()


def test_what_stands_in_the_way_is_said_and_there_is_no_button(client: Client) -> None:
    cohort = a_cohort_to_certify(1)
    cohort.base.accreditations.all().delete()
    html = client.get(manager(client, cohort)).content.decode()

    assert "没有有效的挂牌" in html
    assert "张证书</button>" not in html


def test_one_who_cannot_get_one_is_named_with_the_reason(client: Client) -> None:
    cohort = a_cohort_to_certify(2)
    Person.objects.filter(enrolments=cohort.enrolments.first()).update(name="王\U000f0000")
    html = client.post(manager(client, cohort), {"title": TITLE}).content.decode()

    assert "1 人的证书没有签发" in html
    assert "U+F0000" in html
    assert Certificate.objects.count() == 1


def test_the_page_costs_the_same_for_one_trainee_and_for_many(client: Client) -> None:
    small, large = a_cohort_to_certify(1), a_cohort_to_certify(6)
    counts = []
    for cohort in (small, large):
        url = manager(client, cohort)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 17


def test_all_certificates_print_into_one_file_whose_codes_can_be_scanned(client: Client) -> None:
    cohort = a_cohort_to_certify(2)
    url = manager(client, cohort)
    client.post(url, {"title": TITLE})
    answer = client.post(url.rstrip("/") + ".pdf")
    pages = pypdf.PdfReader(BytesIO(answer.content)).pages

    assert answer["Cache-Control"] == "no-store"
    assert [
        held.holder_name in page.extract_text() for held, page in zip(held_by(cohort), pages, strict=True)
    ] == [
        True,
        True,
    ]


def held_by(cohort: Cohort) -> list[Certificate]:
    return list(Certificate.objects.filter(enrolment__cohort=cohort).order_by("enrolment_id"))


def test_the_phone_image_holds_the_whole_signed_address(client: Client, settings: Any) -> None:
    certificate = an_issued_certificate()
    client.force_login(an_account("base_manager", TrainingBase.objects.get(pk=certificate.base_id)))
    answer = client.post(f"/certificates/{certificate.public_id}.png")
    found = zxingcpp.read_barcode(Image.open(BytesIO(answer.content)))

    assert found is not None
    assert found.text == f"{settings.PUBLIC_BASE_URL.upper()}/C/{certificate.code}#{certificate.fragment}"


def test_every_copy_made_for_printing_is_counted_and_the_history_says_which_it_was(client: Client) -> None:
    cohort = a_cohort_to_certify(2)
    url = manager(client, cohort)
    client.post(url, {"title": TITLE})
    first, _second = held_by(cohort)
    client.post(f"/certificates/{first.public_id}.pdf")
    client.post(url.rstrip("/") + ".pdf")
    client.get(f"/certificates/{first.public_id}.pdf")

    assert [held.copies for held in held_by(cohort)] == [2, 1]
    html = client.get(f"/certificates/{first.public_id}/").content.decode()
    assert "工作人员已打印 2 份。" in html
    assert html.index("打印第 1 份") < html.index("打印第 2 份")
    audited = AuditEvent.objects.filter(verb="certificate.printed", subject_id=first.public_id)
    assert [event.facts["copy"] for event in audited.order_by("pk")] == [1, 2]


def test_printing_all_costs_the_same_for_few_and_for_many() -> None:
    counts = []
    for people in (2, 6):
        cohort = a_cohort_to_certify(people)
        certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
        with CaptureQueriesContext(connection) as queries:
            copies.record(by=SYSTEM, on=ISSUED_ON, certificates=held_by(cohort))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10


def test_a_withdrawal_in_the_page_needs_a_reason_and_shows_on_the_public_page(client: Client) -> None:
    a_policy(undo_minutes=0)
    certificate = an_issued_certificate()
    client.force_login(an_account("approver", a_federation("620500")))
    url = f"/certificates/{certificate.public_id}/"

    missing = client.post(url + "withdraw", {"withdraw-reason_class": "", "withdraw-note": "查实"})
    assert missing.status_code == 422
    assert "查实" in missing.content.decode()
    done = client.post(
        url + "withdraw", {"withdraw-reason_class": "fraud", "withdraw-note": "查实"}, follow=True
    )

    assert "查实" in done.content.decode()
    public = client.get(f"/C/{certificate.code}").content.decode()
    assert "弄虚作假" in public
    assert "查实" not in public


class TestTheApi:
    def test_issues_and_tells_the_progress(self, client: Client) -> None:
        cohort = a_cohort_to_certify(3)
        manager(client, cohort)
        url = f"/api/certificates/cohorts/{cohort.public_id}"

        step = client.post(url + "/issue", json.dumps({"limit": 2}), content_type="application/json")
        assert step.json() == {"made": 2, "issued": 2, "remaining": 1, "refused": []}
        client.post(url + "/issue", "{}", content_type="application/json")

        told = client.get(url).json()
        assert (told["ready"], len(told["certificates"])) == (0, 3)
        assert all("*" in one["holder_masked"] for one in told["certificates"])

    def test_refuses_as_the_page_does(self, client: Client) -> None:
        cohort = a_cohort_to_certify(1)
        manager(client, cohort)
        url = f"/api/certificates/cohorts/{cohort.public_id}/issue"
        answer = client.post(url, json.dumps({"title": "残疾人证书"}), content_type="application/json")

        assert answer.status_code == 422
        assert answer.json()["code"] == "title_discloses"

    def test_withdraws_for_the_approver(self, client: Client) -> None:
        a_policy(undo_minutes=0)
        certificate = an_issued_certificate()
        client.force_login(an_account("approver", a_federation("620500")))
        url = f"/api/certificates/{certificate.public_id}/withdraw"

        refused = client.post(url, json.dumps({"reason_class": ""}), content_type="application/json")
        done = client.post(url, json.dumps({"reason_class": "fraud"}), content_type="application/json")

        assert (refused.status_code, refused.json()["code"]) == (422, "reason_needed")
        assert done.json()["status"] == "withdrawn"
        again = client.post(url, json.dumps({"reason_class": "fraud"}), content_type="application/json")
        assert (again.status_code, again.json()["code"]) == (409, "certificate_status")


NO_SUCH = "FW65K9CRFCU4"
