"""Timetables and attendance of cohorts."""

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import attendance
from courses.api.cohorts import Code, PublicId, cohort_of
from courses.errors import NotInCohort
from courses.models import Attendance, Enrolment, Session
from courses.rules.sessions import NewSession
from registry.api.days import Day
from registry.requests import ActorRequest, today

router = Router(tags=["attendance"])


class SessionOut(Schema):
    """A session is known by its day and its part of the day; hours in 课时 of 45 minutes."""

    on: date
    part: int
    kind: str
    hours: int
    topic: str


class SessionIn(Schema):
    on: Day
    part: Annotated[int, Field(ge=0, le=100)] = 1
    kind: Code = "practice"
    hours: Annotated[int, Field(ge=0, le=100)]
    topic: Annotated[str, Field(max_length=200)] = ""


class SessionsIn(Schema):
    sessions: Annotated[list[SessionIn], Field(max_length=400)]


class MarkIn(Schema):
    """`presence`: present, late, leave, absent, or empty to take the mark away."""

    on: Day
    part: Annotated[int, Field(ge=0, le=100)] = 1
    enrolment: PublicId
    presence: Annotated[str, Field(max_length=10)]


class MarksIn(Schema):
    marks: Annotated[list[MarkIn], Field(max_length=10_000)]


class MarkOut(Schema):
    on: date
    part: int
    enrolment: str
    presence: str


class WrittenOut(Schema):
    """How many were written and cleared; what was already so is not counted."""

    written: int
    cleared: int


@router.get("/{public_id}/sessions", response=list[SessionOut], operation_id="list_sessions")
def list_sessions(request: ActorRequest, public_id: str) -> Any:
    """The timetable in order of time."""
    return list(Session.objects.filter(cohort=cohort_of(request, public_id)))


@router.post("/{public_id}/sessions", response=list[SessionOut], operation_id="add_sessions")
def add_sessions(request: ActorRequest, public_id: str, asked: SessionsIn) -> Any:
    """Put sessions into the timetable, all or none."""
    return attendance.add_sessions(
        by=request.actor,
        on=today(),
        cohort=cohort_of(request, public_id),
        sessions=[NewSession(**session.dict()) for session in asked.sessions],
    )


@router.get("/{public_id}/attendance", response=list[MarkOut], operation_id="list_attendance")
def list_attendance(request: ActorRequest, public_id: str) -> Any:
    """Every mark of the cohort in order of time."""
    rows = Attendance.objects.filter(session__cohort=cohort_of(request, public_id))
    columns = ("session__on", "session__part", "enrolment__public_id", "presence")
    return [
        {"on": on, "part": part, "enrolment": enrolment, "presence": presence}
        for on, part, enrolment, presence in rows.order_by(
            "session__on", "session__part", "enrolment"
        ).values_list(*columns)
    ]


@router.put("/{public_id}/attendance", response=WrittenOut, operation_id="record_attendance")
def record_attendance(request: ActorRequest, public_id: str, asked: MarksIn) -> Any:
    """Record marks, all or none; those not named stay as they are."""
    cohort = cohort_of(request, public_id)
    sessions = {(row.on, row.part): row.pk for row in Session.objects.filter(cohort=cohort)}
    enrolments = dict(Enrolment.objects.filter(cohort=cohort).values_list("public_id", "pk"))
    known = [
        mark for mark in asked.marks if (mark.on, mark.part) in sessions and mark.enrolment in enrolments
    ]
    if len(known) != len(asked.marks):
        raise NotInCohort(count=len(asked.marks) - len(known))
    marks = {
        (sessions[mark.on, mark.part], enrolments[mark.enrolment]): mark.presence for mark in asked.marks
    }
    return attendance.record(by=request.actor, on=today(), cohort=cohort, marks=marks)
