"""Comparing a partner's row with ours: what it says, field by field, and whether that is what we say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.rules import roster_cells, roster_choices
from courses.rules.columns import Column
from courses.rules.roster_columns import CITIZEN_ID, DISABILITY_NUMBER, EMPLOYMENT_STATUS, NAME, PHONE
from registry.errors import RegistryError
from registry.rules import citizen_ids, disability_numbers, names, phones

COLUMNS: Mapping[str, Column] = {
    "citizen_id": CITIZEN_ID,
    "name": NAME,
    "disability_number": DISABILITY_NUMBER,
    "phone": PHONE,
    "employment": EMPLOYMENT_STATUS,
}
"""What can be mapped; the citizen ID must be, since by it alone a person is found."""
COMPARED = tuple(key for key in COLUMNS if key != "citizen_id")


class Mode(StrEnum):
    """query: whom of these do we know; compare: which fields differ; verify: which of our values are confirmed."""

    QUERY = "query"
    COMPARE = "compare"
    VERIFY = "verify"


class Unreadable(RegistryError):
    """A cell that says nothing that we understand; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.reason = code


@dataclass(frozen=True)
class Reading:
    """A row as read: the citizen ID ("" where it cannot be), theirs by field, and (field, code) of what is unreadable."""

    citizen_id: str
    theirs: Mapping[str, str]
    problems: tuple[tuple[str, str], ...]


def read(cells: Mapping[str, object], *, on: date) -> Reading:
    """Every mapped cell of a row; an empty one says nothing."""
    problems: list[tuple[str, str]] = []
    values: dict[str, str] = {}
    for key in cells:
        try:
            values[key] = _READ[key](cells, on)
        except Unreadable as error:
            problems.append((key, error.reason))
        except RegistryError as error:
            problems.append((key, error.code))
    citizen_id = values.pop("citizen_id", "")
    return Reading(citizen_id, {key: value for key, value in values.items() if value}, tuple(problems))


def differing(reading: Reading, ours: Mapping[str, str], *, mode: Mode, mapped: tuple[str, ...]) -> list[str]:
    """The mapped fields in which the partner's row is not ours.

    To compare, what the partner leaves empty says nothing. To verify, our value is confirmed by the same value only.
    A field that could not be read is no difference: it is named as unreadable.
    """
    unreadable = {field for field, _code in reading.problems}
    found = []
    for field in mapped:
        theirs, own = reading.theirs.get(field, ""), ours.get(field, "")
        asked = bool(own) if mode is Mode.VERIFY else bool(theirs)
        if mode is not Mode.QUERY and asked and field not in unreadable and not same(field, theirs, own):
            found.append(field)
    return found


def same(field: str, theirs: str, ours: str) -> bool:
    """Whether two values of a field are one."""
    return names.same_name(theirs, ours) if field == "name" else theirs == ours


def _citizen_id(cells: Mapping[str, object], on: date) -> str:
    if roster_cells.lost_digits(cells["citizen_id"]):
        raise Unreadable("comparison_lost_digits")
    return citizen_ids.parse(roster_cells.number_text(cells, "citizen_id"), on=on).value


def _name(cells: Mapping[str, object], on: date) -> str:
    text = roster_cells.text(cells, "name")
    return names.parse(text) if text else ""


def _disability_number(cells: Mapping[str, object], on: date) -> str:
    if roster_cells.lost_digits(cells["disability_number"]):
        raise Unreadable("comparison_lost_digits")
    text = roster_cells.number_text(cells, "disability_number")
    return disability_numbers.parse(text, on=on).value if text else ""


def _phone(cells: Mapping[str, object], on: date) -> str:
    number = phones.clean(roster_cells.number_text(cells, "phone"))
    if len(number) > phones.LONGEST:
        raise Unreadable("field_too_long")
    return number


def _employment(cells: Mapping[str, object], on: date) -> str:
    text = roster_cells.text(cells, "employment")
    found = roster_choices.find(text, roster_choices.EMPLOYMENT, roster_choices.OTHER_EMPLOYMENT)
    if text and found is None:
        raise Unreadable("field_choice")
    return found.value if found else ""


_READ: Mapping[str, Callable[[Mapping[str, object], date], str]] = {
    "citizen_id": _citizen_id,
    "name": _name,
    "disability_number": _disability_number,
    "phone": _phone,
    "employment": _employment,
}
