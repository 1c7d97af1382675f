"""Certificates of other authorities: recorded by one person, verified by another."""

from datetime import date
from typing import Annotated, Any

from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from certificates.actions import external as actions
from certificates.models import ExternalCertificate
from courses.models import Skill
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.models import Person
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views.evidence import paper

router = Router()

Text = Annotated[str, Field(max_length=300)]


class ExternalOut(Schema):
    """`person`: public id; `skill`: code. It counts once `verified_on` is there and `cancelled_on` is not."""

    public_id: str
    person: str
    skill: str
    family: str
    level: int
    number: str
    issuer: str
    issued_on: date
    valid_until: date | None
    recorded_on: date
    verified_on: date | None
    verified_how: str
    cancelled_on: date | None

    @staticmethod
    def resolve_person(held: ExternalCertificate) -> str:
        return str(held.person.public_id)

    @staticmethod
    def resolve_skill(held: ExternalCertificate) -> str:
        return str(held.skill.code)


class ExternalPage(PageOut):
    items: list[ExternalOut]


class ExternalIn(Schema):
    """`skill`: code; `family`: docs/domain.md §4.2."""

    skill: Annotated[str, Field(max_length=40)]
    family: Annotated[str, Field(max_length=40)]
    level: Annotated[int, Field(ge=0, le=100)] = 0
    number: Text
    issuer: Text
    issued_on: Day
    valid_until: Day | None = None


class VerifyIn(Schema):
    """How it was checked."""

    how: Text


class CancelIn(Schema):
    reason: Text


class EvidenceOut(Schema):
    public_id: str
    media_type: str
    size: int


@router.get("", response=ExternalPage, operation_id="list_external_certificates")
def list_external_certificates(
    request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
) -> Any:
    """Every recorded certificate in reach, newest first, 50 a page."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    rows = ExternalCertificate.objects.visible_to(request.actor).select_related("person", "skill")
    return paged(rows.order_by("-recorded_on", "-pk"), page)


@router.post("/people/{public_id}", response=ExternalOut, operation_id="record_external_certificate")
def record_external_certificate(request: ActorRequest, public_id: str, asked: ExternalIn) -> Any:
    """Record one for a person; it counts once a second person has verified it."""
    person = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    values = asked.dict() | {"skill": one(Skill.objects.all(), code=asked.skill)}
    return actions.record(by=request.actor, on=today(), person=person, **values)


@router.get("/{public_id}", response=ExternalOut, operation_id="get_external_certificate")
def get_external_certificate(request: ActorRequest, public_id: str) -> Any:
    """One recorded certificate in reach."""
    return _external(request, public_id)


@router.post("/{public_id}/evidence", response=EvidenceOut, operation_id="add_external_evidence")
def add_external_evidence(
    request: ActorRequest, public_id: str, file: Annotated[UploadedFile | None, File()] = None
) -> Any:
    """Keep a scan of it (PDF, JPEG or PNG) for the second person to look at."""
    held = _external(request, public_id)
    require(request.actor, Permission.EXTERNAL_CERTIFICATE_RECORD, region_path=held.person.region.path)
    return actions.add_evidence(by=request.actor, on=today(), external=held, **paper(file))


@router.post("/{public_id}/verify", response=ExternalOut, operation_id="verify_external_certificate")
def verify_external_certificate(request: ActorRequest, public_id: str, asked: VerifyIn) -> Any:
    """A second person checked it; from now on it proves its skill."""
    held = _external(request, public_id)
    actions.verify(by=request.actor, on=today(), external=held, how=asked.how)
    return _external(request, public_id)


@router.post("/{public_id}/cancel", response=ExternalOut, operation_id="cancel_external_certificate")
def cancel_external_certificate(request: ActorRequest, public_id: str, asked: CancelIn) -> Any:
    """It no longer counts; it stays on record."""
    held = _external(request, public_id)
    actions.cancel(by=request.actor, on=today(), external=held, reason=asked.reason)
    return _external(request, public_id)


def _external(request: ActorRequest, public_id: str) -> ExternalCertificate:
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    rows = ExternalCertificate.objects.visible_to(request.actor)
    return one(rows.select_related("person__region", "skill"), public_id=public_id)
