"""Checking a certificate by its code, open to all; reading and changing one, for staff."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from certificates.actions import certificates as actions
from certificates.errors import CodeMistyped
from certificates.limits import MISSES
from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus
from certificates.proof import codes
from certificates.proof.errors import AddressError
from certificates.queries.public import find_by_code
from registry.actions import throttles
from registry.errors import NotFound
from registry.queries.lookup import one
from registry.requests import ActorRequest, client_address, today
from registry.rules.access import Permission, require, require_somewhere
from registry.rules.masking import mask_name

router = Router()


class VerifiedOut(Schema):
    """What the public page says, for programmes. Nothing of the holder but the masked name."""

    status: str
    status_since: date
    reason_class: str
    replaced_by: str
    code: str
    number: str
    holder_masked: str
    title: str
    course: str
    skill: str
    skill_number: int
    level: int
    hours: int
    starts_on: date
    ends_on: date
    issued_on: date
    base: str
    base_serial: int
    issuer: str
    checked_at: datetime


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


@router.get("/verify/{code}", auth=None, response=VerifiedOut, operation_id="verify_certificate")
def verify_certificate(request: HttpRequest, code: str) -> VerifiedOut:
    """Whether a certificate is genuine and in force. 404: no such code; at most 60 wrong codes a minute."""
    at, source = timezone.now(), client_address(request)
    throttles.require_unspent(source=source, at=at, **MISSES)
    try:
        canonical = codes.parse_code(code)
    except AddressError as error:
        raise CodeMistyped(reason=error.code) from None
    record = find_by_code(canonical)
    if record is None:
        throttles.hit(source=source, at=at, **MISSES)
        raise NotFound(what="certificate")
    return VerifiedOut(
        status=record.status,
        status_since=record.status_since,
        reason_class=record.reason_class,
        replaced_by=record.new_code,
        code=record.code,
        number=record.number,
        holder_masked=mask_name(record.holder_name),
        title=record.title,
        course=record.course_name,
        skill=record.skill_name,
        skill_number=record.skill_number,
        level=record.level,
        hours=record.hours,
        starts_on=record.starts_on,
        ends_on=record.ends_on,
        issued_on=record.issued_on,
        base=record.base_name,
        base_serial=record.base_serial,
        issuer=record.issuer_name,
        checked_at=at,
    )


@router.get("/{public_id}", response=CertificateOut, operation_id="get_certificate")
def get_certificate(request: ActorRequest, public_id: str) -> CertificateOut:
    return certificate_out(_certificate(request, public_id))


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
    return one(seen.select_related("base__region"), public_id=public_id)


def _for_change(request: ActorRequest, public_id: str) -> Certificate:
    held = _certificate(request, public_id)
    require(request.actor, Permission.CERTIFICATE_WITHDRAW, region_path=held.base.region.path)
    return held
