"""Check-in: opened by who teaches, for some minutes; who says who they are is marked once, in time or late."""

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from courses.actions import attendance, check_ins
from courses.actions import sessions as timetable
from courses.errors import RecordsClosed
from courses.limits import CODE_MISSES, UNKNOWN_TRAINEES
from courses.models import Attendance, CheckIn, Cohort, Session
from courses.queries import check_ins as queries
from courses.rules.sessions import NewSession
from courses.teaching_errors import (
    CheckInClosed,
    CheckInCodeUnknown,
    CheckInNotToday,
    NotOnRoster,
    SeveralOnRoster,
)
from registry.actions import standards
from registry.errors import InvalidInput, NotPermitted, TooManyRequests
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import STARTS_ON, a_cohort, bring_to, enrolled
from tests.registry.factories import a_citizen_id, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db

AT = timezone.make_aware(datetime.combine(TODAY, time(8, 30)))


def a_class(people: int = 2, **session: Any) -> tuple[Cohort, Session]:
    """A running cohort with a session today."""
    cohort = a_cohort(state="enrolling")
    enrolled(cohort, people)
    new = NewSession(**{"on": TODAY, "hours": 4} | session)
    [held] = timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=[new])
    return bring_to(cohort, "running"), held


def opened(session: Session, at: datetime = AT, **values: Any) -> CheckIn:
    return check_ins.open_check_in(by=SYSTEM, on=TODAY, at=at, session=session, **values)


def check(window: CheckIn, who: str, at: datetime = AT, name: str = "", address: str = "1.1.1.1") -> Any:
    return check_ins.check_in(window=window, who=who, name=name, address=address, at=at)


def last_four(cohort: Cohort, number: int = 0) -> str:
    return str(list(cohort.enrolments.all())[number].person.citizen_id)[-4:]


def two_of_one_ending() -> list[str]:
    """Two citizen IDs whose last four signs are the same."""
    seen: dict[str, str] = {}
    for day in range(1, 29):
        number = a_citizen_id(7, birth=date(1980, 1, day))
        if number[-4:] in seen:
            return [seen[number[-4:]], number]
        seen[number[-4:]] = number
    raise LookupError


def test_a_trainee_is_marked_by_the_last_four_signs_or_the_number_and_once_only() -> None:
    cohort, session = a_class()
    first, second = cohort.enrolments.all()
    window = opened(session)
    found = check(window, f" {last_four(cohort).lower()} ")
    assert (found.enrolment, found.attendance.presence, found.is_new) == (first, "present", True)
    assert (found.attendance.how, found.attendance.checked_in_at) == ("check_in", AT)
    assert not check(window, last_four(cohort)).is_new
    assert check(window, second.public_id.upper()).enrolment == second
    assert Attendance.objects.count() == 2
    event = AuditEvent.objects.filter(verb="enrolment.checked-in").first()
    assert event is not None
    assert (event.actor_id, event.subject_id) == (None, second.public_id)
    assert last_four(cohort) not in str(event.facts)


def test_the_spoken_code_opens_the_window_and_dies_with_it() -> None:
    _cohort, session = a_class()
    window = opened(session, minutes=10)
    code = window.code or ""
    assert len(code) == 6
    assert code.isdigit()

    def find(minutes: int) -> CheckIn:
        at = AT + timedelta(minutes=minutes)
        return check_ins.find_by_code(code=code, address="1.1.1.1", at=at)

    assert find(9) == window
    with pytest.raises(CheckInCodeUnknown):
        find(10)
    with pytest.raises(CheckInClosed):
        queries.by_token(window.token, at=AT + timedelta(minutes=10))
    with pytest.raises(CheckInClosed):
        check(window, last_four(session.cohort), at=AT + timedelta(minutes=10))
    # The next window of any session takes the dead code out of the table.
    opened(a_class()[1], at=AT + timedelta(minutes=11))
    assert CheckIn.objects.get(pk=window.pk).code is None


def test_a_trainer_ends_it_early_and_opens_it_again_with_another_code() -> None:
    _cohort, session = a_class()
    window = opened(session)
    assert opened(session).pk == window.pk  # pressed twice
    ended = check_ins.end_check_in(by=SYSTEM, at=AT + timedelta(minutes=1), check_in=window)
    assert ended.code is None
    with pytest.raises(CheckInClosed):
        queries.by_token(window.token, at=AT + timedelta(minutes=1))
    again = opened(session, at=AT + timedelta(minutes=2))
    assert (again.pk, again.token) != (window.pk, window.token)


@pytest.mark.parametrize(
    ("starts_at", "after", "presence"),
    [
        (None, 14, "present"),
        (None, 15, "late"),
        (time(8, 45), 29, "present"),  # opened a quarter of an hour before the session
        (time(8, 45), 30, "late"),
        (time(8, 0), 14, "present"),  # nobody is late because the trainer was
    ],
)
def test_late_begins_after_the_minutes_of_the_local_standard(
    starts_at: time | None, after: int, presence: str
) -> None:
    clock = {"starts_at": starts_at, "ends_at": time(11, 30)} if starts_at else {}
    cohort, session = a_class(**clock)
    window = opened(session, minutes=60)
    found = check(window, last_four(cohort), at=AT + timedelta(minutes=after))
    assert found.attendance.presence == presence


def test_a_federation_sets_its_own_minutes() -> None:
    federation = a_federation("620500")
    standards.decide(by=SYSTEM, federation=federation, key="late_minutes", value=0, since=STARTS_ON)
    cohort, session = a_class()
    assert check(opened(session), last_four(cohort)).attendance.presence == "late"


def test_a_trainer_corrects_it_and_a_later_check_in_does_not_undo_that() -> None:
    cohort, session = a_class(1)
    window = opened(session)
    enrolment = check(window, last_four(cohort)).enrolment
    trainer = an_actor("trainer", cohort.base)
    marks = {(session.pk, enrolment.pk): "absent"}
    attendance.record(by=trainer, on=TODAY, cohort=cohort, marks=marks)
    kept = Attendance.objects.get()
    assert (kept.presence, kept.how, kept.checked_in_at) == ("absent", "page", AT)
    assert check(window, last_four(cohort)).attendance.presence == "absent"


def test_it_opens_on_the_day_of_a_session_of_a_running_cohort_by_who_teaches_there() -> None:
    cohort, session = a_class(1)
    with pytest.raises(NotPermitted):
        check_ins.open_check_in(by=an_actor("approver"), on=TODAY, at=AT, session=session)
    with pytest.raises(CheckInNotToday):
        check_ins.open_check_in(by=SYSTEM, on=TODAY + timedelta(days=1), at=AT, session=session)
    for minutes in (4, 181):
        with pytest.raises(InvalidInput):
            opened(session, minutes=minutes)
    trainer = an_actor("trainer", cohort.base)
    window = check_ins.open_check_in(by=trainer, on=TODAY, at=AT, session=session)
    with pytest.raises(NotPermitted):
        check_ins.end_check_in(by=an_actor("approver"), at=AT, check_in=window)
    Cohort.objects.filter(pk=cohort.pk).update(state="completed")
    with pytest.raises(RecordsClosed):
        check(window, last_four(cohort))


def test_people_of_one_ending_are_told_apart_by_name_and_namesakes_by_number() -> None:
    cohort, session = a_class(0)
    people = [
        a_person(n, base=cohort.base, citizen_id=citizen_id, name=name)
        for n, citizen_id, name in zip((1, 2), two_of_one_ending(), ("王伟", "李娜"), strict=True)
    ]
    enrolled(cohort, people)
    window = opened(session)
    four = people[0].citizen_id[-4:]
    with pytest.raises(SeveralOnRoster) as refusal:
        check(window, four)
    assert refusal.value.facts == {"field": "name"}
    assert check(window, four, name="李 娜").enrolment.person == people[1]
    with pytest.raises(NotOnRoster):
        check(window, four, name="赵敏")


def test_wrong_tries_are_counted_and_right_ones_are_not() -> None:
    cohort, session = a_class()
    window = opened(session)
    wrong = next(
        f"{n:04d}" for n in range(9999) if f"{n:04d}" not in (last_four(cohort), last_four(cohort, 1))
    )
    for _try in range(UNKNOWN_TRAINEES["limit"]):
        with pytest.raises(NotOnRoster):
            check(window, wrong)
    with pytest.raises(TooManyRequests):
        check(window, last_four(cohort))
    for _try in range(UNKNOWN_TRAINEES["limit"] + 1):
        check(window, last_four(cohort), address="2.2.2.2")


def test_wrong_codes_are_counted() -> None:
    _cohort, session = a_class()
    window = opened(session)
    wrong = "000000" if window.code != "000000" else "000001"
    for _try in range(CODE_MISSES["limit"]):
        with pytest.raises(CheckInCodeUnknown):
            check_ins.find_by_code(code=wrong, address="1.1.1.1", at=AT)
    with pytest.raises(TooManyRequests):
        check_ins.find_by_code(code=window.code or "", address="1.1.1.1", at=AT)


def test_who_left_or_is_of_another_class_is_not_on_the_roster() -> None:
    _cohort, session = a_class(1)
    other, _session = a_class(1)
    with pytest.raises(NotOnRoster):
        check(opened(session), other.enrolments.get().public_id)


@pytest.mark.django_db(transaction=True)
def test_two_check_ins_at_once_mark_once() -> None:
    cohort, session = a_class(1)
    window, four = opened(session), last_four(cohort)
    ready, found = threading.Barrier(2), []

    def one() -> None:
        try:
            ready.wait()
            found.append(check(window, four).is_new)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False, True]
    assert Attendance.objects.count() == 1
    assert AuditEvent.objects.filter(verb="enrolment.checked-in").count() == 1
