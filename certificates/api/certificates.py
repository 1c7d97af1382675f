"""Reading and changing one certificate, for staff. Checking one, open to all, is in `verify.py`."""

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema

from certificates.actions import certificates as actions
from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus
from certificates.views import open_badges
from certificates.views.open_badges import Form
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
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


class ReasonIn(Schema):
    reason_class: str
    note: str = ""


class NoteIn(Schema):
    note: str = ""


@router.get("/{public_id}", response=CertificateOut, operation_id="get_certificate")
def get_certificate(request: ActorRequest, public_id: str) -> CertificateOut:
    return certificate_out(_certificate(request, public_id))


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
    return open_badges.file_of(_certificate(request, public_id), form=asked)


@router.post("/{public_id}/withdraw", response=CertificateOut, operation_id="withdraw_certificate")
def withdraw_certificate(request: ActorRequest, public_id: str, data: ReasonIn) -> CertificateOut:
    """Ends it for good. `reason_class` is public, `note` is not."""
    held = _for_change(request, public_id)
    return certificate_out(
        actions.withdraw(
            by=request.actor, on=today(), certificate=held, reason_class=data.reason_class, note=data.note
        )
    )


@router.post("/{public_id}/suspend", response=CertificateOut, operation_id="suspend_certificate")
def suspend_certificate(request: ActorRequest, public_id: str, data: ReasonIn) -> CertificateOut:
    held = _for_change(request, public_id)
    return certificate_out(
        actions.suspend(
            by=request.actor, on=today(), certificate=held, reason_class=data.reason_class, note=data.note
        )
    )


@router.post("/{public_id}/reinstate", response=CertificateOut, operation_id="reinstate_certificate")
def reinstate_certificate(request: ActorRequest, public_id: str, data: NoteIn) -> CertificateOut:
    held = _for_change(request, public_id)
    return certificate_out(actions.reinstate(by=request.actor, on=today(), certificate=held, note=data.note))


def certificate_out(held: Certificate) -> CertificateOut:
    return CertificateOut(
        id=held.public_id,
        number=held.number or "",
        code=held.code,
        status=held.status,
        status_since=held.status_since,
        reason_class=held.reason_class,
        holder_masked=mask_name(held.holder_name),
        title=held.title,
        skill=held.skill_name,
        issued_on=held.issued_on,
    )


def _certificate(request: ActorRequest, public_id: str) -> Certificate:
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = Certificate.objects.visible_to(request.actor).exclude(status=CertificateStatus.DRAFT)
    return one(seen.select_related("base__region", "skill"), public_id=public_id)


def _for_change(request: ActorRequest, public_id: str) -> Certificate:
    held = _certificate(request, public_id)
    require(request.actor, Permission.CERTIFICATE_WITHDRAW, region_path=held.base.region.path)
    return held
