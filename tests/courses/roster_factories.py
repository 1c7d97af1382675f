"""Rosters that were uploaded, and what became of their rows."""

from courses.actions import rosters
from courses.models import Cohort, RosterImport, RosterImportRow
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.courses.workbooks import messy


def uploaded(
    cohort: Cohort, rows: list[dict[str, object]], *, by: Actor = SYSTEM, **layout: object
) -> RosterImport:
    data = messy.messy_roster(rows, **layout)
    return rosters.upload(by=by, on=TODAY, cohort=cohort, file_name="花名册.xlsx", data=data)


def row_of(roster: RosterImport, at: int) -> RosterImportRow:
    """The row of the person at this place on the roster, from 0."""
    return roster.rows.order_by("row_number")[at]


def codes(row: RosterImportRow) -> list[str]:
    return [problem["code"] for problem in row.problems if problem["code"] != "region_from_base"]
