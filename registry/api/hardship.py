"""Hardship classes (困难类别) of a person: for those who may edit people, like their 残疾人证."""

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from registry.actions import hardship as actions
from registry.api.days import Day
from registry.models import Person
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require

router = Router(tags=["people"])


class HardshipOut(Schema):
    """`kind` holds from `since` to the day before `ended_on`, or still where that is null."""

    public_id: str
    kind: str
    since: date
    ended_on: date | None


class HardshipIn(Schema):
    kind: Annotated[str, Field(max_length=40)]
    since: Day


class EndIn(Schema):
    ended_on: Day


@router.get("/{public_id}/hardship", response=list[HardshipOut], operation_id="list_hardship")
def list_hardship(request: ActorRequest, public_id: str) -> Any:
    """Every class of the person, the latest first."""
    return _editable(request, public_id).hardships.all()


@router.post("/{public_id}/hardship", response=HardshipOut, operation_id="record_hardship")
def record_hardship(request: ActorRequest, public_id: str, asked: HardshipIn) -> Any:
    """The person is of this class from a day on; while it stands, a second record corrects the day."""
    person = _editable(request, public_id)
    return actions.record(by=request.actor, on=today(), person=person, **asked.dict())


@router.post("/{public_id}/hardship/{status_id}/end", response=HardshipOut, operation_id="end_hardship")
def end_hardship(request: ActorRequest, public_id: str, status_id: str, asked: EndIn) -> Any:
    """The person is of this class no more from a day on."""
    status = one(_editable(request, public_id).hardships.all(), public_id=status_id)
    return actions.end(by=request.actor, on=today(), status=status, ended_on=asked.ended_on)


def _editable(request: ActorRequest, public_id: str) -> Person:
    person = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(person))
    return person
