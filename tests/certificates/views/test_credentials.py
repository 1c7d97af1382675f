"""The DID document and the W3C status lists, as they travel. What they say: test_open_badges.py."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from certificates.actions import certificates, keys
from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof.status import ENTRIES
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_signing_key, an_issued_certificate
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 1, 2, 33, 20, tzinfo=UTC)
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://certs.example.org"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_the_did_document_has_the_service_key_in_use_first(client: Client) -> None:
    a_signing_key()
    active = SigningKey.objects.get(purpose=KeyPurpose.SERVICE, state="active")
    response = client.get("/.well-known/did.json")
    document = json.loads(response.content)

    assert response["Content-Type"] == "application/did+ld+json"
    assert document["id"] == "did:web:certs.example.org"
    assert document["verificationMethod"][0]["id"] == f"{document['id']}#{active.kid}"
    # The two service keys that an installation has from the beginning, and the one for Data Integrity.
    assert [method["type"] for method in document["verificationMethod"]] == [
        "JsonWebKey",
        "JsonWebKey",
        "Multikey",
    ]


def test_a_leaked_key_is_in_it_no_more_and_a_retired_one_is(client: Client) -> None:
    a_signing_key()
    first = SigningKey.objects.get(purpose=KeyPurpose.SERVICE, state="active")
    second = keys.rotate(by=SYSTEM, on=ISSUED_ON, owner=None, purpose=KeyPurpose.SERVICE)
    assert first.kid in client.get("/.well-known/did.json").content.decode()

    keys.close(by=SYSTEM, on=ISSUED_ON, key=second, from_=ISSUED_ON, reason="硬盘丢失")
    published = client.get("/.well-known/did.json").content.decode()
    assert first.kid in published
    assert second.kid not in published


def test_keys_of_federations_sign_no_exports(client: Client) -> None:
    key = a_signing_key()
    assert key.kid not in client.get("/.well-known/did.json").content.decode()


@pytest.mark.parametrize(
    "address", ["/.well-known/did.json", "/status/0/revocation", "/status/0/suspension.jwt"]
)
def test_it_is_open_to_every_site_and_needs_fetching_only_when_it_changed(
    client: Client, address: str
) -> None:
    a_signing_key()
    first = client.get(address, headers=JSON)
    again = client.get(address, headers=JSON | {"If-None-Match": first["ETag"]})

    assert first["Access-Control-Allow-Origin"] == again["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize(
    ("address", "accept", "form"),
    [
        ("/status/0/revocation", "application/ld+json, application/json", "application/vc"),
        ("/status/0/revocation", "application/vc", "application/vc"),
        ("/status/0/revocation", "*/*", "application/vc"),
        ("/status/0/revocation", "application/vc+jwt", "application/vc+jwt"),
        ("/status/0/revocation", "", "application/vc+jwt"),
        ("/status/0/revocation.jwt", "application/json", "application/vc+jwt"),
    ],
)
def test_a_list_comes_in_the_form_asked_for(client: Client, address: str, accept: str, form: str) -> None:
    a_signing_key()
    response = client.get(address, headers={"Accept": accept} if accept else {})

    assert response["Content-Type"] == form
    assert response["Vary"] == "Accept"
    assert response.content.startswith(b"{" if form == "application/vc" else b"ey")


@pytest.mark.parametrize(
    "address",
    ["/status/0/refresh", "/status/1/revocation", "/status/2048/revocation", "/status/-1/revocation"],
)
def test_there_is_no_such_list(client: Client, address: str) -> None:
    a_signing_key()
    assert client.get(address).status_code == 404


def test_a_list_is_dated_and_says_how_long_it_holds(client: Client) -> None:
    a_signing_key()
    listed = json.loads(client.get("/status/0/suspension", headers=JSON).content)

    # The beginning of these five minutes: until they are over, an unchanged list stays the same.
    assert datetime.fromisoformat(listed["validFrom"]) == NOW.replace(minute=30, second=0)
    assert datetime.fromisoformat(listed["validUntil"]) - NOW > timedelta(hours=23)
    assert listed["credentialSubject"]["ttl"] == 300_000


def test_a_change_is_published_at_once(client: Client) -> None:
    certificate = an_issued_certificate()
    address = f"/status/{certificate.status_index // ENTRIES}/revocation"
    before = client.get(address, headers=JSON)
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

    assert client.get(address, headers=JSON | {"If-None-Match": before["ETag"]}).status_code == 200


def test_without_a_key_the_answer_is_not_an_empty_list(client: Client) -> None:
    assert client.get("/status/0/revocation", headers=JSON).status_code == 503


def test_a_list_costs_the_same_few_queries_however_many_certificates_there_are(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        certificate = an_issued_certificate(a_person(number + 1))
        certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

    with django_assert_num_queries(6):
        client.get("/status/0/revocation", headers=JSON)
    # Signed once for each state of the list, not for each request.
    with django_assert_num_queries(4):
        client.get("/status/0/revocation", headers=JSON)
    with django_assert_num_queries(1):
        client.get("/.well-known/did.json")
