"""Lets a holder open their own certificates, by number and name or by slip, and counts the wrong tries.

No transaction around it all: a wrong try must stay counted.
"""

from datetime import date, datetime

from certificates.errors import NotTheHolder, SlipEnded
from certificates.limits import HOLDER_TRIES, WRONG_HOLDERS, WRONG_HOLDERS_MONTH
from certificates.models import Slip
from certificates.queries.holders import proved_by_number
from certificates.rules.holders import HOLDER
from registry.actions import audit, throttles
from registry.limits import Limit
from registry.models import Person
from registry.rules.last_four import ends_with

_WRONG: tuple[Limit, ...] = (WRONG_HOLDERS, WRONG_HOLDERS_MONTH)


def open_by_number(*, number: str, name: str, last_four: str, address: str, at: datetime) -> Person:
    """The holder of the certificate with this number, whose name and last four signs of the ID these are.

    A miss says nothing of its kind, leaves no audit row of its own (that would take longer for a number that
    exists), and is counted for the number whether or not it exists. Raises NotTheHolder, TooManyRequests.
    """
    _count(address=address, subject=number, at=at)
    person_id = proved_by_number(number=number, name=name, last_four=last_four)
    if person_id is None:
        throttles.hit(source=address, at=at, **HOLDER_TRIES)
        raise NotTheHolder()
    _forgive(number, at)
    person = Person.objects.select_related("region").get(pk=person_id)
    audit.record("holder.opened", person, by=HOLDER, region_path=person.region.path, with_slip=False)
    return person


def open_by_slip(*, slip: Slip, last_four: str, address: str, on: date, at: datetime) -> Person:
    """The person of this slip, if these are the last four signs of their ID: the finder of a lost slip stops here.

    Raises SlipEnded, NotTheHolder, TooManyRequests.
    """
    person = slip.person
    if slip.ended_at is not None or slip.expires_on < on:
        raise SlipEnded()
    subject = f"slip {slip.public_id}"
    _count(address=address, subject=subject, at=at)
    facts = {"region_path": person.region.path, "slip": slip.public_id}
    if not ends_with(person.citizen_id, last_four):
        audit.record("holder.refused", person, by=HOLDER, **facts)
        throttles.hit(source=address, at=at, **HOLDER_TRIES)
        raise NotTheHolder()
    _forgive(subject, at)
    audit.record("holder.opened", person, by=HOLDER, with_slip=True, **facts)
    return person


def _count(*, address: str, subject: str, at: datetime) -> None:
    throttles.require_unspent(source=address, at=at, **HOLDER_TRIES)
    # The hour first: what it refuses must not use up the month.
    for limit in _WRONG:
        throttles.hit(source=subject, at=at, **limit)


def _forgive(subject: str, at: datetime) -> None:
    for limit in _WRONG:
        throttles.forgive(source=subject, at=at, purpose=limit["purpose"], seconds=limit["seconds"])
