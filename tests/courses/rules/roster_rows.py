"""Rows of messy rosters as the rules check them, from the file on."""

from datetime import date

from courses.rules import rosters
from courses.rules.roster_columns import ROSTER_COLUMNS
from courses.rules.rosters import CheckedRow
from courses.workbooks import reading, tables
from tests.courses.workbooks import messy

TODAY = date(2024, 4, 20)
STARTS = date(2024, 5, 6)
REGIONS = {"620502", "120225"}
ID = messy.citizen_id()


def check(data: bytes, name: str = "花名册.xlsx", **options) -> list[CheckedRow]:
    extract = tables.extract(reading.read(data, name), ROSTER_COLUMNS)
    options = {"starts_on": STARTS, "on": TODAY, "known_regions": REGIONS, **options}
    return rosters.check_rows(extract.rows, **options)


def check_one(*, on_paper: dict[str, object] | None = None, **cells: object) -> CheckedRow:
    """The only row of a messy workbook, right but for the given cells."""
    (row,) = check(messy.messy_roster([{**messy.person(2), **cells, **(on_paper or {})}]))
    return row


def problems(row: CheckedRow) -> list[tuple[str, str, dict[str, object]]]:
    return [(problem.field, problem.code.value, dict(problem.facts)) for problem in row.problems]


def codes(row: CheckedRow) -> list[str]:
    return [problem.code.value for problem in row.problems]
