"""Timetables: what may be put into one, moved and taken out; no trainer and no room twice at one time."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from courses.actions import cohorts
from courses.actions import sessions as timetable
from courses.errors import BadPattern, RecordsClosed, SessionHasMarks, SessionOutsideCohort, SessionTaken
from courses.models import Attendance, Cohort, Session
from courses.queries.hours import attended_hours, planned_hours, trainings_of
from courses.queries.outcomes import previews
from courses.queries.sessions import as_new
from courses.rules.sessions import NewSession
from courses.teaching_errors import (
    RoomBusy,
    SessionMadeUp,
    SessionRecorded,
    TrainerBusy,
    TrainerBusyElsewhere,
)
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import (
    ENDS_ON,
    STARTS_ON,
    a_cohort,
    a_trainer,
    attended,
    bring_to,
    enrolled,
    sessions_of,
)
from tests.registry.factories import a_base, a_citizen_id, an_actor

pytestmark = pytest.mark.django_db


def add(cohort: Cohort, **values: Any) -> Session:
    new = NewSession(**{"on": STARTS_ON, "hours": 4} | values)
    [made] = timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=[new])
    return made


def test_a_session_lies_within_the_cohort_and_stands_alone_in_its_place(today: date) -> None:
    cohort = a_cohort()
    with pytest.raises(SessionOutsideCohort):
        timetable.add_sessions(
            by=SYSTEM,
            on=today,
            cohort=cohort,
            sessions=[NewSession(on=STARTS_ON - timedelta(days=1), hours=4)],
        )
    twice = [NewSession(on=STARTS_ON, hours=4), NewSession(on=STARTS_ON, hours=2)]
    with pytest.raises(SessionTaken) as refusal:
        timetable.add_sessions(by=SYSTEM, on=today, cohort=cohort, sessions=twice)
    assert refusal.value.facts == {"field": "on", "on": str(STARTS_ON), "part": 1}
    assert not Session.objects.exists()


def test_a_session_of_thirteen_hours_or_of_none_is_a_typing_error(today: date) -> None:
    cohort = a_cohort()
    for wrong, field in (
        ({"hours": 13}, "hours"),
        ({"hours": 0}, "hours"),
        ({"hours": 1, "part": 0}, "part"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            timetable.add_sessions(
                by=SYSTEM, on=today, cohort=cohort, sessions=[NewSession(on=STARTS_ON, **wrong)]
            )
        assert list(refusal.value.facts["fields"]) == [field]
    with pytest.raises(BadPattern):
        timetable.add_sessions(by=SYSTEM, on=today, cohort=cohort, sessions=[])


def test_a_session_with_attendance_is_kept_and_one_without_can_go(today: date) -> None:
    cohort = a_cohort(state="running")
    kept, gone = sessions_of(cohort, count=2)
    attended(cohort, [kept], [cohort.enrolments.get()])
    with pytest.raises(SessionHasMarks):
        timetable.remove_session(by=SYSTEM, on=today, session=kept)
    timetable.remove_session(by=SYSTEM, on=today, session=gone)
    assert Session.objects.get() == kept


def change(session: Session, **changes: Any) -> Session:
    to = replace(as_new(session), **changes)
    return timetable.edit_session(by=SYSTEM, on=TODAY, session=session, to=to)


def test_a_session_moves_to_another_day_and_leaves_a_trace() -> None:
    session = add(a_cohort())
    moved = change(session, on=STARTS_ON + timedelta(days=3), part=2, topic=" 开店 ")
    assert (moved.pk, moved.on, moved.part, moved.topic) == (
        session.pk,
        STARTS_ON + timedelta(days=3),
        2,
        "开店",
    )
    event = AuditEvent.objects.get(verb="session.edited")
    assert (event.facts["before"]["part"], event.facts["after"]["part"]) == (1, 2)
    change(moved)
    assert AuditEvent.objects.filter(verb="session.edited").count() == 1


def test_what_attendance_rests_on_stays_and_the_rest_changes() -> None:
    cohort = a_cohort(state="running")
    [session] = sessions_of(cohort, count=1)
    attended(cohort, [session], [cohort.enrolments.get()])
    with pytest.raises(SessionRecorded):
        change(session, hours=8)
    assert change(session, room="201").room == "201"


def test_a_session_does_not_move_onto_another_or_out_of_the_cohort() -> None:
    cohort = a_cohort()
    first, second = add(cohort), add(cohort, part=2)
    with pytest.raises(SessionTaken):
        change(second, part=1)
    with pytest.raises(SessionOutsideCohort):
        change(first, on=ENDS_ON + timedelta(days=1))
    bring_to(cohort, "assessing")
    with pytest.raises(RecordsClosed):
        change(first, topic="太晚")


def test_half_a_time_or_an_end_before_the_start_is_a_typing_error() -> None:
    cohort = a_cohort()
    for times, code in (
        ({"starts_at": time(8)}, "session_times_pair"),
        ({"starts_at": time(9), "ends_at": time(8)}, "session_time_order"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            add(cohort, **times)
        assert refusal.value.facts["fields"] == {"ends_at": code}


def test_a_trainer_does_not_teach_twice_at_one_time() -> None:
    base = a_base()
    trainer = a_trainer(base)
    first, second = a_cohort(base), a_cohort(base)
    add(first, trainer=trainer.pk)
    with pytest.raises(TrainerBusy) as refusal:
        add(second, trainer=trainer.pk)
    assert refusal.value.facts["cohort"] == first.name
    # The other part of the day, another day, or another trainer is free.
    add(second, trainer=trainer.pk, part=2)
    add(second, trainer=trainer.pk, on=STARTS_ON + timedelta(days=1))
    session = add(second, trainer=a_trainer(base).pk)
    with pytest.raises(TrainerBusy):
        change(session, trainer=trainer.pk)
    assert [one.pk for one in first.trainers.all()] == [trainer.pk]


def test_the_clock_decides_where_both_sessions_say_it() -> None:
    base = a_base()
    trainer = a_trainer(base)
    first, second = a_cohort(base), a_cohort(base)
    add(first, trainer=trainer.pk, starts_at=time(8), ends_at=time(10))
    add(second, trainer=trainer.pk, starts_at=time(10), ends_at=time(12))
    with pytest.raises(TrainerBusy):
        add(second, trainer=trainer.pk, part=3, starts_at=time(9), ends_at=time(11))


def test_one_timetable_does_not_book_its_own_trainer_twice() -> None:
    base = a_base()
    trainer, cohort = a_trainer(base), a_cohort(base)
    overlapping = [
        NewSession(STARTS_ON, 2, part, trainer=trainer.pk, starts_at=time(8), ends_at=time(10))
        for part in (1, 2)
    ]
    with pytest.raises(TrainerBusy):
        timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=overlapping)
    assert not Session.objects.exists()


def test_one_person_who_teaches_at_two_bases_is_known_by_the_citizen_id_without_saying_where() -> None:
    here, there = a_base(), a_base()
    number = a_citizen_id(7)
    add(a_cohort(there), trainer=a_trainer(there, citizen_id=number).pk)
    with pytest.raises(TrainerBusyElsewhere) as refusal:
        add(a_cohort(here), trainer=a_trainer(here, citizen_id=number.lower()).pk)
    assert refusal.value.facts == {"field": "trainer", "on": str(STARTS_ON)}


def test_a_room_is_taken_within_its_base_until_the_other_cohort_is_cancelled() -> None:
    base = a_base()
    first, second = a_cohort(base), a_cohort(base)
    add(first, room="201")
    add(a_cohort(), room="201")  # another base's room of that name
    with pytest.raises(RoomBusy) as refusal:
        add(second, room=" 201 ")
    assert refusal.value.facts["cohort"] == first.name
    cohorts.move_to(by=SYSTEM, on=TODAY, cohort=first, state="cancelled", reason="不办了")
    assert add(second, room="201").room == "201"


def test_a_trainer_of_another_base_or_of_another_time_does_not_teach_here() -> None:
    base = a_base()
    cohort = a_cohort(base)
    gone = a_trainer(base, active_until=STARTS_ON - timedelta(days=1))
    for trainer, code in ((a_trainer(a_base()), "trainer_of_other_base"), (gone, "trainer_not_active")):
        with pytest.raises(InvalidInput) as refusal:
            add(cohort, trainer=trainer.pk)
        assert refusal.value.facts["fields"] == {"trainer": code}


def test_a_make_up_counts_for_who_missed_the_session_and_never_more_than_it() -> None:
    cohort = a_cohort(state="enrolling")
    [there, missed, both] = enrolled(cohort, 3)
    [session] = sessions_of(cohort, count=1, hours=4)
    first = add(cohort, on=STARTS_ON + timedelta(days=2), hours=3, makes_up=session.pk)
    second = add(cohort, on=STARTS_ON + timedelta(days=3), hours=3, makes_up=session.pk)
    bring_to(cohort, "running")
    attended(cohort, [session], [there, both])
    attended(cohort, [session], [missed], "leave")
    attended(cohort, [first], [missed, both])
    hours = attended_hours(Attendance.objects.filter(session__cohort=cohort))
    assert hours == {there.pk: 4, missed.pk: 3, both.pk: 4}
    attended(cohort, [second], [missed])
    assert attended_hours(Attendance.objects.filter(session__cohort=cohort))[missed.pk] == 4
    # A make-up repeats hours, so the plan stays the course's 20.
    assert planned_hours(cohort) == 20
    assert [preview.attended_hours for preview in previews(cohort)] == [4, 4, 4]
    reader = an_actor("trainer", cohort.base)
    assert trainings_of(reader, missed.person) == [(missed, 4, 20)]
    assert trainings_of(an_actor("trainer", a_base()), missed.person) == []


def test_only_an_earlier_session_of_the_course_is_made_up_for() -> None:
    cohort = a_cohort()
    later = STARTS_ON + timedelta(days=2)
    session = add(cohort, on=later)
    make_up = add(cohort, on=later, part=2, makes_up=session.pk)
    for wrong in (
        {"makes_up": session.pk},  # before it
        {"makes_up": make_up.pk, "on": later, "part": 3},  # itself a make-up
        {"makes_up": add(a_cohort()).pk, "on": later, "part": 3},  # of another cohort
    ):
        with pytest.raises(InvalidInput) as refusal:
            add(cohort, **wrong)
        assert refusal.value.facts["fields"] == {"makes_up": "session_makes_up_invalid"}
    with pytest.raises(SessionMadeUp):
        timetable.remove_session(by=SYSTEM, on=TODAY, session=session)


def test_a_whole_timetable_takes_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    base = a_base()
    trainer = a_trainer(base)
    for part, count in ((1, 1), (2, 30)):
        cohort = a_cohort(base)
        days = [
            NewSession(STARTS_ON + timedelta(days=day), 4, part, trainer=trainer.pk, room="201")
            for day in range(count)
        ]
        with django_assert_num_queries(12):
            timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=days)


def test_a_timetable_is_planned_by_who_teaches_and_not_by_the_federation() -> None:
    cohort = a_cohort()
    new = [NewSession(STARTS_ON, 4)]
    with pytest.raises(NotPermitted):
        timetable.add_sessions(by=an_actor("approver"), on=TODAY, cohort=cohort, sessions=new)
    trainer = an_actor("trainer", cohort.base)
    assert timetable.add_sessions(by=trainer, on=TODAY, cohort=cohort, sessions=new)
