"""Attendance of cohorts."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import attendance
from courses.api.cohorts import PublicId, cohort_of
from courses.errors import NotInCohort
from courses.models import Attendance, Enrolment, Session
from courses.models.attendance import RecordedHow
from registry.api.days import Day
from registry.requests import ActorRequest, today

router = Router(tags=["attendance"])


class MarkIn(Schema):
    """`presence`: present, late, leave, absent, or empty to take the mark away."""

    on: Day
    part: Annotated[int, Field(ge=0, le=100)] = 1
    enrolment: PublicId
    presence: Annotated[str, Field(max_length=10)]


class MarksIn(Schema):
    marks: Annotated[list[MarkIn], Field(max_length=10_000)]


class MarkOut(Schema):
    """`how` the mark came: page, sheet, api, check_in."""

    on: date
    part: int
    enrolment: str
    presence: str
    how: str
    checked_in_at: datetime | None


class WrittenOut(Schema):
    """How many were written and cleared; what was already so is not counted."""

    written: int
    cleared: int


@router.get("/{public_id}/attendance", response=list[MarkOut], operation_id="list_attendance")
def list_attendance(request: ActorRequest, public_id: str) -> Any:
    """Every mark of the cohort in order of time."""
    rows = Attendance.objects.filter(session__cohort=cohort_of(request, public_id))
    return [
        {
            "on": row["session__on"],
            "part": row["session__part"],
            "enrolment": row["enrolment__public_id"],
            **{name: row[name] for name in ("presence", "how", "checked_in_at")},
        }
        for row in rows.order_by("session__on", "session__part", "enrolment").values(
            *("session__on", "session__part", "enrolment__public_id", "presence", "how", "checked_in_at")
        )
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
    return attendance.record(by=request.actor, on=today(), cohort=cohort, marks=marks, how=RecordedHow.API)
