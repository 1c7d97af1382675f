"""Check-in (签到): how long it may stay open, when somebody is late, and what the trainee is called in the audit."""

from datetime import datetime, timedelta

from registry.rules.access import Actor

TRAINEE = Actor(account_id=None, name="trainee")
"""Whoever checked in, in the audit trail; it holds no role, so staff's doors stay shut."""

MINUTES = range(5, 181)
"""How long a window stays open: long enough for a class with one phone, never the whole day."""
USUAL_MINUTES = 30


def late_from(*, opened_at: datetime, starts_at: datetime | None, minutes: int) -> datetime:
    """From when on somebody is late: so many minutes after the session begins by the clock.

    Where the timetable gives no time, or a trainer opens later than it says, the opening is the beginning: nobody is
    late because the trainer was.
    """
    begins = opened_at if starts_at is None else max(opened_at, starts_at)
    return begins + timedelta(minutes=minutes)


def presence(*, at: datetime, late_from: datetime) -> str:
    """The mark of who checks in at that moment."""
    return "present" if at < late_from else "late"
