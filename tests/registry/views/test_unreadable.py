"""Requests that no page of ours sends: each gets a refusal in words, none a fault of the server."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.registry.factories import a_federation, a_person, a_region, an_account

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
NUL_ADDRESSES = [
    "/people/?missing=%00",
    "/courses/cohorts/%00/",
    "/courses/cohorts/move/?to=approved&cohort=a%00b",
    "/goals/people/?region=%00",
    "/api/registry/bases/%00",
    "/api/registry/bases?region=%00",
    "/api/registry/regions?text=a%00b",
    "/api/courses/cohorts?state=%00",
]


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(an_account("federation_officer", a_federation("620500")))
    return client


def as_a_browser(client: Client) -> Client:
    """The same visitor with form tokens checked, as they are outside the tests."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    strict.get("/people/")
    return strict


@pytest.mark.parametrize("address", NUL_ADDRESSES)
def test_an_address_with_a_nul_names_nothing(officer: Client, address: str) -> None:
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize("text", ["\0", "a\0b", "\\\0"])
def test_a_nul_in_json_is_refused_before_it_reaches_the_database(officer: Client, text: str) -> None:
    answer = officer.post(
        "/api/registry/people/look-up", json.dumps({"citizen_id": text}), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_backslash_before_u0000_is_no_nul(officer: Client) -> None:
    answer = officer.post(
        "/api/registry/people/look-up", json.dumps({"citizen_id": "\\u0000"}), content_type="application/json"
    )
    assert answer.status_code != 400


@pytest.mark.parametrize("place", ["/people/", "/bases/"])
def test_a_region_that_is_not_in_the_list_filters_nothing(officer: Client, place: str) -> None:
    for region in ("abc", "99999999999999999999", "360000", "%F0%9F%92%A5"):
        assert officer.get(f"{place}?region={region}").status_code == 200


def test_a_form_sent_to_the_api_is_refused(officer: Client) -> None:
    strict = as_a_browser(officer)
    answer = strict.post(
        "/api/registry/people/look-up",
        {"citizen_id": "1"},
        headers={"X-CSRFToken": strict.cookies["csrf"].value, "Referer": "http://testserver/"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_form_in_another_encoding_gets_a_page_in_words(officer: Client) -> None:
    answer = as_a_browser(officer).post(
        "/people/new/", b"name=%ff", content_type="application/x-www-form-urlencoded; charset=latin-1"
    )
    assert answer.status_code == 400
    assert "服务器读不懂" in answer.content.decode()


def test_too_much_at_once_gets_a_page_in_words_and_json_on_the_api(officer: Client) -> None:
    answer = officer.post("/people/new/", {"name": "名" * 3_000_000})
    assert answer.status_code == 413
    assert "一次发来的内容太多" in answer.content.decode()
    big = json.dumps({"citizen_id": "1" * 7_000_000})
    answer = officer.post("/api/registry/people/look-up", big, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_another_host_gets_a_page_in_words() -> None:
    answer = Client(headers={"Host": "evil.example"}).get("/sign-in/")
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_a_page_that_takes_no_form_says_so(officer: Client) -> None:
    answer = officer.post("/bases/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "这个网址不能直接打开" in answer.content.decode()
    assert officer.delete("/api/registry/bases").json()["code"] == "wrong_method"


def test_reloading_the_answer_to_a_form_leads_back_to_its_page(officer: Client) -> None:
    person = a_person(1, region=a_region("620502"))
    address = reverse("registry:reveal", args=[person.public_id])
    shown = officer.post(address, {"field": "citizen_id", "reason": "contact"})
    assert person.citizen_id in shown.content.decode()
    back = officer.get(f"{address}?lang=en")
    assert back["Location"] == reverse("registry:person", args=[person.public_id])
    assert back.cookies["lang"].value == "en"
