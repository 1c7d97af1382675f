"""Counts afresh whomever a mere date changed."""

from datetime import date

from goals.actions.figures import people_changed
from goals.actions.periods import PEOPLE_AT_ONCE
from goals.queries import dates


def beat(*, since: date, on: date) -> int:
    """Count afresh the people whose facts a date changed from `since` to `on`; how many there were."""
    waiting = sorted(dates.changed(since=since, on=on))
    for start in range(0, len(waiting), PEOPLE_AT_ONCE):
        people_changed(people=waiting[start : start + PEOPLE_AT_ONCE], on=on)
    return len(waiting)
