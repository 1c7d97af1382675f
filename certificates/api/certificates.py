"""Reading and changing one certificate, for staff. Checking one, open to all, is in `verify.py`."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from certificates.actions import changes as actions
from certificates.models import Certificate
from certificates.queries.changes import open_item
from certificates.rules.changes import Kind
from certificates.views import open_badges
from certificates.views.open_badges import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest
from registry.rules.access import Permission, require_somewhere
from registry.rules.masking import mask_name

router = Router()


class CertificateOut(Schema):
    id: str
    number: str
    code: str
    status: str
    status_since: date
    reason_class: str
    holder_masked: str
    title: str
    skill: str
    issued_on: date


class WaitingOut(Schema):
    """A change that did not take effect yet: asked (for a second person) or due (at `takes_effect_at`)."""

    id: str
    kind: str
    state: str
    takes_effect_at: datetime | None


class OneCertificateOut(CertificateOut):
    waiting: WaitingOut | None


class ReasonIn(Schema):
    reason_class: str
    note: str = ""


class NoteIn(Schema):
    note: str = ""


@router.get("/{public_id}", response=OneCertificateOut, operation_id="get_certificate")
def get_certificate(request: ActorRequest, public_id: str) -> OneCertificateOut:
    return _one_out(certificate_of(request, public_id))


@router.get(
    "/{public_id}/open-badge",
    operation_id="get_open_badge",
    openapi_extra={
        "responses": {
            200: {
                "description": "Open Badge",
                "content": {kind: {} for kind in open_badges.MEDIA_TYPES.values()},
            }
        }
    },
)
def get_open_badge(
    request: ActorRequest, public_id: str, asked: Annotated[Form, Query(alias="format")] = Form.JSON
) -> HttpResponse:
    """The certificate as an Open Badge 3.0, signed: JSON with a Data Integrity proof, or a JWT as text."""
    return open_badges.file_of(certificate_of(request, public_id), form=asked)


@router.post("/{public_id}/withdraw", response=OneCertificateOut, operation_id="withdraw_certificate")
def withdraw_certificate(request: ActorRequest, public_id: str, data: ReasonIn) -> OneCertificateOut:
    """Ends it for good, when the federation's time to undo it is over. `reason_class` is public, `note` is not."""
    return _ask(request, public_id, Kind.WITHDRAW, **data.dict())


@router.post("/{public_id}/suspend", response=OneCertificateOut, operation_id="suspend_certificate")
def suspend_certificate(request: ActorRequest, public_id: str, data: ReasonIn) -> OneCertificateOut:
    """At once: reinstating undoes it."""
    return _ask(request, public_id, Kind.SUSPEND, **data.dict())


@router.post("/{public_id}/reinstate", response=OneCertificateOut, operation_id="reinstate_certificate")
def reinstate_certificate(request: ActorRequest, public_id: str, data: NoteIn) -> OneCertificateOut:
    return _ask(request, public_id, Kind.REINSTATE, **data.dict())


def certificate_out(held: Certificate) -> CertificateOut:
    return CertificateOut(**_values(held))


def certificate_of(request: ActorRequest, public_id: str) -> Certificate:
    """A certificate that the actor may read."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = Certificate.objects.visible_to(request.actor).numbered()
    return one(seen.select_related("base__region", "skill", "person__region"), public_id=public_id)


def _ask(request: ActorRequest, public_id: str, kind: Kind, **values: Any) -> OneCertificateOut:
    held = certificate_of(request, public_id)
    actions.require_may_ask(request.actor, kind, held.base)
    actions.ask(by=request.actor, at=timezone.now(), kind=kind, certificate=held, **values)
    held.refresh_from_db(fields=["status", "status_since", "reason_class"])
    return _one_out(held)


def _one_out(held: Certificate) -> OneCertificateOut:
    item = open_item(held)
    waits = None
    if item:
        change = item.change
        waits = WaitingOut(
            id=change.public_id,
            kind=change.kind,
            state=change.state,
            takes_effect_at=change.takes_effect_at,
        )
    return OneCertificateOut(**_values(held), waiting=waits)


def _values(held: Certificate) -> dict[str, Any]:
    return {
        "id": held.public_id,
        "number": held.number or "",
        "code": held.code,
        "status": held.status,
        "status_since": held.status_since,
        "reason_class": held.reason_class,
        "holder_masked": mask_name(held.holder_name),
        "title": held.title,
        "skill": held.skill_name,
        "issued_on": held.issued_on,
    }
