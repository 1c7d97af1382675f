"""Timetables of cohorts."""

from dataclasses import replace
from datetime import date, time
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import sessions as timetable
from courses.api.cohorts import Code, PublicId, cohort_of
from courses.models import Cohort, Session, Trainer
from courses.queries.sessions import as_new
from courses.rules.sessions import NewSession
from registry.api.days import Day
from registry.queries.lookup import one
from registry.requests import ActorRequest, today

router = Router(tags=["attendance"])

Part = Annotated[int, Field(ge=0, le=100)]
Clock = time | None


class Held(Schema):
    """A session is known by its day and its part of the day."""

    on: Day
    part: Part = 1


class SessionOut(Schema):
    """Hours in 课时 of 45 minutes; `trainer`: public id; `makes_up`: the session it makes up for (补课)."""

    on: date
    part: int
    kind: str
    hours: int
    topic: str
    starts_at: Clock
    ends_at: Clock
    trainer: str | None
    room: str
    makes_up: Held | None

    @staticmethod
    def resolve_trainer(session: Session) -> str | None:
        return session.trainer.public_id if session.trainer else None


class SessionIn(Schema):
    on: Day
    part: Part = 1
    kind: Code = "practice"
    hours: Annotated[int, Field(ge=0, le=100)]
    topic: Annotated[str, Field(max_length=200)] = ""
    starts_at: Clock = None
    ends_at: Clock = None
    trainer: PublicId | None = None
    room: Annotated[str, Field(max_length=100)] = ""
    makes_up: Held | None = None


class SessionsIn(Schema):
    sessions: Annotated[list[SessionIn], Field(max_length=400)]


class SessionChangesIn(Schema):
    """Only what is to change; null takes a trainer, a time or the session that is made up for away."""

    on: Day | None = None
    part: Part | None = None
    kind: Code | None = None
    hours: Annotated[int | None, Field(ge=0, le=100)] = None
    topic: Annotated[str | None, Field(max_length=200)] = None
    starts_at: Clock = None
    ends_at: Clock = None
    trainer: PublicId | None = None
    room: Annotated[str | None, Field(max_length=100)] = None
    makes_up: Held | None = None


EMPTIED = frozenset({"starts_at", "ends_at", "trainer", "makes_up"})


@router.get("/{public_id}/sessions", response=list[SessionOut], operation_id="list_sessions")
def list_sessions(request: ActorRequest, public_id: str) -> Any:
    """The timetable in order of time."""
    return list(_sessions(cohort_of(request, public_id)))


@router.post("/{public_id}/sessions", response=list[SessionOut], operation_id="add_sessions")
def add_sessions(request: ActorRequest, public_id: str, asked: SessionsIn) -> Any:
    """Put sessions into the timetable, all or none."""
    cohort = cohort_of(request, public_id)
    made = timetable.add_sessions(
        by=request.actor,
        on=today(),
        cohort=cohort,
        sessions=[
            NewSession(**_keys(cohort, session.dict(), session.makes_up)) for session in asked.sessions
        ],
    )
    return list(_sessions(cohort).filter(pk__in=[session.pk for session in made]))


@router.patch("/{public_id}/sessions/{on}/{part}", response=SessionOut, operation_id="edit_session")
def edit_session(request: ActorRequest, public_id: str, on: Day, part: int, asked: SessionChangesIn) -> Any:
    """Change or move a session."""
    cohort = cohort_of(request, public_id)
    session = one(_sessions(cohort), on=on, part=part)
    given = asked.dict(exclude_unset=True)
    changes = {name: value for name, value in given.items() if value is not None or name in EMPTIED}
    to = replace(as_new(session), **_keys(cohort, changes, asked.makes_up))
    timetable.edit_session(by=request.actor, on=today(), session=session, to=to)
    return _sessions(cohort).get(pk=session.pk)


@router.delete("/{public_id}/sessions/{on}/{part}", response={204: None}, operation_id="remove_session")
def remove_session(request: ActorRequest, public_id: str, on: Day, part: int) -> Any:
    """Take a session without attendance out of the timetable."""
    cohort = cohort_of(request, public_id)
    session = one(_sessions(cohort), on=on, part=part)
    timetable.remove_session(by=request.actor, on=today(), session=session)
    return 204, None


def _sessions(cohort: Cohort) -> Any:
    return Session.objects.filter(cohort=cohort).select_related("cohort", "trainer", "makes_up")


def _keys(cohort: Cohort, values: dict[str, Any], makes_up: Held | None) -> dict[str, Any]:
    """The values with keys of what is named; a trainer of another base is not found."""
    keys = dict(values)
    if keys.get("trainer"):
        keys["trainer"] = one(Trainer.objects.filter(base=cohort.base_id), public_id=keys["trainer"]).pk
    if makes_up is not None:
        keys["makes_up"] = one(_sessions(cohort), on=makes_up.on, part=makes_up.part).pk
    return keys
