from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.models import Account
from tests.registry.factories import PASSWORD, a_base, a_federation, an_account

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def officer(browser: Browser) -> Client:
    return browser("federation_officer", a_federation("620500"))


def test_the_list_shows_accounts_of_organisations_in_reach(officer: Client) -> None:
    near, far = an_account("trainer", a_base("620502")), an_account("trainer", a_base("360102"))
    page = text(officer.get("/accounts/"))
    assert near.username in page
    assert far.username not in page
    assert "培训教师" in page


def test_the_list_takes_a_fixed_number_of_queries(officer: Client, django_assert_num_queries: Any) -> None:
    base = a_base("620502")
    with django_assert_num_queries(9) as few:
        officer.get("/accounts/")
    for _ in range(10):
        an_account("trainer", base)
    with django_assert_num_queries(len(few)):
        officer.get("/accounts/")


def test_an_account_is_opened_with_its_first_role_and_signs_in(officer: Client, client: Client) -> None:
    base = a_base("620502")
    asked = {
        "username": "wang.fang",
        "name": "王芳",
        "password": PASSWORD,
        "base": base.public_id,
        "role": "trainer",
    }
    page = text(officer.get(officer.post("/accounts/new/", asked)["Location"]))
    assert base.name in page
    assert client.post("/sign-in/", {"username": "wang.fang", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"password": "12345678"}, "太常见"),
        ({"base": ""}, "残联和培训基地要选一个"),
        ({"role": "approver"}, "这个角色不属于这类单位。"),
        ({"username": "a b"}, "登录名只能用"),
        ({"base": "someone-else"}, "选"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why(
    officer: Client, values: dict[str, str], sentence: str
) -> None:
    base = a_base("620502")
    asked = {
        "username": "wang.fang",
        "name": "王芳",
        "password": PASSWORD,
        "base": base.public_id,
        "role": "trainer",
    }
    answer = officer.post("/accounts/new/", asked | values)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert PASSWORD not in text(answer)
    assert not Account.objects.filter(username="wang.fang").exists()


def test_an_organisation_out_of_reach_cannot_be_chosen(officer: Client) -> None:
    far = a_base("360102")
    asked = {
        "username": "wang.fang",
        "name": "王芳",
        "password": PASSWORD,
        "base": far.public_id,
        "role": "trainer",
    }
    assert officer.post("/accounts/new/", asked).status_code == 422


def test_roles_are_granted_and_ended_on_the_accounts_page(officer: Client) -> None:
    account = an_account("trainer", a_base("620502"))
    federation = a_federation("620502")
    officer.post(
        f"/accounts/{account.public_id}/roles/", {"federation": federation.public_id, "role": "counsellor"}
    )
    held = account.memberships.get(role="counsellor")
    officer.post(f"/accounts/{account.public_id}/roles/{held.pk}/end/")
    held.refresh_from_db()
    assert held.ended_on is not None
    assert "结束" in text(officer.get(f"/accounts/{account.public_id}/"))


def test_nobody_gives_roles_to_the_own_account(officer: Client) -> None:
    own = Account.objects.get(pk=officer.session["_auth_user_id"])
    asked = {"federation": a_federation("620500").public_id, "role": "approver"}
    answer = officer.post(f"/accounts/{own.public_id}/roles/", asked)
    assert answer.status_code == 422
    assert "不能给自己分配或取消角色" in text(answer)
    assert own.memberships.count() == 1


def test_a_token_is_shown_once_works_and_can_be_stopped(officer: Client, client: Client) -> None:
    account = an_account("base_manager", a_base("620502"))
    address = f"/accounts/{account.public_id}/"
    issued = officer.post(f"{address}tokens/", {"label": "教务系统", "expires_on": later()})
    token = text(issued).partition('<code class="number">')[2].partition("</code>")[0]
    assert token
    assert token not in text(officer.get(address))

    def ask() -> int:
        return client.get("/api/registry/people", headers={"Authorization": f"Bearer {token}"}).status_code

    assert ask() == 200
    officer.post(f"{address}tokens/{account.api_tokens.get().pk}/end/")
    assert ask() == 401


def later() -> str:
    from datetime import timedelta

    from registry.requests import today

    return (today() + timedelta(days=30)).isoformat()
