"""The attendance grid of a cohort: trainees down, sessions across, a page of each at a time."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from courses.models import Attendance, Cohort, Enrolment, Session
from courses.queries.hours import attended_hours

SESSIONS_A_PAGE = 10
TRAINEES_A_PAGE = 100


@dataclass(frozen=True)
class Row:
    """One trainee; `marks` in the order of the page's sessions, "" where nothing is recorded."""

    enrolment: Enrolment
    marks: list[tuple[Session, str]]
    attended_hours: int


@dataclass(frozen=True)
class Grid:
    """One page of the grid."""

    sessions: Page[Session]
    trainees: Page[Enrolment]
    rows: list[Row]


def grid(cohort: Cohort, *, page: Any = 1, group: Any = 1) -> Grid:
    """The page of sessions and the group of trainees; seven queries however many there are."""
    sessions = Paginator(Session.objects.filter(cohort=cohort), SESSIONS_A_PAGE).get_page(page)
    enrolments = Enrolment.objects.filter(cohort=cohort).select_related("person")
    trainees = Paginator(enrolments, TRAINEES_A_PAGE).get_page(group)
    shown, people = list(sessions.object_list), list(trainees.object_list)
    kept = Attendance.objects.filter(enrolment__in=[row.pk for row in people])
    hours = attended_hours(kept)
    marks = {
        (session, enrolment): presence
        for session, enrolment, presence in kept.filter(
            session__in=[session.pk for session in shown]
        ).values_list("session_id", "enrolment_id", "presence")
    }
    rows = [
        Row(
            enrolment,
            [(session, marks.get((session.pk, enrolment.pk), "")) for session in shown],
            hours.get(enrolment.pk, 0),
        )
        for enrolment in people
    ]
    return Grid(sessions, trainees, rows)
