"""Check-in: opened and ended by who teaches; said by the trainee, without an account."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from courses.actions import check_ins
from courses.api.cohorts import cohort_of
from courses.models import Session
from courses.queries.check_ins import by_token, open_window
from courses.rules.check_ins import USUAL_MINUTES
from registry.api.days import Day
from registry.errors import NotFound
from registry.queries.lookup import one
from registry.requests import ActorRequest, client_address, today
from registry.rules.access import Permission, require
from registry.rules.masking import mask_name

router = Router(tags=["attendance"])


class CheckInOut(Schema):
    """`token` is the end of the link, `code` is said aloud; both lead nowhere from `closes_at` on."""

    token: str
    code: str | None
    opened_at: datetime
    closes_at: datetime
    late_from: datetime


class OpenIn(Schema):
    minutes: Annotated[int, Field(ge=0, le=1000)] = USUAL_MINUTES


class CheckInIn(Schema):
    """`token` of the link, or the spoken `code`; `who`: the last four signs of the citizen ID, or the enrolment's
    number; `name` where several have these four."""

    token: Annotated[str, Field(max_length=40)] = ""
    code: Annotated[str, Field(max_length=20)] = ""
    who: Annotated[str, Field(max_length=40)]
    name: Annotated[str, Field(max_length=50)] = ""


class CheckedInOut(Schema):
    """The name is masked; `is_new` is false when a mark was recorded before, which stays."""

    name: str
    course: str
    on: date
    part: int
    presence: str
    is_new: bool


@router.get(
    "/cohorts/{public_id}/sessions/{on}/{part}/check-in",
    response=CheckInOut,
    operation_id="get_check_in",
)
def get_check_in(request: ActorRequest, public_id: str, on: Day, part: int) -> Any:
    """The open check-in of a session. 404: none is open."""
    window = open_window(_session(request, public_id, on, part), at=timezone.now())
    if window is None:
        raise NotFound(what="checkin")
    return window


@router.post(
    "/cohorts/{public_id}/sessions/{on}/{part}/check-in",
    response=CheckInOut,
    operation_id="open_check_in",
)
def open_check_in(request: ActorRequest, public_id: str, on: Day, part: int, asked: OpenIn) -> Any:
    """Open check-in of a session of today; the open one itself when there is one."""
    session = _session(request, public_id, on, part)
    return check_ins.open_check_in(
        by=request.actor, on=today(), at=timezone.now(), session=session, minutes=asked.minutes
    )


@router.delete(
    "/cohorts/{public_id}/sessions/{on}/{part}/check-in",
    response={204: None},
    operation_id="end_check_in",
)
def end_check_in(request: ActorRequest, public_id: str, on: Day, part: int) -> Any:
    """End the open check-in of a session; without one nothing changes."""
    at = timezone.now()
    window = open_window(_session(request, public_id, on, part), at=at)
    if window is not None:
        check_ins.end_check_in(by=request.actor, at=at, check_in=window)
    return 204, None


@router.post("/check-ins", auth=None, response=CheckedInOut, operation_id="check_in")
def check_in(request: HttpRequest, asked: CheckInIn) -> Any:
    """Mark oneself as there, without an account. 410: the check-in has ended; 429: too many wrong tries."""
    at, address = timezone.now(), client_address(request)
    window = (
        by_token(asked.token, at=at)
        if asked.token
        else check_ins.find_by_code(code=asked.code, address=address, at=at)
    )
    found = check_ins.check_in(window=window, who=asked.who, name=asked.name, address=address, at=at)
    session = window.session
    return {
        "name": mask_name(found.enrolment.person.name),
        "course": session.cohort.course.name,
        "on": session.on,
        "part": session.part,
        "presence": found.attendance.presence,
        "is_new": found.is_new,
    }


def _session(request: ActorRequest, public_id: str, on: date, part: int) -> Session:
    """Who does not record attendance is not shown the code either."""
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    return one(Session.objects.filter(cohort=cohort).select_related("cohort"), on=on, part=part)
