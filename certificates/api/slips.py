"""Slips for holders, from the base's own system: print one, end it."""

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from certificates.actions import slips as actions
from certificates.models import Slip
from certificates.views.links import public_address
from registry.models import Person
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router()


class SlipOut(Schema):
    id: str
    issued_on: date
    expires_on: date
    in_force: bool


class NewSlipOut(SlipOut):
    """`link` opens the person's certificates to whoever knows the last four signs of their ID. Given this once."""

    link: str


@router.post("/people/{public_id}/slips", response=NewSlipOut, operation_id="issue_slip")
def issue_slip(request: ActorRequest, public_id: str) -> NewSlipOut:
    """A personal link to print for somebody who has a certificate. It ends an earlier one."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    person = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    made, token = actions.issue(by=request.actor, on=today(), at=timezone.now(), person=person)
    return NewSlipOut(**_facts(made), link=public_address("certificates:slip", token))


@router.post("/slips/{public_id}/end", response=SlipOut, operation_id="end_slip")
def end_slip(request: ActorRequest, public_id: str) -> SlipOut:
    """The link opens nothing any more. Ending it again changes nothing."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    held = one(Slip.objects.visible_to(request.actor).select_related("person"), public_id=public_id)
    return SlipOut(**_facts(actions.end(by=request.actor, at=timezone.now(), slip=held)))


def _facts(slip: Slip) -> dict[str, Any]:
    return {
        "id": slip.public_id,
        "issued_on": slip.issued_on,
        "expires_on": slip.expires_on,
        "in_force": slip.ended_at is None and slip.expires_on >= today(),
    }
