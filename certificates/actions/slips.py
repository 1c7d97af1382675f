"""Issues and ends the slips that open a holder's certificates."""

import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from certificates.errors import NothingToOpen
from certificates.models import Certificate, Slip
from certificates.rules import link_tokens
from registry.actions import audit
from registry.actions.people import locked
from registry.models import Person
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def issue(*, by: Actor, on: date, at: datetime, person: Person) -> tuple[Slip, str]:
    """A new slip and the secret of its link, which is given once, here, to be printed. It ends an earlier one.

    Raises NotPermitted, NothingToOpen.
    """
    # The person first, as in actions/certificates.py.
    person = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(person))
    if not Certificate.objects.numbered().filter(person=person).exists():
        raise NothingToOpen()
    for earlier in Slip.objects.filter(person=person, ended_at__isnull=True):
        _end(earlier, by=by, at=at, region_path=person.region.path)
    token = link_tokens.new_token(secrets.token_bytes)
    slip = Slip.objects.create(
        person=person,
        digest=link_tokens.digest(token),
        issued_on=on,
        issued_by=by.name,
        expires_on=on + timedelta(days=settings.SLIP_DAYS),
    )
    audit.record(
        "slip.issued",
        slip,
        by=by,
        region_path=person.region.path,
        person=person.public_id,
        expires_on=slip.expires_on.isoformat(),
    )
    return slip, token


@transaction.atomic
def end(*, by: Actor, at: datetime, slip: Slip) -> Slip:
    """The slip opens nothing any more, and what was opened with it closes. Ending it twice changes nothing.

    Raises NotPermitted.
    """
    person = locked(slip.person)
    require(by, Permission.PERSON_EDIT, **reach(person))
    held = Slip.objects.select_for_update(of=("self",), no_key=True).get(pk=slip.pk)
    if held.ended_at is None:
        _end(held, by=by, at=at, region_path=person.region.path)
    return held


def _end(slip: Slip, *, by: Actor, at: datetime, region_path: str) -> None:
    slip.ended_at = at
    slip.save(update_fields=["ended_at"])
    audit.record("slip.ended", slip, by=by, region_path=region_path)
