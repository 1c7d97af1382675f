"""Timetables: one session, and the weekly pattern from which a whole timetable is made."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

MOST_SESSIONS = 400
"""A year of training days with a morning and an afternoon stays below it; more is a typing error."""

HOURS = range(1, 13)
"""课时 of one session; more than 12 (9 hours of the clock) is a typing error."""

PARTS = range(1, 13)
"""Sessions of one day."""


@dataclass(frozen=True)
class NewSession:
    """A session to be held: the day, which session of that day (from 1), its kind, its 课时.

    `trainer` is the key of a trainer of the base; `makes_up` that of the session it makes up for (补课).
    """

    on: date
    hours: int
    part: int = 1
    kind: str = "practice"
    topic: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    trainer: int | None = None
    room: str = ""
    makes_up: int | None = None


@dataclass(frozen=True)
class Pattern:
    """Every chosen weekday (0 is Monday) from one day to another: so many sessions a day of so many 课时."""

    starts_on: date
    ends_on: date
    weekdays: frozenset[int]
    parts: int
    hours: int
    kind: str = "practice"
    without: frozenset[date] = frozenset()
    trainer: int | None = None
    room: str = ""
    most_hours: int = 0
    """Stop when this many 课时 are reached, so that the timetable fits the course; 0 for no limit."""


def generate(pattern: Pattern, *, taken: Collection[tuple[date, int]] = ()) -> list[NewSession]:
    """The sessions of a pattern in order of time, without those days and parts that are taken already."""
    made: list[NewSession] = []
    hours = 0
    for day in _days(pattern):
        for part in range(1, pattern.parts + 1):
            if (day, part) in taken:
                continue
            left = pattern.most_hours - hours if pattern.most_hours else pattern.hours
            if left <= 0 or len(made) > MOST_SESSIONS:
                return made
            session = NewSession(
                day,
                min(pattern.hours, left),
                part,
                pattern.kind,
                trainer=pattern.trainer,
                room=pattern.room,
            )
            made.append(session)
            hours += session.hours
    return made


def _days(pattern: Pattern) -> Iterator[date]:
    day = pattern.starts_on
    while day <= pattern.ends_on:
        if day.weekday() in pattern.weekdays and day not in pattern.without:
            yield day
        day += timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """When a session is held: its day, its part of that day, and the hours of the clock where they are known."""

    on: date
    part: int
    starts_at: time | None = None
    ends_at: time | None = None


def overlap(one: Slot, other: Slot) -> bool:
    """Whether two sessions are held at the same time.

    By the clock where both say it; else by the part of the day, because the second session of the morning is at about
    the same time everywhere in a base.
    """
    if one.on != other.on:
        return False
    if one.starts_at and one.ends_at and other.starts_at and other.ends_at:
        return one.starts_at < other.ends_at and other.starts_at < one.ends_at
    return one.part == other.part
