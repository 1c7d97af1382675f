"""Changes that wait: correcting one certificate, and agreeing, refusing, undoing or not waiting for it."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema

from certificates.actions import changes as actions
from certificates.actions import corrections
from certificates.api.certificates import certificate_of
from certificates.models import Change
from certificates.rules.changes import Kind
from registry.queries.lookup import one
from registry.requests import ActorRequest
from registry.rules.access import Permission, require_somewhere

router = Router()
MOST = 100
"""Changes in one answer."""


class CorrectionIn(Schema):
    """Fields that are left out stay as they are printed; days as 2024-06-03."""

    holder_name: str = ""
    course_name: str = ""
    hours: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    rename: bool = False
    note: str = ""


class DecisionIn(Schema):
    note: str = ""


class ChangeOut(Schema):
    """`state`: asked (waits for a second person), due (waits until `takes_effect_at`), done, refused or undone."""

    id: str
    kind: str
    state: str
    reason_class: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    takes_effect_at: datetime | None
    certificates: int = Field(description="How many certificates it is about.")
    remaining: int = Field(description="How many of them it has not reached yet.")


@router.post("/{public_id}/correct", response=ChangeOut, operation_id="correct_certificate")
def correct_certificate(request: ActorRequest, public_id: str, data: CorrectionIn) -> ChangeOut:
    """Asks for a new certificate in the place of this one, whose code then leads to the new one."""
    held = certificate_of(request, public_id)
    actions.require_may_ask(request.actor, Kind.CORRECT, held.base)
    typed = data.dict(exclude={"rename", "note"})
    change = corrections.correct(
        by=request.actor,
        at=timezone.now(),
        certificate=held,
        typed=typed,
        note=data.note,
        rename=data.rename,
    )
    return change_out(change)


@router.get("/changes", response=list[ChangeOut], operation_id="certificate_changes")
def certificate_changes(request: ActorRequest, waiting: bool = True) -> list[ChangeOut]:
    """The newest 100 changes; `waiting=false`: those that are over too."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = Change.objects.visible_to(request.actor).with_counts()
    return [_out(change) for change in (seen.waiting() if waiting else seen)[:MOST]]


@router.get("/changes/{public_id}", response=ChangeOut, operation_id="certificate_change")
def certificate_change(request: ActorRequest, public_id: str) -> ChangeOut:
    return _out(_change(request, public_id))


@router.post("/changes/{public_id}/approve", response=ChangeOut, operation_id="approve_certificate_change")
def approve_certificate_change(request: ActorRequest, public_id: str, data: DecisionIn) -> ChangeOut:
    """Somebody else than who asked agrees."""
    return _decided(request, public_id, actions.approve, note=data.note)


@router.post("/changes/{public_id}/refuse", response=ChangeOut, operation_id="refuse_certificate_change")
def refuse_certificate_change(request: ActorRequest, public_id: str, data: DecisionIn) -> ChangeOut:
    return _decided(request, public_id, actions.refuse, note=data.note)


@router.post("/changes/{public_id}/undo", response=ChangeOut, operation_id="undo_certificate_change")
def undo_certificate_change(request: ActorRequest, public_id: str, data: DecisionIn) -> ChangeOut:
    """Whoever asked, or may approve, takes it back before it takes effect."""
    return _decided(request, public_id, actions.undo, note=data.note)


@router.post("/changes/{public_id}/hasten", response=ChangeOut, operation_id="hasten_certificate_change")
def hasten_certificate_change(request: ActorRequest, public_id: str) -> ChangeOut:
    """Takes effect now; of many certificates the next 100, so call until `remaining` is 0."""
    return _decided(request, public_id, actions.hasten)


def change_out(change: Change) -> ChangeOut:
    """A change with how far it is now."""
    return _out(Change.objects.with_counts().get(pk=change.pk))


def _out(change: Any) -> ChangeOut:
    """Of a change that was read `with_counts`."""
    return ChangeOut(
        id=change.public_id,
        kind=change.kind,
        state=change.state,
        reason_class=change.reason_class,
        asked_by=change.asked_by_name,
        asked_at=change.asked_at,
        decided_by=change.decided_by_name,
        takes_effect_at=change.takes_effect_at,
        certificates=change.total,
        remaining=change.remaining,
    )


def _change(request: ActorRequest, public_id: str) -> Change:
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    seen = Change.objects.visible_to(request.actor).select_related("base__region")
    return one(seen.with_counts(), public_id=public_id)


def _decided(request: ActorRequest, public_id: str, action: Any, **values: str) -> ChangeOut:
    held = _change(request, public_id)
    return change_out(action(by=request.actor, at=timezone.now(), change=held, **values))
