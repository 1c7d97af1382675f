"""A timetable in a few lines: from when to when, on which weekdays, how many hours a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from courses.models import Cohort, Session


@dataclass(frozen=True)
class Timetable:
    """`weekdays` from 0, Monday, on; hours in 课时, `hours_a_day` the least and the most of one day."""

    sessions: int
    hours: int
    first_day: date | None
    last_day: date | None
    weekdays: list[int]
    days: int
    hours_a_day: tuple[int, int]


def timetable_of(cohort: Cohort) -> Timetable:
    """One query, however long the timetable."""
    by_day: Counter[date] = Counter()
    rows = list(Session.objects.filter(cohort=cohort).values_list("on", "hours"))
    for on, hours in rows:
        by_day[on] += hours
    return Timetable(
        sessions=len(rows),
        hours=sum(by_day.values()),
        first_day=min(by_day, default=None),
        last_day=max(by_day, default=None),
        weekdays=sorted({on.weekday() for on in by_day}),
        days=len(by_day),
        hours_a_day=(min(by_day.values(), default=0), max(by_day.values(), default=0)),
    )
