"""The public page tells a name only to who knows it, and nobody by guessing."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from certificates.actions import certificates
from certificates.proof import codes
from courses.models import Skill
from registry.models import Person, Throttle
from registry.rules.access import SYSTEM
from tests.certificates.answers import answer
from tests.certificates.factories import ISSUED_ON, an_earned_enrolment, an_issued_certificate
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


NO_SUCH = codes.new_code(lambda n: b"\x07" * n)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate limits count in windows of the clock: a test must not straddle two of them."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2024, 7, 1, 2, 30, 20, tzinfo=UTC))


class TestPrivacy:
    def test_the_name_is_masked_and_heard_as_such(self, client: Client) -> None:
        certificate = an_issued_certificate(a_person(3, name="欧阳修文"))
        html = client.get(f"/C/{certificate.code}").content.decode()

        assert "欧阳修文" not in html
        assert '<span aria-hidden="true">欧阳**</span><span class="vh">欧阳某</span>' in html

    def test_nothing_of_the_person_or_the_disability_is_there(self, client: Client) -> None:
        certificate = an_issued_certificate()
        person = Person.objects.get(pk=certificate.person_id)
        Skill.objects.update(name="盲人保健按摩")
        second = certificates.issue(by=SYSTEM, on=ISSUED_ON, enrolment=an_earned_enrolment(a_person(8)))

        for one in (certificate, second):
            for language in ("zh-hans", "zh-hant", "en"):
                html = client.get(f"/C/{one.code}?lang={language}").content.decode()
                for secret in (
                    person.name,
                    person.citizen_id,
                    person.phone,
                    "残疾",
                    "盲人",
                    "殘疾",
                    "disab",
                    "blind",
                ):
                    assert secret not in html, secret

    def test_no_cookie_no_index_no_referrer_no_copy(self, client: Client) -> None:
        certificate = an_issued_certificate()
        for page in (
            client.get(f"/C/{certificate.code}?lang=en&text=large"),
            client.post(f"/C/{certificate.code}", {"name": "张三"}),
        ):
            assert not page.cookies
            assert page["X-Robots-Tag"] == "noindex, nofollow"
            assert page["Referrer-Policy"] == "no-referrer"
            assert page["Cache-Control"] == "no-cache"
            assert "default-src 'none'" in page["Content-Security-Policy"]
            assert '<meta name="robots" content="noindex' in page.content.decode()


class TestTheNameCheck:
    def test_says_whether_it_is_the_same(self, client: Client) -> None:
        certificate = an_issued_certificate(a_person(5, name="古丽娜·买买提"))

        same = client.post(f"/C/{certificate.code}", {"name": " 古丽娜•买买提 "})
        different = client.post(f"/C/{certificate.code}", {"name": "古丽娜"})

        assert answer(same) == "姓名一致：证书真实，当前有效"
        assert answer(different) == "姓名不一致：证书真实，当前有效"
        assert "古丽娜·买买提" not in same.content.decode()

    def test_asks_for_a_name_when_there_is_none(self, client: Client) -> None:
        certificate = an_issued_certificate()
        page = client.post(f"/C/{certificate.code}", {"name": " "})

        assert page.status_code == 422
        assert "<title>错误：" in page.content.decode()
        assert 'href="#name"' in page.content.decode()

    def test_stops_after_five_wrong_names_from_wherever_they_come(self, client: Client) -> None:
        certificate = an_issued_certificate()
        for n in range(5):
            page = client.post(f"/C/{certificate.code}", {"name": f"王{n}"}, REMOTE_ADDR=f"10.0.0.{n}")
            assert page.status_code == 200

        blocked = client.post(
            f"/C/{certificate.code}", {"name": certificate.holder_name}, REMOTE_ADDR="10.0.0.9"
        )

        assert (blocked.status_code, answer(blocked)) == (429, "查询太频繁，请稍后再试")
        assert int(blocked["Retry-After"]) <= 3600
        assert client.get(f"/C/{certificate.code}").status_code == 200

    def test_right_names_do_not_use_it_up(self, client: Client) -> None:
        certificate = an_issued_certificate()
        for n in range(8):
            page = client.post(
                f"/C/{certificate.code}", {"name": certificate.holder_name}, REMOTE_ADDR=f"10.0.0.{n}"
            )
            assert answer(page).startswith("姓名一致")


class TestGuessing:
    def test_wrong_codes_are_limited_for_one_address_and_right_ones_are_not_counted(
        self, client: Client
    ) -> None:
        certificate = an_issued_certificate()
        for _ in range(70):
            assert client.get(f"/C/{certificate.code}").status_code == 200
        assert not Throttle.objects.exists()

        statuses = [client.get(f"/C/{NO_SUCH}").status_code for _ in range(62)]

        assert statuses == [404] * 60 + [429] * 2
        # A right guess is no way around the limit, and the neighbours are not locked out.
        assert client.get(f"/C/{certificate.code}").status_code == 429
        assert client.get(f"/C/{certificate.code}", REMOTE_ADDR="10.1.1.1").status_code == 200
