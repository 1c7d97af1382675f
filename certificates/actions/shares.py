"""Makes and ends share links for the holder, and counts how often they are opened."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from certificates.errors import TooManyShares
from certificates.models import Certificate, Share, ShareOpening
from certificates.rules import link_tokens
from certificates.rules.holders import HOLDER
from registry.actions import audit
from registry.actions.people import locked
from registry.errors import InvalidInput, NotPermitted
from registry.models import Person
from registry.rules.access import Actor

LONGEST_DAYS = 180
MOST_OPEN = 20
"""More than this no one keeps in mind, and each of them lets somebody look."""
LONGEST_LABEL = 60
CONSENT_TEXT = "share-1"
"""Version of what the page says before the holder agrees; raise it when those words change."""
KEPT_DAYS = 180
"""How long a link that shows nothing any more stays in its holder's list."""


@transaction.atomic
def make(
    *,
    by: Actor,
    on: date,
    person: Person,
    certificates: Collection[Certificate],
    days: int,
    shows_full_name: bool = False,
    label: str = "",
) -> Share:
    """A link that shows these certificates in force for `days` days: only the holder gives it.

    Raises NotPermitted, InvalidInput, TooManyShares.
    """
    _require_holder(by)
    person = locked(person)
    problems = {}
    own = Certificate.objects.in_force().filter(person=person, pk__in=[held.pk for held in certificates])
    if not certificates or own.count() != len(certificates):
        problems["certificates"] = "field_choice" if certificates else "field_missing"
    if not 1 <= days <= LONGEST_DAYS:
        problems["days"] = "share_days"
    if len(label) > LONGEST_LABEL:
        problems["label"] = "field_too_long"
    if problems:
        raise InvalidInput(fields=problems, longest=LONGEST_DAYS)
    if Share.objects.in_force(on).filter(person=person).count() >= MOST_OPEN:
        raise TooManyShares(limit=MOST_OPEN)
    token = link_tokens.new_token(secrets.token_bytes)
    share = Share.objects.create(
        person=person,
        digest=link_tokens.digest(token),
        token=token,
        label=label,
        shows_full_name=shows_full_name,
        made_on=on,
        expires_on=on + timedelta(days=days),
    )
    share.certificates.set(certificates)
    # Never the label: it is the holder's own.
    audit.record(
        "share.made",
        share,
        by=by,
        region_path=person.region.path,
        certificates=len(certificates),
        days=days,
        full_name=shows_full_name,
        consent=CONSENT_TEXT,
    )
    return share


@transaction.atomic
def end(*, by: Actor, on: date, share: Share) -> Share:
    """The link shows nothing from now on. Ending it twice changes nothing. Raises NotPermitted."""
    _require_holder(by)
    held = (
        Share.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person__region")
        .get(pk=share.pk)
    )
    if held.is_open(on):
        held.ended_on = on
        held.save(update_fields=["ended_on"])
        audit.record("share.ended", held, by=by, region_path=held.person.region.path)
    return held


def count_opening(*, share: Share, on: date) -> None:
    """One more look at the share on this day, in one statement that no other look can race.

    Like a throttle it counts a GET (settings.COUNTERS), and like a throttle it knows nothing of who looked.
    """
    table = connection.ops.quote_name(ShareOpening._meta.db_table)
    day = connection.ops.quote_name("on")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (share_id, {day}, times) VALUES (%s, %s, 1) "
            f"ON CONFLICT (share_id, {day}) DO UPDATE SET times = {table}.times + 1",
            [share.pk, on],
        )


def forget(*, at: datetime) -> int:
    """Delete shares that have shown nothing for KEPT_DAYS, with their counts; returns how many went."""
    before = timezone.localdate(at) - timedelta(days=KEPT_DAYS)
    gone = Share.objects.filter(expires_on__lt=before) | Share.objects.filter(ended_on__lt=before)
    return gone.delete()[1].get("certificates.Share", 0)


def _require_holder(by: Actor) -> None:
    if by != HOLDER:
        raise NotPermitted(permission="share")
