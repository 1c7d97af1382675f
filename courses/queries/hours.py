"""Hours of a cohort in 课时: how many are planned, how many each trainee attended, make-ups (补课) counted once."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

from courses.models import Attendance, Cohort, Enrolment, Session
from courses.rules import outcomes
from courses.rules.attendance import COUNTS_AS_THERE
from registry.models import Person
from registry.rules.access import Actor


def timetabled_hours(cohort: Cohort) -> int:
    """课时 of the timetable: a make-up repeats hours, so it adds none."""
    held = Session.objects.filter(cohort=cohort, makes_up=None)
    return held.aggregate(hours=Sum("hours"))["hours"] or 0


def planned_hours(cohort: Cohort) -> int:
    """课时 against which attendance counts (see rules/outcomes.py)."""
    return outcomes.planned_hours(
        course_hours=cohort.course.total_hours, session_hours=timetabled_hours(cohort)
    )


def attended_hours(rows: QuerySet[Attendance]) -> dict[int, int]:
    """课时 attended by each enrolment of these attendances that attended any; one query.

    A make-up stands in for the session that was missed: for who was at that session it counts nothing, for who was
    not, never more than the hours of that session, however many make-ups there were.
    """
    there = rows.filter(presence__in=COUNTS_AS_THERE)
    at_the_session = Attendance.objects.filter(
        session=OuterRef("session__makes_up"), enrolment=OuterRef("enrolment"), presence__in=COUNTS_AS_THERE
    )
    columns = ("enrolment_id", "session__makes_up_id", "session__makes_up__hours")
    counted: QuerySet[Any, Any] = there.exclude(Exists(at_the_session)).order_by().values_list(*columns)
    attended: dict[int, int] = {}
    for enrolment, makes_up, most, hours in counted.annotate(total=Sum("session__hours")):
        attended[enrolment] = attended.get(enrolment, 0) + (hours if makes_up is None else min(hours, most))
    return attended


def trainings_of(actor: Actor, person: Person) -> list[tuple[Enrolment, int, int]]:
    """The cohorts of a person that the actor reads, latest first, with 课时 attended and planned; two queries."""
    held = Session.objects.filter(cohort=OuterRef("cohort"), makes_up=None).order_by().values("cohort")
    total = Subquery(held.annotate(hours=Sum("hours")).values("hours"))
    rows = Enrolment.objects.visible_to(actor).filter(person=person).annotate(session_hours=total)
    ordered: QuerySet[Any] = rows.select_related("cohort__course").order_by("-cohort__starts_on", "-pk")
    enrolments = list(ordered)
    attended = attended_hours(Attendance.objects.filter(enrolment__in=enrolments))
    return [
        (
            row,
            attended.get(row.pk, 0),
            outcomes.planned_hours(
                course_hours=row.cohort.course.total_hours, session_hours=row.session_hours or 0
            ),
        )
        for row in enrolments
    ]
