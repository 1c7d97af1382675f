"""Checking by code for programmes: one, a thousand at once, and from the scripts of other sites."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from certificates.actions import certificates
from certificates.proof import codes
from registry.models import Throttle
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_chain, an_issued_certificate

pytestmark = pytest.mark.django_db
NO_SUCH = codes.new_code(lambda n: b"\x07" * n)
Queries = Callable[[int], Any]


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2024, 7, 1, 2, 30, 20, tzinfo=UTC))


def ask(client: Client, asked: Any, **more: Any) -> Any:
    return client.post("/api/verify", json.dumps({"codes": asked}), content_type="application/json", **more)


def unknown(n: int) -> str:
    return codes.new_code(lambda size: (n + 1).to_bytes(size, "big"))


class TestOne:
    def test_tells_what_the_page_tells_and_no_more_of_the_holder(self, client: Client) -> None:
        certificate = an_issued_certificate()
        told = client.get(f"/api/verify/{certificate.code.lower()}")

        assert told.status_code == 200
        assert (told.json()["status"], told.json()["number"]) == ("issued", certificate.number)
        assert certificate.holder_name not in told.content.decode()

    def test_leads_from_a_replaced_one_to_the_newest(self, client: Client) -> None:
        chain = a_chain(4)
        told = client.get(f"/api/verify/{chain[0].code}").json()

        assert (told["status"], told["replaced_by"], told["replaced_by_status"]) == (
            "replaced",
            chain[3].code,
            "issued",
        )

    def test_counts_wrong_codes_with_the_page_s(self, client: Client) -> None:
        assert client.get("/api/verify/ABC").json()["code"] == "code_mistyped"
        statuses = [client.get(f"/C/{NO_SUCH}").status_code for _ in range(60)]
        assert set(statuses) == {404}
        assert client.get(f"/api/verify/{NO_SUCH}").status_code == 429


class TestMany:
    def test_each_gets_its_own_answer_or_error_in_the_order_sent(self, client: Client) -> None:
        good, bad = an_issued_certificate(), an_issued_certificate()
        certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=bad, reason_class="fraud")
        asked = [codes.format_code(good.code), "ABC", bad.code, NO_SUCH, good.code]
        told = ask(client, asked)

        assert told.status_code == 200
        answers = told.json()["answers"]
        assert [one["asked"] for one in answers] == asked
        assert [(one["certificate"] or one["error"]).get("status") for one in answers] == [
            "issued",
            None,
            "withdrawn",
            None,
            "issued",
        ]
        assert [one["error"] and one["error"]["code"] for one in answers] == [
            None,
            "code_mistyped",
            None,
            "not_found",
            None,
        ]
        assert all("验证码" in one["error"]["message"] for one in answers if one["asked"] == "ABC")
        assert answers[2]["certificate"]["reason_class"] == "fraud"
        assert good.holder_name not in told.content.decode()

    def test_a_thousand_cost_as_many_queries_as_two(
        self, client: Client, django_assert_num_queries: Queries
    ) -> None:
        chain = a_chain(3)
        # Two limits looked at, the certificates, the chains, the misses counted.
        for asked in (
            [chain[0].code, unknown(0)],
            [one.code for one in chain] + [unknown(n) for n in range(997)],
        ):
            Throttle.objects.all().delete()
            with django_assert_num_queries(5):
                told = ask(client, asked)
            assert told.json()["answers"][0]["certificate"]["replaced_by"] == chain[2].code

    @pytest.mark.parametrize("asked", [[], ["ABC"] * 1001, [1], "ABC", None])
    def test_takes_one_to_a_thousand_texts(self, client: Client, asked: Any) -> None:
        assert ask(client, asked).status_code == 422

    def test_a_huge_text_is_mistyped_and_not_sent_back_whole(self, client: Client) -> None:
        (answer,) = ask(client, ["A" * 100_000]).json()["answers"]

        assert (answer["asked"], answer["error"]["code"]) == ("A" * 100, "code_mistyped")

    def test_a_list_of_a_thousand_unknown_codes_fits_once_an_hour(self, client: Client) -> None:
        certificate = an_issued_certificate()
        whole = [unknown(n) for n in range(1000)]

        assert ask(client, whole).status_code == 200
        # Now nothing is told to this address, right or wrong, and everything to its neighbours.
        refused = ask(client, [certificate.code])
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
        assert 0 < int(refused["Retry-After"]) <= 3600
        assert ask(client, [certificate.code], REMOTE_ADDR="10.9.9.9").status_code == 200

    def test_right_codes_and_mistyped_ones_use_nothing_up_but_batches_are_counted(
        self, client: Client
    ) -> None:
        certificate = an_issued_certificate()
        statuses = [ask(client, [certificate.code, "ABC"]).status_code for _ in range(61)]

        assert statuses == [200] * 60 + [429]


class TestOtherSites:
    """CORS, as a browser goes through it for a script of another site."""

    ORIGIN = "https://employer.example"

    def test_a_script_may_read_answers_and_refusals(self, client: Client) -> None:
        certificate = an_issued_certificate()
        for code, status in ((certificate.code, 200), (NO_SUCH, 404), ("ABC", 422)):
            told = client.get(f"/api/verify/{code}", headers={"Origin": self.ORIGIN})
            assert (told.status_code, told["Access-Control-Allow-Origin"]) == (status, "*")
            # With a star, browsers send no cookies and show nothing that needed one.
            assert "Access-Control-Allow-Credentials" not in told

    def test_a_browser_that_asks_beforehand_may_send_a_batch(self, client: Client) -> None:
        asked = {"Origin": self.ORIGIN, "Access-Control-Request-Method": "POST"}
        allowed = client.options("/api/verify", headers=asked)

        assert allowed.status_code == 204
        assert "POST" in allowed["Access-Control-Allow-Methods"]
        assert "Content-Type" in allowed["Access-Control-Allow-Headers"]
        assert allowed["Access-Control-Allow-Origin"] == "*"

    def test_nothing_else_of_the_api_is_open_to_them(self, client: Client) -> None:
        asked = {"Origin": self.ORIGIN, "Access-Control-Request-Method": "POST"}
        for address in ("/api/certificates/abc", "/api/verifying", "/api/registry/people"):
            assert "Access-Control-Allow-Origin" not in client.options(address, headers=asked)
            assert "Access-Control-Allow-Origin" not in client.get(address, headers=asked)
