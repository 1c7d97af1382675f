"""How a new installation begins: a federation and its first account, from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from registry.models import Account, Federation
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


def first_account(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("open_account", "chen", "陈思远", federation="620500", stdout=io.StringIO())


def test_a_federation_and_its_first_officer(monkeypatch: pytest.MonkeyPatch) -> None:
    a_region("620500")
    call_command("found_federation", "620500", "天水市残疾人联合会", stdout=io.StringIO())
    first_account(monkeypatch, "a long and quiet river")

    account = Account.objects.get(username="chen")
    assert account.check_password("a long and quiet river")
    held = account.memberships.get()
    assert (held.role, held.federation) == ("federation_officer", Federation.objects.get())


def test_an_unknown_region_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="No region 999999"):
        call_command("found_federation", "999999", "某地")


def test_a_weak_password_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    a_region("620500")
    call_command("found_federation", "620500", "天水市残疾人联合会", stdout=io.StringIO())
    with pytest.raises(CommandError):
        first_account(monkeypatch, "12345678")
    assert not Account.objects.exists()


def test_without_a_federation_the_command_says_what_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="found_federation"):
        first_account(monkeypatch, "a long and quiet river")
