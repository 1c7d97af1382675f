"""Opens accounts, gives and ends roles, issues API tokens, and signs in."""

import hashlib
import re
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from registry.actions import audit, throttles
from registry.actions.values import require_valid
from registry.errors import AlreadyHeld, Conflict, InvalidInput, NotPermitted, OwnAccount, SignInFailed
from registry.models import Account, ApiToken, Federation, Membership, TrainingBase
from registry.models.regions import NATION_CODE
from registry.queries.actors import actor_for
from registry.rules import names
from registry.rules.access import (
    BASE_ROLES,
    FEDERATION_ROLES,
    Actor,
    Permission,
    Role,
    require,
    require_somewhere,
)

# ASVS 5.0 6.3.1: guessing stops; counted by name *and* address, so that nobody can lock a colleague out.
TRIES_BY_NAME = 5
TRIES_BY_NAME_SECONDS = 15 * 60
TRIES_BY_ADDRESS = 30
TRIES_BY_ADDRESS_SECONDS = 60
LONGEST_TOKEN_DAYS = 366
NATION_PATH = f"{NATION_CODE}/"


class RoleEnded(Conflict):
    """This role was ended before."""

    code = "role_already_ended"


@transaction.atomic
def open_account(
    *,
    by: Actor,
    on: date,
    username: str,
    name: str,
    password: str,
    role: str = "",
    federation: Federation | None = None,
    base: TrainingBase | None = None,
) -> Account:
    """Open an account, with its first role when one is given. An account without a role can see nothing.

    Raises NotPermitted, InvalidInput, PersonNameError, AlreadyHeld.
    """
    require_somewhere(by, Permission.ACCOUNT_MANAGE)
    username = username.strip().lower()
    require_valid(Account, username=username, name=name.strip())
    if not re.fullmatch(r"[a-z0-9._@-]+", username):  # ０ for 0, or another script's a, would be a twin
        raise InvalidInput(fields={"username": "username_characters"})
    account = Account(username=username, name=names.parse(name), created_on=on)
    _require_good_password(password, account)
    if Account.objects.filter(username=username).exists():
        raise AlreadyHeld(field="username")
    account.set_password(password)
    account.save(force_insert=True)
    place = _place(federation, base) if federation or base else NATION_PATH
    audit.record("account.opened", account, by=by, region_path=place, on=on.isoformat())
    if role:
        grant(by=by, on=on, account=account, role=role, federation=federation, base=base)
    return account


@transaction.atomic
def grant(
    *,
    by: Actor,
    on: date,
    account: Account,
    role: str,
    federation: Federation | None = None,
    base: TrainingBase | None = None,
) -> Membership:
    """Give an account a role in one federation or one base. Holding it already, it keeps it.

    Raises NotPermitted, InvalidInput, OwnAccount.
    """
    if (federation is None) == (base is None):
        raise InvalidInput(fields={"organisation": "one_organisation_needed"})
    place = _place(federation, base)
    require(by, Permission.ACCOUNT_MANAGE, region_path=place)
    if role not in (FEDERATION_ROLES if federation else BASE_ROLES):
        raise InvalidInput(fields={"role": "role_not_of_organisation"})
    if by.account_id == account.pk:
        raise OwnAccount()
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    membership, created = Membership.objects.get_or_create(
        account=account,
        role=Role(role).value,
        federation=federation,
        base=base,
        ended_on=None,
        defaults={"since": on},
    )
    if created:
        audit.record(
            "account.role_granted",
            account,
            by=by,
            region_path=place,
            role=role,
            organisation=_named(federation, base),
        )
    return membership


@transaction.atomic
def end_grant(*, by: Actor, on: date, membership: Membership) -> Membership:
    """Take a role away; it is gone at the next request. Raises NotPermitted, OwnAccount, RoleEnded."""
    held = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    place = _place(held.federation, held.base)
    require(by, Permission.ACCOUNT_MANAGE, region_path=place)
    if by.account_id == held.account_id:
        raise OwnAccount()
    if held.ended_on is not None:
        raise RoleEnded()
    held.ended_on = max(on, held.since)
    held.save(update_fields=["ended_on"])
    audit.record(
        "account.role_ended",
        held.account,
        by=by,
        region_path=place,
        role=held.role,
        organisation=_named(held.federation, held.base),
    )
    return held


@transaction.atomic
def issue_token(
    *, by: Actor, on: date, account: Account, label: str, expires_on: date
) -> tuple[ApiToken, str]:
    """A bearer token for a programme; its text is given once, here, and never kept.

    For one's own account, or one that the actor manages. Raises NotPermitted, InvalidInput.
    """
    place = _first_place(account)
    if by.account_id != account.pk:
        require(by, Permission.ACCOUNT_MANAGE, region_path=place)
    require_valid(ApiToken, label=label.strip())
    if not on < expires_on <= on + timedelta(days=LONGEST_TOKEN_DAYS):
        raise InvalidInput(fields={"expires_on": "token_expiry"}, days=LONGEST_TOKEN_DAYS)
    text = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        label=label.strip(),
        digest=hashlib.sha256(text.encode()).digest(),
        expires_on=expires_on,
    )
    audit.record("account.token_issued", account, by=by, region_path=place, expires_on=expires_on.isoformat())
    return token, text


@transaction.atomic
def end_token(*, by: Actor, on: date, token: ApiToken) -> ApiToken:
    """Make a token useless from now on. Ending it twice changes nothing. Raises NotPermitted."""
    held = ApiToken.objects.select_for_update(of=("self",)).select_related("account").get(pk=token.pk)
    place = _first_place(held.account)
    if by.account_id != held.account_id:
        require(by, Permission.ACCOUNT_MANAGE, region_path=place)
    if held.ended_at is None:
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        audit.record("account.token_ended", held.account, by=by, region_path=place, on=on.isoformat())
    return held


@transaction.atomic
def change_password(*, by: Actor, on: date, account: Account, old_password: str, password: str) -> Account:
    """Change one's own password; sessions opened with the old one end.

    Raises NotPermitted, InvalidInput.
    """
    held = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if by.account_id != held.pk:
        raise NotPermitted(permission=Permission.ACCOUNT_MANAGE.value)
    if not held.check_password(old_password):
        raise InvalidInput(fields={"old_password": "old_password_wrong"})
    _require_good_password(password, held)
    held.set_password(password)
    held.save(update_fields=["password"])
    audit.record("account.password_changed", held, by=by, region_path=_first_place(held), on=on.isoformat())
    return held


def _require_good_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise InvalidInput(fields={"password": error.error_list[0].code}) from None


def sign_in(*, username: str, password: str, address: str, at: datetime) -> Account:
    """The account of this name and password.

    Not one transaction: a failed try must stay counted. Raises SignInFailed, TooManyRequests.
    """
    username = username.strip().lower()
    source = f"{username}\n{address}"
    throttles.hit(
        purpose="sign-in-address",
        source=address,
        limit=TRIES_BY_ADDRESS,
        seconds=TRIES_BY_ADDRESS_SECONDS,
        at=at,
    )
    throttles.hit(
        purpose="sign-in-name", source=source, limit=TRIES_BY_NAME, seconds=TRIES_BY_NAME_SECONDS, at=at
    )
    # Hashes a password even for an unknown name, so that the time tells nothing.
    account: Any = authenticate(None, username=username, password=password)
    with transaction.atomic():
        if account is None:
            known = Account.objects.filter(username=username).first()
            if known is not None:
                _record_sign_in("account.sign_in_failed", known, at)
        else:
            throttles.forgive(purpose="sign-in-name", source=source, seconds=TRIES_BY_NAME_SECONDS, at=at)
            _record_sign_in("account.signed_in", account, at)
    if account is None:
        raise SignInFailed()
    return account


def _record_sign_in(verb: str, account: Account, at: datetime) -> None:
    who = actor_for(account, on=timezone.localdate(at))
    audit.record(verb, account, by=who, region_path=_first_place(account))


def _place(federation: Federation | None, base: TrainingBase | None) -> str:
    """The region path of the organisation."""
    organisation = federation or base
    assert organisation is not None  # noqa: S101  # callers pass exactly one
    return organisation.region.path


def _named(federation: Federation | None, base: TrainingBase | None) -> str:
    organisation = federation or base
    return organisation.public_id if organisation else ""


def _first_place(account: Account) -> str:
    """Where an account belongs: the region of its first role that lasts, of any role, or the nation."""
    held = (
        Membership.objects.filter(account=account)
        .select_related("federation__region", "base__region")
        .order_by("ended_on", "pk")
    )
    # NULL sorts first on SQLite and last on PostgreSQL, so the choice is made here.
    chosen = min(held, key=lambda one: (one.ended_on is not None, one.pk), default=None)
    return _place(chosen.federation, chosen.base) if chosen else NATION_PATH
