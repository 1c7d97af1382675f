"""Follow-ups: when a question falls due, and what an answer does to it."""

from collections.abc import Iterable
from datetime import date, timedelta

from courses.rules.employment import add_months

MOST_TRIES = 3
"""Whoever could not be reached three times is unreachable: that is the answer then."""
AGAIN_AFTER = timedelta(days=7)
LATEST = timedelta(days=366)
"""What fell due longer ago is not asked any more: an old class that is registered now leaves no year of phone calls."""
LONGEST_MONTHS = 60
OLDEST = LATEST + timedelta(days=31 * LONGEST_MONTHS)
"""Of what began longer ago no question can be due."""


GRADUATE_JOB_MONTHS = 6
"""A graduate's job is asked about after half a year wherever they live (docs/domain.md §2.2 T16)."""
GRADUATE_MONTHS = 24
"""So long after graduation a job is that of a graduate: 离校两年内, the time in which graduates are helped as such."""


def months_of_job(months: Iterable[int], *, started_on: date, graduated_on: date | None) -> list[int]:
    """When somebody is asked about a job: by the local standard, and a graduate after half a year in any case."""
    wanted = set(months)
    if graduated_on is not None and started_on <= add_months(graduated_on, GRADUATE_MONTHS):
        wanted.add(GRADUATE_JOB_MONTHS)
    return sorted(wanted)


def due(since: date, months: Iterable[int], *, on: date) -> list[tuple[int, date]]:
    """The questions about something that happened on `since` that have fallen due by the day, with their days."""
    days = [(count, add_months(since, count)) for count in sorted(set(months))]
    return [(count, day) for count, day in days if on - LATEST <= day <= on]


def closes(result: str, tries: int) -> bool:
    """Whether the question is answered with this result, of this many tries."""
    return result != "unreachable" or tries >= MOST_TRIES
