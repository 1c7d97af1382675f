"""The public page of a certificate, as whoever scans it meets it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates import public
from certificates.actions import certificates, corrections, keys
from certificates.models import Certificate
from certificates.proof import codes
from certificates.rules.wording import DEFAULT_TITLE
from certificates.views import written
from registry.rules.access import SYSTEM
from tests.certificates.answers import answer
from tests.certificates.factories import AT, ISSUED_ON, a_chain, an_issued_certificate
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db
NO_SUCH = codes.new_code(lambda n: b"\x07" * n)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate limits count in windows of the clock: a test must not straddle two of them."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2024, 7, 1, 2, 30, 20, tzinfo=UTC))


def words(response: Any) -> str:
    """The page as text."""
    return unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


def change(certificate: Certificate, verb: Any, **values: Any) -> None:
    verb(by=SYSTEM, on=ISSUED_ON, certificate=certificate, **values)


class TestTheAnswer:
    def test_genuine_and_in_force(self, client: Client) -> None:
        certificate = an_issued_certificate()
        page = client.get(f"/C/{certificate.code}")

        assert (page.status_code, answer(page)) == (200, "证书真实，当前有效")
        text = words(page)
        assert "查验时间 2024年7月1日 10:30" in text
        for shown in (
            certificate.title,
            certificate.course_name,
            certificate.skill_name,
            certificate.base_name,
            certificate.issuer_name,
            codes.format_number(str(certificate.number)),
            "2024年6月23日",
        ):
            assert shown in text

    def test_suspended_with_the_class_of_reason(self, client: Client) -> None:
        certificate = an_issued_certificate()
        change(certificate, certificates.suspend, reason_class="under_review", note="内部的话")
        page = client.get(f"/C/{certificate.code}")

        assert answer(page) == "证书真实，但已暂停使用"
        assert "从 2024年6月23日 起暂停使用" in words(page)
        assert "原因：正在核查" in words(page)
        assert "内部的话" not in words(page)

    def test_withdrawn_when_and_why(self, client: Client) -> None:
        certificate = an_issued_certificate()
        change(certificate, certificates.withdraw, reason_class="issued_in_error")
        page = client.get(f"/C/{certificate.code}")

        assert answer(page) == "证书已被撤销，不再有效"
        assert "已于 2024年6月23日 撤销" in words(page)
        assert "原因：签发有误" in words(page)

    @pytest.mark.parametrize("links", [1, 5])
    @pytest.mark.parametrize(
        ("status", "said"),
        [
            ("issued", "新证书现在有效。"),
            ("suspended", "新证书现在暂停使用。"),
            ("withdrawn", "新证书也已撤销，不再有效。"),
        ],
    )
    def test_replaced_leads_straight_to_the_newest_one_and_says_how_that_stands(
        self, client: Client, links: int, status: str, said: str
    ) -> None:
        chain = a_chain(links + 1)
        Certificate.objects.filter(pk=chain[-1].pk).update(status=status)
        page = client.get(f"/C/{chain[0].code}")

        assert answer(page) == "这张证书已换发新证，请看新证书"
        assert re.findall(r'href="/C/(\w+)"', page.content.decode()) == [chain[-1].code]
        assert said in words(page)

    def test_a_damaged_chain_that_bites_its_tail_is_no_certificate_in_force(self, client: Client) -> None:
        first, second = a_chain(2)
        Certificate.objects.filter(pk=first.pk).update(replaces=second)
        Certificate.objects.filter(pk=second.pk).update(status="replaced")

        assert answer(client.get(f"/C/{first.code}")) == "证书已被撤销，不再有效"

    def test_no_such_certificate(self, client: Client) -> None:
        page = client.get(f"/C/{NO_SUCH}")

        assert (page.status_code, answer(page)) == (404, "没有这张证书")
        assert codes.format_code(NO_SUCH) in words(page)

    @pytest.mark.parametrize("typed", ["ABC", "1234-5678-9000", "<script>", "%E8%AF%81"])
    def test_a_mistyped_code_is_called_mistyped(self, client: Client, typed: str) -> None:
        page = client.get(f"/C/{typed}")

        assert (page.status_code, answer(page)) == (404, "验证码有误，请重新核对")
        assert "<script>" not in page.content.decode().replace("<script src", "")

    def test_trouble_of_our_own_is_not_called_a_forgery(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_asked: object) -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(public, "find_beside", broken)
        page = client.get(f"/C/{NO_SUCH}")

        assert (page.status_code, answer(page)) == (503, "现在无法查询，请稍后再试")
        assert "这不说明证书有问题" in words(page)

    def test_a_draft_is_nobody_s_business(self, client: Client) -> None:
        certificate = an_issued_certificate()
        Certificate.objects.filter(pk=certificate.pk).update(
            status="draft", number=None, fragment="", signing_key=None
        )

        assert client.get(f"/C/{certificate.code}").status_code == 404


class TestTheAddress:
    @pytest.mark.parametrize(
        "spelling",
        [
            lambda code: f"/C/{code}",
            lambda code: f"/c/{code.lower()}",
            lambda code: f"/C/{code}/",
            lambda code: f"/C/{code[:4]}-{code[4:8]}-{code[8:]}",
            lambda code: f"/c/{code[:4]}%20{code[4:8]}%20{code[8:]}",
            lambda code: f"/C/{code}?from=singlemessage",
        ],
    )
    def test_is_read_however_it_is_written(self, client: Client, spelling: Any) -> None:
        certificate = an_issued_certificate()

        assert answer(client.get(spelling(certificate.code))) == "证书真实，当前有效"

    def test_answers_the_same_without_the_middleware(self, client: Client, settings: Any) -> None:
        certificate = an_issued_certificate()
        fast = client.get(f"/C/{certificate.code}")
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("VerifyFastPath")]

        assert Client().get(f"/C/{certificate.code}").content == fast.content

    def test_takes_no_other_method(self, client: Client) -> None:
        assert client.delete(f"/C/{NO_SUCH}").status_code == 405
        assert client.head(f"/C/{NO_SUCH}").status_code == 404


class TestReaders:
    @pytest.mark.parametrize(
        ("query", "header", "language"),
        [
            ("", "", "zh-Hans"),
            ("", "en-GB,en;q=0.9", "en"),
            ("", "zh-TW,zh;q=0.8", "zh-Hant"),
            ("", "fr,de;q=0.5", "zh-Hans"),
            ("?lang=en", "zh-CN", "en"),
            ("?lang=zh-hant", "", "zh-Hant"),
            ("?lang=xx", "", "zh-Hans"),
        ],
    )
    def test_read_in_their_language(self, client: Client, query: str, header: str, language: str) -> None:
        certificate = an_issued_certificate()
        page = client.get(f"/C/{certificate.code}{query}", headers={"Accept-Language": header})

        assert f'<html lang="{language}"' in page.content.decode()

    def test_choose_the_size_of_the_text(self, client: Client) -> None:
        certificate = an_issued_certificate()

        assert 'class="text-largest"' in client.get(f"/C/{certificate.code}?text=largest").content.decode()

    def test_do_not_meet_each_other_s_certificates(self, client: Client) -> None:
        one, other = an_issued_certificate(a_person(1)), an_issued_certificate(a_person(2))
        first, second = (client.get(f"/C/{held.code}").content.decode() for held in (one, other))

        assert codes.format_number(str(one.number)) in first
        assert codes.format_number(str(one.number)) not in second

    def test_get_hostile_text_escaped(self, client: Client) -> None:
        certificate = an_issued_certificate()
        Certificate.objects.filter(pk=certificate.pk).update(course_name='<b onclick="x">&')

        assert "&lt;b onclick=&quot;x&quot;&gt;&amp;" in client.get(f"/C/{certificate.code}").content.decode()


@pytest.mark.parametrize(("links", "cost"), [(0, 1), (1, 2), (9, 2)])
def test_one_page_costs_one_query_and_two_once_replaced(client: Client, links: int, cost: int) -> None:
    certificate = a_chain(links + 1)[0]
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/C/{certificate.code}")

    assert len(queries) == cost


def test_the_title_we_print_is_one_that_the_catalogues_translate() -> None:
    assert DEFAULT_TITLE in written.OUR_TITLES


class TestAKeyThatLeaked:
    def close(self, certificate: Certificate, days: int) -> None:
        """Closes the certificate's key from so many days after it was issued."""
        key: Any = certificate.signing_key
        keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON + timedelta(days=days), reason="…")

    def test_what_it_signed_from_then_on_is_no_proof_and_says_what_to_do(self, client: Client) -> None:
        certificate = an_issued_certificate()
        self.close(certificate, days=0)
        page = client.get(f"/C/{certificate.code}")

        assert answer(page) == "证书要换发，现在不能作为凭据"
        assert "密钥当时已经泄露" in words(page)
        assert "这不是持证人的过错" in words(page)
        assert client.get(f"/api/verify/{certificate.code}").json()["status"] == "key_compromised"

    def test_what_it_signed_before_has_the_registry_s_record(self, client: Client) -> None:
        certificate = an_issued_certificate()
        self.close(certificate, days=1)

        assert answer(client.get(f"/C/{certificate.code}")) == "证书真实，当前有效"
        assert client.get(f"/api/verify/{certificate.code}").json()["status"] == "issued"

    def test_a_withdrawn_certificate_stays_withdrawn(self, client: Client) -> None:
        certificate = an_issued_certificate()
        change(certificate, certificates.withdraw, reason_class="fraud")
        self.close(certificate, days=0)

        assert answer(client.get(f"/C/{certificate.code}")) == "证书已被撤销，不再有效"

    def test_issued_again_it_leads_to_a_certificate_in_force(self, client: Client) -> None:
        old = an_issued_certificate()
        self.close(old, days=0)
        corrections.correct(by=SYSTEM, at=AT, certificate=old, typed={"hours": "50"})
        new = Certificate.objects.get(replaces=old)

        page = client.get(f"/C/{old.code}")
        assert answer(page) == "这张证书已换发新证，请看新证书"
        assert "新证书现在有效" in words(page)
        assert answer(client.get(f"/C/{new.code}")) == "证书真实，当前有效"
        self.close(new, days=-1)
        assert "新证书也要再换发" in words(client.get(f"/C/{old.code}"))
