"""Checking certificates by their codes: open to all, without an account, from any site's scripts (cors.py)."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema

from certificates.errors import CodeMistyped
from certificates.limits import BATCH_MISSES, BATCHES, MISSES
from certificates.proof import codes
from certificates.proof.errors import AddressError
from certificates.queries.public import PublicRecord, find_beside, find_many
from registry.actions import throttles
from registry.errors import NotFound, RegistryError
from registry.requests import client_address
from registry.rules.masking import mask_name
from registry.words import say

router = Router(tags=["verify"])
MOST_CODES = 1_000
LONGEST_CODE = 100


class VerifiedOut(Schema):
    """What the public page says, for programmes. Nothing of the holder but the masked name."""

    status: str
    """issued, suspended, withdrawn, replaced; or key_compromised: signed with a key that others had by then."""
    status_since: date
    reason_class: str
    replaced_by: str
    """The newest certificate's code, however often it was replaced; "" unless `status` is "replaced"."""
    replaced_by_status: str
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


class CodesIn(Schema):
    codes: list[str] = Field(min_length=1, max_length=MOST_CODES)


class Problem(Schema):
    """Why there is no answer for one code: `not_found` (no such certificate) or `code_mistyped`."""

    code: str
    message: str


class AnswerOut(Schema):
    """`certificate` or `error`, never both."""

    asked: str
    """As it was sent, cut after 100 characters."""
    certificate: VerifiedOut | None = None
    error: Problem | None = None


class AnswersOut(Schema):
    checked_at: datetime
    answers: list[AnswerOut]
    """One for each code, in the order sent."""


@router.get("/{code}", auth=None, response=VerifiedOut, operation_id="verify_certificate")
def verify_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate is genuine and in force. 404: no such code; at most 60 wrong codes a minute."""
    at, source = timezone.now(), client_address(request)
    record, misses = find_beside(_canonical(code), throttles.tries(source=source, at=at, **MISSES))
    if record is None or (misses or 0) >= MISSES["limit"]:
        # As on the public page (public.py).
        throttles.hit(source=source, at=at, **MISSES)
    if record is None:
        raise NotFound(what="certificate")
    # Written at once: ninja would check our own answer a second time, a fifth of the request.
    return HttpResponse(
        _verified(record, at).model_dump_json(), content_type="application/json; charset=utf-8"
    )


@router.post("", auth=None, response=AnswersOut, operation_id="verify_certificates")
def verify_certificates(request: HttpRequest, data: CodesIn) -> AnswersOut:
    """Up to 1,000 certificates at once, each with its own answer or error.

    Changes nothing. At most 60 batches a minute, and 1,000 codes an hour that are no certificate's; mistyped ones
    are not counted.
    """
    at, source = timezone.now(), client_address(request)
    throttles.require_unspent(source=source, at=at, **BATCH_MISSES)
    throttles.hit(source=source, at=at, **BATCHES)
    asked: list[tuple[str, str | RegistryError]] = []
    for text in data.codes:
        try:
            asked.append((text, _canonical(text)))
        except CodeMistyped as error:
            asked.append((text, error))
    right = sorted({code for _text, code in asked if isinstance(code, str)})
    found = find_many(right)
    if len(found) < len(right):
        throttles.hit(source=source, at=at, tries=len(right) - len(found), **BATCH_MISSES)
    return AnswersOut(checked_at=at, answers=[_answer(text, code, found, at) for text, code in asked])


def _canonical(typed: str) -> str:
    try:
        return codes.parse_code(typed)
    except AddressError as error:
        raise CodeMistyped(reason=error.code) from None


def _answer(text: str, code: str | RegistryError, found: dict[str, PublicRecord], at: datetime) -> AnswerOut:
    text = text[:LONGEST_CODE]
    if isinstance(code, str) and code in found:
        return AnswerOut(asked=text, certificate=_verified(found[code], at))
    error = NotFound(what="certificate") if isinstance(code, str) else code
    return AnswerOut(asked=text, error=Problem(code=error.code, message=str(say(error.code, error.facts))))


def _verified(record: PublicRecord, at: datetime) -> VerifiedOut:
    return VerifiedOut.model_construct(
        status=record.status,
        status_since=record.status_since,
        reason_class=record.reason_class,
        replaced_by=record.new_code,
        replaced_by_status=record.new_status,
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
