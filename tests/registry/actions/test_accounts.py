from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from registry.actions import accounts
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted, OwnAccount, SignInFailed, TooManyRequests
from registry.models import Account, ApiToken, AuditEvent, Membership
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Permission
from tests.conftest import TODAY
from tests.registry.factories import PASSWORD, a_base, a_federation, an_account, an_actor

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 6, 3, 4, 1, tzinfo=UTC)


def sign_in(
    username: str, password: str = PASSWORD, address: str = "192.0.2.1", at: datetime = NOON
) -> Account:
    return accounts.sign_in(username=username, password=password, address=address, at=at)


def test_an_account_reaches_what_its_roles_reach() -> None:
    federation = a_federation("620500")
    actor = actor_for(an_account("federation_officer", federation), on=TODAY)
    assert actor.may(Permission.PERSON_EDIT, region_path=f"{federation.region.path}620502/")
    assert not actor.may(Permission.PERSON_EDIT, region_path="000000/360000/")


def test_user_names_are_one_whatever_their_capitals() -> None:
    account = an_account(username="Li.Ming")
    assert account.username == "li.ming"
    with pytest.raises(AlreadyHeld):
        an_account(username="LI.MING")
    assert sign_in("LI.Ming").pk == account.pk


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"username": "a b"}, {"username": "username_characters"}),
        ({"username": "аdmin"}, {"username": "username_characters"}),  # its first letter is Cyrillic
        ({"username": "admin０"}, {"username": "username_characters"}),
        ({"password": "kurz"}, {"password": "password_too_short"}),
        ({"password": "password1"}, {"password": "password_too_common"}),
    ],
)
def test_an_account_that_cannot_be_is_refused_whole(values: dict[str, Any], fields: dict[str, str]) -> None:
    base = a_base()
    with pytest.raises(InvalidInput) as refused:
        an_account("trainer", base, **values)
    assert refused.value.facts["fields"] == fields
    assert not Account.objects.exists()


def test_an_account_whose_role_is_refused_is_not_opened() -> None:
    with pytest.raises(InvalidInput) as refused:
        an_account("approver", a_base())
    assert refused.value.facts["fields"] == {"role": "role_not_of_organisation"}
    assert not Account.objects.exists()


def test_a_manager_gives_roles_in_the_own_region_only_and_never_to_the_own_account() -> None:
    own = an_account("federation_officer", a_federation("620500"))
    officer = actor_for(own, on=TODAY)
    other = an_account("trainer", a_base("620502"))
    accounts.grant(by=officer, on=TODAY, account=other, role="read_only", federation=a_federation("620502"))
    with pytest.raises(NotPermitted):
        accounts.grant(
            by=officer, on=TODAY, account=other, role="approver", federation=a_federation("360000")
        )
    with pytest.raises(OwnAccount):
        accounts.grant(by=officer, on=TODAY, account=own, role="approver", federation=a_federation("620500"))
    with pytest.raises(OwnAccount):
        accounts.end_grant(by=officer, on=TODAY, membership=own.memberships.get())


def test_granting_a_role_twice_keeps_one() -> None:
    account, federation = an_account("trainer"), a_federation()
    for _ in range(2):
        accounts.grant(by=SYSTEM, on=TODAY, account=account, role="auditor", federation=federation)
    assert Membership.objects.filter(account=account, role="auditor").count() == 1
    assert AuditEvent.objects.filter(verb="account.role_granted", facts__role="auditor").count() == 1


def test_a_role_is_held_in_exactly_one_organisation() -> None:
    for organisations in ({}, {"federation": a_federation(), "base": a_base()}):
        with pytest.raises(InvalidInput):
            accounts.grant(by=SYSTEM, on=TODAY, account=an_account(), role="read_only", **organisations)


def test_an_ended_role_is_gone_the_same_day_and_cannot_be_ended_again() -> None:
    account = an_account("approver")
    membership = accounts.end_grant(by=SYSTEM, on=TODAY, membership=account.memberships.get())
    assert actor_for(account, on=TODAY).grants == ()
    with pytest.raises(accounts.RoleEnded):
        accounts.end_grant(by=SYSTEM, on=TODAY, membership=membership)


def test_the_fifth_wrong_password_locks_this_name_at_this_address_only() -> None:
    account = an_account(username="li.ming")
    for _ in range(5):
        with pytest.raises(SignInFailed):
            sign_in("li.ming", "wrong")
    with pytest.raises(TooManyRequests) as refused:
        sign_in("li.ming")
    assert 0 < refused.value.facts["retry_after"] <= 15 * 60
    assert sign_in("li.ming", address="192.0.2.2").pk == account.pk
    assert sign_in("li.ming", at=NOON + timedelta(minutes=15)).pk == account.pk


def test_a_right_password_forgives_the_wrong_ones_before_it() -> None:
    an_account(username="li.ming")
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInFailed):
                sign_in("li.ming", "wrong")
        sign_in("li.ming")


def test_one_address_tries_thirty_times_a_minute() -> None:
    for n in range(30):
        with pytest.raises(SignInFailed):
            sign_in(f"nobody-{n}", "wrong")
    with pytest.raises(TooManyRequests):
        sign_in("nobody-31", "wrong")
    with pytest.raises(SignInFailed):
        sign_in("nobody-31", "wrong", at=NOON + timedelta(minutes=1))


def test_a_closed_account_does_not_sign_in() -> None:
    account = an_account(username="li.ming")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(SignInFailed):
        sign_in("li.ming")


def test_signing_in_and_failing_to_are_in_the_audit_trail() -> None:
    federation = a_federation()
    an_account("auditor", federation, username="li.ming")
    with pytest.raises(SignInFailed):
        sign_in("li.ming", "wrong")
    sign_in("li.ming")
    rows = AuditEvent.objects.filter(verb__startswith="account.sign").order_by("pk")
    assert [row.verb for row in rows] == ["account.sign_in_failed", "account.signed_in"]
    assert {row.region_path for row in rows} == {federation.region.path}


def test_a_token_is_kept_as_a_digest_and_lasts_a_year_at_most() -> None:
    account = an_account()
    row, text = accounts.issue_token(
        by=SYSTEM, on=TODAY, account=account, label="教务系统", expires_on=date(2025, 6, 3)
    )
    assert len(text) >= 43
    assert text.encode() not in bytes(ApiToken.objects.get(pk=row.pk).digest)
    for expires_on in (TODAY, date(2026, 1, 1)):
        with pytest.raises(InvalidInput):
            accounts.issue_token(by=SYSTEM, on=TODAY, account=account, label="太久", expires_on=expires_on)
    with pytest.raises(NotPermitted):
        accounts.issue_token(
            by=an_actor("auditor"), on=TODAY, account=account, label="别人的", expires_on=date(2024, 7, 1)
        )


def test_one_changes_only_ones_own_password_knowing_the_old_one() -> None:
    account = an_account(username="li.ming")
    actor = actor_for(account, on=TODAY)
    change: dict[str, Any] = {"on": TODAY, "account": account, "password": "Hangzhou-tea-1999"}
    with pytest.raises(InvalidInput):
        accounts.change_password(by=actor, old_password="wrong", **change)
    with pytest.raises(NotPermitted):
        accounts.change_password(by=an_actor(), old_password=PASSWORD, **change)
    accounts.change_password(by=actor, old_password=PASSWORD, **change)
    assert sign_in("li.ming", "Hangzhou-tea-1999").pk == account.pk
