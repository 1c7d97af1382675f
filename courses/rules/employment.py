"""Employment spells as values: what is wrong with a new one, which overlap, and what they make of a person's status."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from registry.rules import usccs

WITH_EMPLOYER = frozenset({"quota", "concentrated", "public_welfare", "supported"})
"""Forms that are nothing without somebody who employs."""

EMPLOYED, UNEMPLOYED = "employed", "unemployed"


@dataclass(frozen=True, slots=True)
class NewSpell:
    """A job as somebody tells of it; the values are those of `EmploymentSpell`."""

    form: str
    started_on: date
    new_form: str = ""
    employer_name: str = ""
    employer_uscc: str = ""
    post: str = ""
    contract: str = ""
    insurance: str = ""
    found_through: str = ""
    ended_on: date | None = None
    end_reason: str = ""


class Spell(Protocol):
    """What the rules ask of a spell, new or recorded: its days (the last not included) and its contract."""

    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def contract(self) -> str: ...


def problems(spell: NewSpell, *, on: date) -> dict[str, str]:
    """Problem codes by field; that the choices are choices is asked elsewhere."""
    found: dict[str, str] = {}
    if spell.started_on > on:
        found["started_on"] = "date_in_future"
    found |= end_problems(spell.started_on, spell.ended_on, spell.end_reason, on=on)
    if (spell.form == "new_form") != bool(spell.new_form):
        found["new_form"] = "spell_new_form"
    if spell.form in WITH_EMPLOYER and not spell.employer_name:
        found["employer_name"] = "spell_employer_missing"
    if spell.employer_uscc:
        try:
            usccs.parse(spell.employer_uscc)
        except usccs.UsccError as error:
            found["employer_uscc"] = error.code
    return found


def end_problems(started_on: date, ended_on: date | None, end_reason: str, *, on: date) -> dict[str, str]:
    """An end comes after the start and not ahead, and has a reason; a reason has an end."""
    found: dict[str, str] = {}
    if ended_on is None:
        return {"ended_on": "field_missing"} if end_reason else {}
    if ended_on > on:
        found["ended_on"] = "date_in_future"
    elif ended_on <= started_on:
        found["ended_on"] = "spell_end_before_start"
    if not end_reason:
        found["end_reason"] = "field_missing"
    return found


def covers(spell: Spell, day: date) -> bool:
    """Whether the spell employs on the day."""
    return spell.started_on <= day and (spell.ended_on is None or day < spell.ended_on)


def overlaps(one: Spell, other: Spell) -> bool:
    """Whether two jobs share a day and neither is part-time, so that one of them is probably over or wrong."""
    if "part_time" in (one.contract, other.contract):
        return False
    return covers(one, other.started_on) or covers(other, one.started_on)


def statuses(
    held: Mapping[date, str], spells: Iterable[Spell], touched: Iterable[date]
) -> dict[date, str | None]:
    """What the employment status should say from each touched day on; None where nothing was known before it.

    `held`: status by the day since when, `spells`: those that stand, `touched`: first and last days of what was
    written or undone. An "unemployed" within the days of a job just written is contradicted by it, and touched too.
    """
    spells, days, now = list(spells), set(touched), dict(held)
    wanted: dict[date, str | None] = {}
    ends = {spell.ended_on for spell in spells}
    written = [spell for spell in spells if spell.started_on in days]
    days |= {
        since
        for since, status in held.items()
        if status == UNEMPLOYED and any(covers(spell, since) for spell in written)
    }
    for day in sorted(days):
        if any(covers(spell, day) for spell in spells):
            status: str | None = EMPLOYED
        elif day in ends:
            status = UNEMPLOYED
        else:  # an undone spell began or ended here: what held before goes on
            before = max((since for since in now if since < day), default=None)
            status = None if before is None else now[before]
        if status is None:
            now.pop(day, None)
        else:
            now[day] = status
        if held.get(day) != status:
            wanted[day] = status
    return wanted


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
