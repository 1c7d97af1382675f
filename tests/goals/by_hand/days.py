"""What held of a person on a day."""

from calendar import monthrange
from datetime import date, timedelta

from tests.goals.by_hand.lives import Life, Row

A_DAY = timedelta(days=1)


def age(birth: date, day: date) -> int:
    """In whole years; born on 29 February, a year older on 1 March of other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def of_working_age(life: Life, day: date) -> bool:
    last = 59 if life.person["sex"] == "male" else 54
    return 16 <= age(life.person["birth_date"], day) <= last


def need_on(life: Life, day: date) -> Row | None:
    """The need registration that holds."""
    held = None
    for row in life.needs:
        if row["registered_on"] <= day and (held is None or row["registered_on"] >= held["registered_on"]):
            held = row
    return held


def status_on(life: Life, day: date) -> str:
    """ "employed", "unemployed", or "" where nothing is known."""
    held = None
    for row in life.statuses:
        if row["since"] <= day and (held is None or row["since"] >= held["since"]):
            held = row
    return held["status"] if held else ""


def works_on(life: Life, day: date) -> bool:
    return any(_covers(spell, day) for spell in life.spells)


def in_work(life: Life, day: date) -> bool:
    """Works, or is employed."""
    return works_on(life, day) or status_on(life, day) == "employed"


def _covers(spell: Row, day: date) -> bool:
    return spell["started_on"] <= day and (spell["ended_on"] is None or spell["ended_on"] > day)


def card_on(life: Life, day: date) -> Row | None:
    """The latest disability certificate recorded by the day."""
    held = None
    for row in life.cards:
        if row["recorded_on"] <= day and (held is None or row["recorded_on"] >= held["recorded_on"]):
            held = row
    return held


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def from_to(first: date, last: date) -> list[date]:
    days = []
    day = first
    while day <= last:
        days.append(day)
        day += A_DAY
    return days
