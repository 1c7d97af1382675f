"""The files that verifiers fetch: the same for everyone, signed, and cheap to ask for again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from certificates.actions import certificates, keys
from certificates.keystore import key_store
from certificates.models import Certificate, SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof import base64url, status_token
from certificates.proof.errors import KeyBundleError
from certificates.proof.status import Status
from certificates.proof.trust import TrustBundle, sign_bundle
from certificates.proof.verify import verify
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_signing_key, an_issued_certificate

pytestmark = pytest.mark.django_db
TRUST = "/.well-known/twoskills-trust.json"
DAY = date(2024, 7, 1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Half past ten in Beijing; a test moves it on."""
    now = datetime(2024, 7, 1, 2, 30, tzinfo=UTC)

    def move(by: timedelta) -> None:
        nonlocal now
        now += by

    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return move


def pins() -> list[bytes]:
    """What a verifier was given beforehand: the thumbprint of the active service key."""
    key = SigningKey.objects.get(purpose="service", state="active")
    bundle = TrustBundle.from_json(Client().get(TRUST).content)
    return [known.thumbprint for known in bundle.keys if known.kid == base64url.decode(key.kid)]


def service_key(state: str) -> SigningKey:
    return SigningKey.objects.get(purpose="service", state=state)


class TestTheTrustBundle:
    def test_lets_anyone_verify_who_was_given_a_pin(self, client: Client) -> None:
        certificate = an_issued_certificate()
        bundle = TrustBundle.from_json(client.get(TRUST).content, pins=pins())

        assert verify(certificate.code, certificate.fragment, bundle).claims.hours == certificate.hours
        assert bundle.as_of == DAY
        assert sorted(key.purpose for key in bundle.keys) == ["certificate", "service", "service"]
        with pytest.raises(KeyBundleError) as refused:
            TrustBundle.from_json(client.get(TRUST).content, pins=[b"\x01" * 32])
        assert refused.value.code == "bundle_signature"

    def test_is_the_same_for_everyone_and_open_to_every_site(self, client: Client) -> None:
        a_signing_key()
        client.cookies["lang"] = "en"
        answer = client.get(TRUST, headers={"Accept-Language": "en", "Origin": "https://employer.example"})

        assert answer["Cache-Control"] == "public, max-age=300"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Vary" not in answer
        assert not answer.cookies
        assert answer.content == Client().get(TRUST).content

    def test_is_not_sent_again_to_whoever_has_it(self, client: Client) -> None:
        a_signing_key()
        first = client.get(TRUST)
        again = client.get(TRUST, headers={"If-None-Match": f'"other", W/{first["ETag"]}'})

        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
        assert client.head(TRUST)["ETag"] == first["ETag"]
        assert client.post(TRUST).status_code == 405

    def test_is_signed_once_a_day_and_not_for_each_request(
        self,
        client: Client,
        clock: Callable[[timedelta], None],
        monkeypatch: pytest.MonkeyPatch,
        django_assert_num_queries: Any,
    ) -> None:
        a_signing_key()
        first = client.get(TRUST)
        clock(timedelta(hours=13))
        with monkeypatch.context() as broken:
            broken.setattr("certificates.queries.trust.sign_bundle", None)
            with django_assert_num_queries(1):
                assert client.get(TRUST)["ETag"] == first["ETag"]
        clock(timedelta(hours=1))
        assert TrustBundle.from_json(client.get(TRUST).content).as_of == DAY + timedelta(days=1)

    def test_changes_at_once_with_a_key(self, client: Client) -> None:
        key = a_signing_key()
        before = TrustBundle.from_json(client.get(TRUST).content)
        keys.close(by=SYSTEM, on=DAY, key=key, from_=DAY, reason="…")
        after = before.renewed(client.get(TRUST).content)

        states = {known.kid: known.state for known in after.keys if known.purpose == "certificate"}
        assert states[base64url.decode(key.kid)] == "compromised"
        assert sorted(states.values()) == ["active", "compromised"]

    def test_a_name_that_discloses_is_not_in_it(self, client: Client) -> None:
        key = a_signing_key()
        bundle = TrustBundle.from_json(client.get(TRUST).content)

        assert {known.owner for known in bundle.keys} == {key.owner_name, "http://127.0.0.1:8000"}
        assert "残" not in "".join(known.owner for known in bundle.keys)

    def test_is_followed_from_service_key_to_service_key(
        self, client: Client, clock: Callable[[timedelta], None]
    ) -> None:
        a_signing_key()
        held = first = TrustBundle.from_json(client.get(TRUST).content, pins=pins())
        for _year in range(3):
            clock(timedelta(days=365))
            keys.rotate(by=SYSTEM, on=DAY, owner=None, purpose=KeyPurpose.SERVICE)
            keys.equip(by=SYSTEM, on=DAY)
            held = held.renewed(client.get(TRUST).content)

        # A phone that was in a drawer all the while knows only the first key, which signs along.
        assert first.renewed(client.get(TRUST).content).keys == held.keys

    def test_a_leaked_service_key_signs_no_more_and_nobody_is_left_behind(self, client: Client) -> None:
        a_signing_key()
        held = TrustBundle.from_json(client.get(TRUST).content, pins=pins())
        leaked = service_key("active")
        keys.close(by=SYSTEM, on=DAY, key=leaked, from_=DAY, reason="…")
        keys.equip(by=SYSTEM, on=DAY)

        renewed = held.renewed(client.get(TRUST).content)
        signed_by_thief = sign_bundle(renewed, [key_store().signer(base64url.decode(leaked.kid))])
        assert [key.state for key in renewed.keys if key.kid == base64url.decode(leaked.kid)] == [
            "compromised"
        ]
        with pytest.raises(KeyBundleError) as refused:
            renewed.renewed(signed_by_thief)
        assert refused.value.code == "bundle_signature"

    def test_a_next_key_may_be_kept_in_a_safe(self, client: Client, settings: Any, tmp_path: Any) -> None:
        settings.SIGNING_KEY_DIR = tmp_path
        a_signing_key()
        store: Any = key_store()
        safe = tmp_path / f"{base64url.decode(service_key('next').kid).hex()}.pem"
        safe.unlink()

        assert client.get(TRUST).status_code == 200
        assert len(store.kids()) == 3

    def test_without_a_service_key_nothing_unsigned_is_handed_out(self, client: Client) -> None:
        answer = client.get(TRUST)

        assert answer.status_code == 503
        assert answer.json()["code"] == "no_service_key"
        assert "create_signing_key --purpose service" in answer.json()["message"]
        assert "ETag" not in answer


class TestTheStatusList:
    def test_comes_as_asked_for_by_ending_or_by_what_the_visitor_accepts(self, client: Client) -> None:
        a_signing_key()
        jwt, cwt = client.get("/status/0.jwt"), client.get("/status/0.cwt")

        assert jwt["Content-Type"] == "application/statuslist+jwt"
        assert cwt["Content-Type"] == "application/statuslist+cwt"
        assert "Vary" not in jwt
        for accept, expected in [
            ("application/statuslist+jwt", jwt),
            ("application/statuslist+cwt", cwt),
            ("application/statuslist+cwt;q=0.5, application/statuslist+jwt;q=0.1", cwt),
            ("*/*", jwt),
            ("text/html", jwt),
            ("", jwt),
        ]:
            answer = client.get("/status/0", headers={"Accept": accept})
            assert (answer.content, answer["Content-Type"]) == (expected.content, expected["Content-Type"])
            assert answer["Vary"] == "Accept"

    def test_is_cacheable_for_a_minute_and_open_to_every_site(self, client: Client) -> None:
        a_signing_key()
        first = client.get("/status/0.jwt")
        again = client.get("/status/0.jwt", headers={"If-None-Match": first["ETag"]})

        assert first["Cache-Control"] == "public, max-age=60"
        assert first["Access-Control-Allow-Origin"] == again["Access-Control-Allow-Origin"] == "*"
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert not first.cookies

    def test_is_signed_again_every_hour_and_with_every_change(
        self, client: Client, clock: Callable[[timedelta], None]
    ) -> None:
        certificate = an_issued_certificate()
        first = self.read(client)
        assert first.issued_at == datetime(2024, 7, 1, 2, tzinfo=UTC)
        assert (first.expires_at - first.issued_at, first.ttl) == (timedelta(hours=48), 60)

        clock(timedelta(minutes=29))
        assert self.read(client).issued_at == first.issued_at
        self.withdraw(certificate)
        changed = self.read(client)
        assert changed.issued_at == datetime(2024, 7, 1, 2, 59, tzinfo=UTC)
        assert changed.status(certificate.status_index) is Status.INVALID
        clock(timedelta(minutes=2))
        assert self.read(client).issued_at == datetime(2024, 7, 1, 3, tzinfo=UTC)

    def test_a_change_is_seen_at_once_by_whoever_asks_again(self, client: Client) -> None:
        certificate = an_issued_certificate()
        etag = client.get("/status/0.cwt")["ETag"]
        self.withdraw(certificate)

        assert client.get("/status/0.cwt", headers={"If-None-Match": etag}).status_code == 200
        assert self.read(client, "/status/0.cwt").status(certificate.status_index) is Status.INVALID

    def test_costs_a_few_small_queries_and_no_signature_until_something_changes(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
    ) -> None:
        certificate = an_issued_certificate()
        client.get("/status/0.jwt")
        # The signature is the dear part: nobody makes one here.
        monkeypatch.setattr("certificates.queries.status_lists.key_store", None)
        with django_assert_num_queries(4):
            assert client.get("/status/0.jwt").status_code == 200
        monkeypatch.undo()
        self.withdraw(certificate)
        client.get("/status/0.jwt")
        with django_assert_num_queries(3):
            assert client.get("/status/0.jwt").status_code == 200

    @pytest.mark.parametrize("number", ["1", "2047", "2048", "9" * 90])
    def test_a_list_that_no_certificate_is_in_is_not_there(self, client: Client, number: str) -> None:
        a_signing_key()
        answer = client.get(f"/status/{number}.jwt")

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_a_closed_service_key_signs_no_list(self, client: Client) -> None:
        a_signing_key()
        leaked = service_key("active")
        before = self.read(client)
        keys.close(by=SYSTEM, on=DAY, key=leaked, from_=DAY, reason="…")

        after = self.read(client)
        assert before.kid == base64url.decode(leaked.kid)
        assert after.kid == base64url.decode(service_key("active").kid)

    def test_without_a_service_key_nothing_unsigned_is_handed_out(self, client: Client) -> None:
        assert client.get("/status/0.jwt").status_code == 503
        assert client.get("/status/0.jwt").json()["code"] == "no_service_key"

    def withdraw(self, certificate: Certificate) -> None:
        certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

    def read(self, client: Client, address: str = "/status/0.jwt") -> status_token.StatusToken:
        bundle = TrustBundle.from_json(client.get(TRUST).content)
        body = client.get(address).content
        return status_token.read(body, bundle, uri=bundle.status_uri(0), at=timezone.now())


def test_an_unknown_file_is_not_there(client: Client) -> None:
    assert client.get("/.well-known/nothing").status_code == 404
