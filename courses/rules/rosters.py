"""From the raw cells of a roster row to a clean trainee, with all that is wrong or odd said cell by cell."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from courses.rules import roster_cells
from courses.rules import roster_choices as choices
from courses.rules.roster_cells import Cells
from courses.rules.roster_choices import (
    AccessNeed,
    Education,
    Employment,
    PersonKind,
    Residence,
)
from courses.rules.roster_problems import Problem, ProblemCode, Severity
from registry.rules import citizen_ids, disability_numbers, names
from registry.rules.citizen_ids import WORKING_AGE, AgeBand, CitizenId, CitizenIdError, Sex
from registry.rules.disability_numbers import DisabilityNumber, DisabilityNumberError
from registry.rules.hardship import Hardship
from registry.rules.names import PersonNameError

YOUNGEST = 16
"""Years at the first day of class, the lower end of working age: 劳动法 § 15 forbids work before it."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A trainee as the roster describes them; what it left open is None or empty.

    `relative_number` is the certificate of the relative with a disability whose family member this is.
    """

    name: str = field(repr=False)
    citizen_id: CitizenId = field(repr=False)
    disability_number: DisabilityNumber | None = field(repr=False)
    relative_number: DisabilityNumber | None = field(repr=False)
    person_kind: PersonKind
    ethnicity: str
    education: Education | None
    residence: Residence | None
    address: str = field(repr=False)
    phone: str = field(repr=False)
    guardian_name: str = field(repr=False)
    guardian_phone: str = field(repr=False)
    employment: Employment | None
    training_need: bool | None
    hardship: tuple[Hardship, ...]
    access_needs: tuple[AccessNeed, ...]
    access_notes: str = field(repr=False)
    remarks: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row with its problems; `row` is None when an error stops it."""

    sheet: str
    number: int
    row: RosterRow | None
    problems: tuple[Problem, ...]

    @property
    def has_error(self) -> bool:
        """Whether the row is stopped."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


class SourceRow(Protocol):
    """What a row of a workbook offers: where it is, its cells by column key, whether it was hidden."""

    @property
    def sheet(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Mapping[str, Any]: ...
    @property
    def hidden(self) -> bool: ...


def check_rows(
    rows: Iterable[SourceRow],
    *,
    starts_on: date,
    on: date,
    known_regions: Container[str] | None = None,
    bands: Mapping[Sex, AgeBand] = WORKING_AGE,
) -> list[CheckedRow]:
    """Check a whole roster, as of the day `on`, for a class that starts on `starts_on`.

    The second row of a person is an error that names the first. Without `known_regions` (every region code
    that was ever in force) no prefix is questioned.
    """
    first_seen: dict[str, tuple[str, int]] = {}
    checked = []
    for source in rows:
        problems: list[Problem] = []
        if source.hidden:
            problems.append(Problem("", ProblemCode.ROW_HIDDEN))
        citizen_id = _citizen_id(source.cells, on, problems)
        if citizen_id is not None:
            sheet, number = first_seen.setdefault(citizen_id.value, (source.sheet, source.number))
            if (sheet, number) != (source.sheet, source.number):
                facts = {"sheet": sheet, "row": number}
                problems.append(Problem("citizen_id", ProblemCode.DUPLICATE_IN_FILE, facts))
            _check_person(citizen_id, source.cells, starts_on, known_regions, bands, problems)
        row = _row(source.cells, citizen_id, on, problems)
        checked.append(CheckedRow(source.sheet, source.number, row, tuple(problems)))
    return checked


def _row(cells: Cells, citizen_id: CitizenId | None, on: date, problems: list[Problem]) -> RosterRow | None:
    name = _name(cells, problems)
    person_kind, hardship = roster_cells.classes(cells, problems)
    number = _disability_number(cells, on, problems)
    if (
        number is None
        and person_kind is PersonKind.DISABLED
        and not roster_cells.number_text(cells, "disability_number")
    ):
        problems.append(Problem("disability_number", ProblemCode.DISABILITY_NUMBER_MISSING))
    own, relative = _whose(number, citizen_id, person_kind, problems)
    if own is not None:
        _check_category(own, cells, problems)
    values: dict[str, Any] = {
        "ethnicity": roster_cells.ethnicity(cells, problems),
        "education": roster_cells.choice(
            cells, "education", problems, choices.EDUCATION, choices.OTHER_EDUCATION
        ),
        "residence": roster_cells.choice(
            cells, "residence", problems, choices.RESIDENCE, choices.OTHER_RESIDENCE
        ),
        "employment": roster_cells.choice(
            cells, "employment", problems, choices.EMPLOYMENT, choices.OTHER_EMPLOYMENT
        ),
        "training_need": roster_cells.need(cells, problems),
        "phone": roster_cells.phone(cells, "phone", problems),
        "guardian_phone": roster_cells.phone(cells, "guardian_phone", problems),
        "address": roster_cells.free_text(cells, "address", problems),
        "guardian_name": roster_cells.free_text(cells, "guardian_name", problems),
        "access_needs": roster_cells.access_needs(cells, problems),
        "access_notes": roster_cells.free_text(cells, "access_needs", problems),
        "remarks": roster_cells.free_text(cells, "remarks", problems),
    }
    if name is None or citizen_id is None or any(p.severity is Severity.ERROR for p in problems):
        return None
    return RosterRow(
        name=name,
        citizen_id=citizen_id,
        disability_number=own,
        relative_number=relative,
        person_kind=person_kind,
        hardship=hardship,
        **values,
    )


def _name(cells: Cells, problems: list[Problem]) -> str | None:
    raw = cells.get("name")
    if roster_cells.is_cell_error(raw):
        problems.append(Problem("name", ProblemCode.CELL_ERROR))
        return None
    try:
        name = names.parse("" if raw is None else str(raw))
    except PersonNameError as error:
        problems.append(Problem("name", ProblemCode(error.code), error.facts))
        return None
    if names.has_inner_blank(name):
        problems.append(Problem("name", ProblemCode.NAME_INNER_BLANK))
    if names.has_private_character(name):
        problems.append(Problem("name", ProblemCode.NAME_PRIVATE_CHARACTER))
    return name


def _citizen_id(cells: Cells, on: date, problems: list[Problem]) -> CitizenId | None:
    raw = cells.get("citizen_id")
    if roster_cells.is_cell_error(raw):
        problems.append(Problem("citizen_id", ProblemCode.CELL_ERROR))
        return None
    if roster_cells.lost_digits(raw):
        problems.append(Problem("citizen_id", ProblemCode.CITIZEN_ID_NUMERIC))
        return None
    try:
        return citizen_ids.parse(roster_cells.plain(raw), on=on)
    except CitizenIdError as error:
        # Digits lost in Excel and then kept as text: a tail of zeros, and the check character does not fit.
        lost = error.code == "citizen_id_checksum" and citizen_ids.clean(roster_cells.plain(raw)).endswith(
            "000"
        )
        code = ProblemCode.CITIZEN_ID_NUMERIC if lost else ProblemCode(error.code)
        problems.append(Problem("citizen_id", code, {} if lost else error.facts))
        return None


def _check_person(
    citizen_id: CitizenId,
    cells: Cells,
    starts_on: date,
    known_regions: Container[str] | None,
    bands: Mapping[Sex, AgeBand],
    problems: list[Problem],
) -> None:
    if known_regions is not None and not citizen_ids.is_known_region(citizen_id.region_code, known_regions):
        problems.append(Problem("citizen_id", ProblemCode.REGION_UNKNOWN))
    entered = roster_cells.text(cells, "sex")
    sex = choices.find(entered, choices.SEXES)
    if entered and sex is None:
        problems.append(Problem("sex", ProblemCode.CHOICE_UNKNOWN, {"expected": ["男", "女"]}))
    elif sex is not None and sex is not citizen_id.sex:
        problems.append(Problem("sex", ProblemCode.SEX_CONFLICT))
    age = citizen_ids.age(citizen_id.birth_date, starts_on)
    if age < YOUNGEST:
        problems.append(Problem("citizen_id", ProblemCode.UNDER_AGE, {"limit": YOUNGEST}))
    elif age > bands[citizen_id.sex].highest:
        facts = {"limit": bands[citizen_id.sex].highest}
        problems.append(Problem("citizen_id", ProblemCode.OVER_WORKING_AGE, facts))


def _disability_number(cells: Cells, on: date, problems: list[Problem]) -> DisabilityNumber | None:
    raw = cells.get("disability_number")
    if roster_cells.is_cell_error(raw):
        problems.append(Problem("disability_number", ProblemCode.CELL_ERROR))
        return None
    if not roster_cells.number_text(cells, "disability_number"):
        return None
    if roster_cells.lost_digits(raw):
        problems.append(Problem("disability_number", ProblemCode.DISABILITY_NUMBER_NUMERIC))
        return None
    try:
        return disability_numbers.parse(roster_cells.plain(raw), on=on)
    except DisabilityNumberError as error:
        lost = citizen_ids.clean(roster_cells.plain(raw)).endswith("00000")
        code = ProblemCode.DISABILITY_NUMBER_NUMERIC if lost else ProblemCode(error.code)
        problems.append(Problem("disability_number", code, {} if lost else error.facts))
        return None


def _whose(
    number: DisabilityNumber | None,
    citizen_id: CitizenId | None,
    person_kind: PersonKind,
    problems: list[Problem],
) -> tuple[DisabilityNumber | None, DisabilityNumber | None]:
    """The person's own certificate, and that of the relative whose family member they are."""
    if number is None or citizen_id is None or number.citizen_id.value == citizen_id.value:
        return number, None
    if person_kind is PersonKind.HOUSEHOLD_MEMBER:
        problems.append(Problem("disability_number", ProblemCode.CERTIFICATE_OF_RELATIVE))
        return None, number
    problems.append(Problem("disability_number", ProblemCode.DISABILITY_NUMBER_MISMATCH))
    return None, None


def _check_category(number: DisabilityNumber, cells: Cells, problems: list[Problem]) -> None:
    category, grade = (
        roster_cells.text(cells, "disability_category"),
        roster_cells.text(cells, "disability_grade"),
    )
    if category and choices.category(category) not in (None, number.category):
        problems.append(Problem("disability_category", ProblemCode.CATEGORY_CONFLICT))
    if grade and choices.grade(grade) not in (None, number.grade):
        problems.append(Problem("disability_grade", ProblemCode.GRADE_CONFLICT))
