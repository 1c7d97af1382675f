from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from registry.models import Throttle
from tests.registry.factories import PASSWORD, an_account

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str = PASSWORD, **values: str) -> Any:
    return client.post("/sign-in/", {"username": "li.ming", "password": password, **values})


def test_signing_in_leads_to_the_work_list_and_out_again(client: Client) -> None:
    an_account(username="li.ming")
    assert sign_in(client)["Location"] == "/"
    assert client.get("/").status_code == 200
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_the_answer_does_not_tell_whether_the_name_exists(client: Client) -> None:
    an_account(username="li.ming")
    answers = [sign_in(client, "wrong"), sign_in(client, username="nobody")]
    assert [answer.status_code for answer in answers] == [422, 422]
    for answer in answers:
        page = answer.content.decode()
        assert "登录名或密码不对" in page
        assert PASSWORD not in page


def test_after_five_wrong_passwords_the_page_says_when_to_try_again(client: Client) -> None:
    an_account(username="li.ming")
    for _ in range(5):
        sign_in(client, "wrong")
    refused = sign_in(client)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 900
    assert Throttle.objects.count() == 2
    assert not any("li.ming" in row.key or "127.0.0.1" in row.key for row in Throttle.objects.all())


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/people/", "/people/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("registry:bases", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_only_to_pages_of_this_site(client: Client, wanted: str, given: str) -> None:
    an_account(username="li.ming")
    assert sign_in(client, next=wanted)["Location"] == given


def test_the_session_gets_a_new_key_when_one_signs_in(client: Client) -> None:
    an_account(username="li.ming")
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_a_missing_password_is_named_beside_its_field(client: Client) -> None:
    page = client.post("/sign-in/", {"username": "li.ming"}).content.decode()
    assert 'href="#id_password"' in page
    assert "请填写：密码" in page


def test_changing_the_password_ends_other_sessions(client: Client) -> None:
    an_account(username="li.ming")
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    changed = client.post("/password/", {"old_password": PASSWORD, "password": "Hangzhou-tea-1999"})
    assert "密码已修改" in changed.content.decode()
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_every_page_of_a_signed_in_account_stays_out_of_caches(client: Client) -> None:
    an_account(username="li.ming")
    sign_in(client)
    for address in ("/", "/people/", "/nowhere/"):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_windows_of_throttles_that_are_over_can_be_forgotten(client: Client) -> None:
    from registry.actions import throttles

    at = datetime(2024, 6, 3, tzinfo=UTC)
    throttles.hit(purpose="sign-in-name", source="a", limit=5, seconds=60, at=at)
    assert throttles.forget(before=at) == 0
    assert throttles.forget(before=datetime(2024, 6, 3, 1, tzinfo=UTC)) == 1
