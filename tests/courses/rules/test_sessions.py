"""A timetable made from a weekly pattern."""

from dataclasses import replace
from datetime import date

from courses.rules.sessions import MOST_SESSIONS, Pattern, generate

MONDAY = date(2024, 6, 3)
TWO_WEEKS = Pattern(MONDAY, date(2024, 6, 14), frozenset({0, 2, 4}), parts=2, hours=4)


def test_every_chosen_weekday_gets_its_sessions_in_order() -> None:
    made = generate(TWO_WEEKS)
    assert [(session.on.day, session.part) for session in made[:4]] == [(3, 1), (3, 2), (5, 1), (5, 2)]
    assert len(made) == 12
    assert {session.on.weekday() for session in made} == {0, 2, 4}
    assert {session.hours for session in made} == {4}


def test_days_left_out_and_sessions_already_there_are_skipped() -> None:
    made = generate(replace(TWO_WEEKS, without=frozenset({date(2024, 6, 10)})), taken={(MONDAY, 1)})
    assert date(2024, 6, 10) not in {session.on for session in made}
    assert (made[0].on, made[0].part) == (MONDAY, 2)


def test_it_stops_when_the_hours_of_the_course_are_reached() -> None:
    made = generate(replace(TWO_WEEKS, most_hours=10))
    assert [session.hours for session in made] == [4, 4, 2]


def test_no_weekday_gives_no_session() -> None:
    assert generate(replace(TWO_WEEKS, weekdays=frozenset())) == []


def test_a_century_does_not_run_away() -> None:
    endless = replace(TWO_WEEKS, ends_on=date(2124, 6, 3))
    assert len(generate(endless)) == MOST_SESSIONS + 1
