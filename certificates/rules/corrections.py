"""What may be corrected on a certificate, and how a correction is read.

The holder's name, the wording of the course, the hours and the days of the training: what a base types, and so
mistypes. Not the skill, its level or the base: a certificate for another skill is another certificate, so the
wrong one is withdrawn. Not the number, the code or the day of issue: they belong to the sheet of paper, and the
corrected sheet gets its own.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certificates.proof.claims import MAX_HOURS, MAX_NAME_BYTES
from certificates.rules import wording
from registry.rules import names
from registry.rules.names import PersonNameError

FIELDS = ("holder_name", "course_name", "hours", "starts_on", "ends_on")
DAYS = ("starts_on", "ends_on")
LONGEST_COURSE = 80
EARLIEST_YEAR = 1949

_HOURS = re.compile(r"\d{1,4}", re.ASCII)
# 2024-06-03, also with the time of day that spreadsheet programs add; 2024年6月3日, 2024/6/3, 2024.6.3.
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot stand; `facts` never hold the value itself."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed: the values that differ from what is printed, and the fields that cannot be taken."""

    changed: dict[str, Any] = field(repr=False)
    problems: dict[str, Problem]


def read(
    typed: Mapping[str, Any], printed: Mapping[str, Any], *, on: date, disclosing: Collection[str] = ()
) -> Reading:
    """Compare what was typed with what is printed; a field that is absent or empty stays as it is.

    `on` is the day of the correction: no training ends after it. `disclosing` are the installation's own
    words that tell of a disability.
    """
    values: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    for name in FIELDS:
        text = _text(typed.get(name))
        if not text:
            continue
        value = _READ[name](text, disclosing)
        if isinstance(value, Problem):
            problems[name] = value
        else:
            values[name] = value
    changed = {name: value for name, value in values.items() if value != printed[name]}
    if not problems and changed.keys() & set(DAYS):
        starts_on, ends_on = (changed.get(name, printed[name]) for name in DAYS)
        if ends_on > on:
            problems["ends_on"] = Problem("date_in_future")
        elif ends_on < starts_on:
            problems["ends_on" if "ends_on" in changed else "starts_on"] = Problem("correction_days_reversed")
    return Reading(changed, problems)


def _name(text: str, disclosing: Collection[str]) -> str | Problem:
    try:
        name = unicodedata.normalize("NFC", names.parse(text))
    except PersonNameError as error:
        return Problem(error.code, error.facts)
    # The signature measures a name in bytes: 42 Chinese characters.
    return name if len(name.encode()) <= MAX_NAME_BYTES else Problem("correction_name_long")


def _course(text: str, disclosing: Collection[str]) -> str | Problem:
    if len(text) > LONGEST_COURSE:
        return Problem("correction_course_long", {"limit": LONGEST_COURSE})
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text):
        return Problem("field_characters")
    if word := wording.disclosing_word(text, disclosing):
        return Problem("correction_course_discloses", {"word": word})
    return text


def _hours(text: str, disclosing: Collection[str]) -> int | Problem:
    folded = unicodedata.normalize("NFKC", text)
    hours = int(folded) if _HOURS.fullmatch(folded) else 0
    return hours or Problem("correction_hours", {"most": MAX_HOURS})


def _day(text: str, disclosing: Collection[str]) -> date | Problem:
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    return day if day and day.year >= EARLIEST_YEAR else Problem("correction_day")


_READ = {
    "holder_name": _name,
    "course_name": _course,
    "hours": _hours,
    "starts_on": _day,
    "ends_on": _day,
}


def _text(value: Any) -> str:
    """What a cell or a field says; `date` and whole numbers as they are written."""
    return "" if value is None else str(value).strip()
