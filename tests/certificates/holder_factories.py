"""Slips and share links for tests, made by the actions that the site uses; doors ask the clock, so these do."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate, now

from certificates.actions import shares, slips
from certificates.models import Certificate, Share, Slip
from certificates.rules.holders import HOLDER
from registry.models import Person
from registry.rules.access import SYSTEM, Actor


def a_slip(person: Person, *, by: Actor = SYSTEM, on: date | None = None) -> tuple[Slip, str]:
    """A slip for somebody who has a certificate, and the secret of its link."""
    return slips.issue(by=by, on=on or localdate(), at=now(), person=person)


def a_share(person: Person, *, on: date | None = None, **values: Any) -> Share:
    """A share of all the person's certificates in force, for 30 days from today."""
    asked: dict[str, Any] = {
        "by": HOLDER,
        "on": on or localdate(),
        "person": person,
        "certificates": list(Certificate.objects.in_force().filter(person=person)),
        "days": 30,
    }
    return shares.make(**asked | values)
