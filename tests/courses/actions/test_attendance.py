"""Timetables and attendance."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.actions import attendance
from courses.actions import sessions as timetable
from courses.errors import (
    BadMark,
    NotInCohort,
    RecordsClosed,
    SessionAhead,
)
from courses.models import Attendance
from courses.queries.hours import attended_hours
from courses.rules.sessions import NewSession
from registry.errors import NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.courses.factories import STARTS_ON, a_cohort, attended, bring_to, enrolled, sessions_of
from tests.registry.factories import an_actor

pytestmark = pytest.mark.django_db


def test_hours_add_up_and_late_counts_as_there(today: date) -> None:
    cohort = a_cohort(state="enrolling")
    [present, late, away, nothing] = enrolled(cohort, 4)
    sessions = sessions_of(cohort, count=3, hours=4)
    bring_to(cohort, "running")
    attended(cohort, sessions, [present])
    attended(cohort, sessions[:2], [late], "late")
    attended(cohort, sessions, [away], "leave")
    hours = attended_hours(Attendance.objects.filter(session__cohort=cohort))
    assert hours == {present.pk: 12, late.pk: 8}
    assert nothing.pk not in hours


def test_a_mark_can_be_changed_and_taken_away_and_the_same_again_writes_nothing(today: date) -> None:
    cohort = a_cohort(state="running")
    [session] = sessions_of(cohort, count=1)
    pair = (session.pk, cohort.enrolments.get().pk)

    def record(mark: str) -> dict[str, int]:
        return attendance.record(by=SYSTEM, on=today, cohort=cohort, marks={pair: mark})

    assert record("present") == {"written": 1, "cleared": 0}
    assert record("present") == {"written": 0, "cleared": 0}
    assert record("absent") == {"written": 1, "cleared": 0}
    assert Attendance.objects.get().presence == "absent"
    assert record("") == {"written": 0, "cleared": 1}
    assert not Attendance.objects.exists()
    assert AuditEvent.objects.filter(verb="attendance.recorded").count() == 3


def test_a_thousand_marks_take_a_handful_of_queries(django_assert_max_num_queries: Any, today: date) -> None:
    cohort = a_cohort(state="enrolling")
    trainees = enrolled(cohort, 50)
    sessions = sessions_of(cohort, count=20, hours=1)
    bring_to(cohort, "running")
    marks = {(session.pk, row.pk): "present" for session in sessions for row in trainees}
    with django_assert_max_num_queries(14):  # SQLite takes 166 rows in one INSERT, PostgreSQL all
        attendance.record(by=SYSTEM, on=today, cohort=cohort, marks=marks)
    assert Attendance.objects.count() == 1000


def test_good_texts_are_kept_and_bad_ones_named(today: date) -> None:
    cohort = a_cohort(state="running")
    sessions = sessions_of(cohort, count=3)
    ahead = timetable.add_sessions(
        by=SYSTEM, on=today, cohort=cohort, sessions=[NewSession(on=today + timedelta(days=1), hours=2)]
    )
    enrolment = cohort.enrolments.get().pk
    texts = {
        (sessions[0].pk, enrolment): "√",
        (sessions[1].pk, enrolment): "早退",
        (sessions[2].pk, enrolment): "病假",
        (ahead[0].pk, enrolment): "出勤",
    }
    recorded = attendance.record_texts(by=SYSTEM, on=today, cohort=cohort, texts=texts)
    assert recorded.written == 2
    assert recorded.problems == {
        (sessions[1].pk, enrolment): "attendance_mark_unknown",
        (ahead[0].pk, enrolment): "session_ahead_here",
    }


def test_marks_of_strangers_of_the_future_or_of_no_meaning_are_refused_whole(today: date) -> None:
    cohort = a_cohort(state="running")
    other = a_cohort(cohort.base, course=cohort.course, state="running")
    [session] = sessions_of(cohort, count=1)
    here, there = cohort.enrolments.get().pk, other.enrolments.get().pk
    with pytest.raises(NotInCohort):
        attendance.record(
            by=SYSTEM,
            on=today,
            cohort=cohort,
            marks={(session.pk, here): "present", (session.pk, there): "present"},
        )
    with pytest.raises(BadMark):
        attendance.record(by=SYSTEM, on=today, cohort=cohort, marks={(session.pk, here): "asleep"})
    with pytest.raises(SessionAhead):
        attendance.record(
            by=SYSTEM, on=STARTS_ON - timedelta(days=1), cohort=cohort, marks={(session.pk, here): "present"}
        )
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("state", ["enrolling", "completed"])
def test_attendance_belongs_to_the_training(state: str, today: date) -> None:
    cohort = a_cohort(state=state)
    with pytest.raises(RecordsClosed):
        attendance.record(by=SYSTEM, on=today, cohort=cohort, marks={})


def test_a_trainer_records_and_an_auditor_does_not(today: date) -> None:
    cohort = a_cohort(state="running")
    [session] = sessions_of(cohort, count=1)
    marks = {(session.pk, cohort.enrolments.get().pk): "present"}
    with pytest.raises(NotPermitted):
        attendance.record(by=an_actor("auditor"), on=today, cohort=cohort, marks=marks)
    trainer = an_actor("trainer", cohort.base)
    assert attendance.record(by=trainer, on=today, cohort=cohort, marks=marks)["written"] == 1
