"""Public notice (公示): how long one runs, what an item of it is, and what it means for what it is about."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from registry.rules.masking import STAR, mask_name

_SATURDAY = 5


@dataclass(frozen=True)
class Item:
    """One line of a notice: the row it is about, a name that anyone may read, and what is to happen.

    `name` is the public name of an organisation or a class, or a person's name already masked: `of_person` masks it.
    """

    subject: Any
    name: str
    text: str

    @classmethod
    def of_person(cls, subject: Any, name: str, text: str) -> Self:
        return cls(subject, mask_name(name), text)

    @property
    def key(self) -> tuple[str, int]:
        """The subject as a notice keeps it."""
        return (str(self.subject._meta.label_lower), int(self.subject.pk))


def is_masked(name: str) -> bool:
    """Whether a name of a notice is a person's: it is heard as 张某, not as 张 star."""
    return STAR in name


def last_day(starts_on: date, days: int) -> date:
    """The last day of a notice of so many working days, the day of publication not counted.

    民法典 §201: the day it begins is not counted. Public holidays are announced year by year (国务院办公厅), so they are
    not known here: who publishes may set a later day, never an earlier one. docs/domain.md §5.3.
    """
    day = starts_on
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


class Stand(StrEnum):
    """How far a subject has come on public notice."""

    NONE = "none"
    RUNNING = "running"
    OBJECTED = "objected"
    PASSED = "passed"


@dataclass(frozen=True)
class Standing:
    """What the notices say of a subject on a day: `until` and `notice` (a public id) are of the latest one."""

    stand: Stand
    until: date | None = None
    notice: str = ""

    @property
    def has_passed(self) -> bool:
        return self.stand is Stand.PASSED

    def lets_through(self, *, needed: bool) -> bool:
        """Whether what the notice is for may go on: after a notice that passed, or without one where none is needed."""
        return self.has_passed or (self.stand is Stand.NONE and not needed)


NO_NOTICE = Standing(Stand.NONE)


def judge(*, ends_on: date, on: date, is_withdrawn: bool, is_objected: bool, notice: str) -> Standing:
    """What the latest notice over a subject means; `is_objected`: an objection to it is open or was upheld."""
    if is_objected:
        return Standing(Stand.OBJECTED, ends_on, notice)
    if is_withdrawn:
        return NO_NOTICE
    return Standing(Stand.RUNNING if on <= ends_on else Stand.PASSED, ends_on, notice)
