"""Rows of an import opened for the people who may correct it: bad cells in full, everything else masked."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from courses.models import RosterImport, RosterImportRow
from courses.models.rosters import RowState
from courses.rules.roster_columns import ROSTER_COLUMNS
from courses.rules.roster_problems import Severity
from courses.rules.roster_sources import shown
from registry.rules import citizen_ids, masking

BAD_AT_ONCE = 50
"""Bad rows on one page: more inputs than that are no longer read through."""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: where it is, who it is (masked), what is wrong with which cell."""

    pk: int
    sheet: str
    number: int
    state: RowState
    cells: Mapping[str, Any] = field(repr=False)
    problems: tuple[Mapping[str, Any], ...]

    @property
    def name(self) -> str:
        """As uploaded; pages mask it."""
        return shown(self.cells.get("name"))

    @property
    def citizen_id(self) -> str:
        """Without blanks and widths; pages mask it, and hide a wrong one whole."""
        return citizen_ids.clean(shown(self.cells.get("citizen_id")))

    @property
    def masked_name(self) -> str:
        """张*."""
        return masking.mask_name(self.name)

    @property
    def masked_citizen_id(self) -> str:
        """620502********0026; a number of another length is hidden whole."""
        return masking.mask_citizen_id(self.citizen_id)

    @property
    def errors(self) -> dict[str, list[Mapping[str, Any]]]:
        """Errors by the cell to correct; one about the whole row is about its citizen ID."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for problem in self.problems:
            if problem["severity"] == Severity.ERROR:
                found.setdefault(problem["field"] or "citizen_id", []).append(problem)
        return found

    @property
    def remarks(self) -> list[Mapping[str, Any]]:
        """Warnings and information: they stop nothing."""
        return [problem for problem in self.problems if problem["severity"] != Severity.ERROR]

    def text(self, key: str) -> str:
        """A cell in full, for correcting it."""
        return shown(self.cells.get(key))


def opened(rows: Iterable[RosterImportRow]) -> Iterator[RowView]:
    """Rows with their cells unsealed."""
    for row in rows:
        yield RowView(
            pk=row.pk,
            sheet=row.sheet,
            number=row.row_number,
            state=RowState(row.state),
            cells=json.loads(row.cells),
            problems=tuple(row.problems),
        )


def bad_rows(roster: RosterImport) -> QuerySet[RosterImportRow]:
    """Rows that an error stops, in the order of the file."""
    return roster.rows.filter(state=RowState.BAD)


def good_rows(roster: RosterImport) -> QuerySet[RosterImportRow]:
    """Rows that may be loaded or are, in the order of the file."""
    return roster.rows.filter(state__in=(RowState.READY, RowState.LOADED))


def left_out_rows(roster: RosterImport) -> QuerySet[RosterImportRow]:
    """Rows that somebody chose not to load."""
    return roster.rows.filter(state=RowState.SKIPPED)


def columns_of(views: Iterable[RowView]) -> list[str]:
    """The columns in which there is something to correct, in the order of a roster; name and ID always."""
    wrong = {"name", "citizen_id"} | {key for view in views for key in view.errors}
    return [column.key for column in ROSTER_COLUMNS if column.key in wrong]


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning or information, and all the rows, as (sheet, row number), that it is said of."""

    field: str
    code: str
    severity: str
    facts: Mapping[str, Any]
    places: list[tuple[str, int]]


def remarks(roster: RosterImport) -> list[Remark]:
    """What is said of rows without stopping them, warnings first, in one query; none of left-out rows."""
    rows = roster.rows.exclude(state=RowState.SKIPPED).exclude(problems=[])
    found: dict[str, Remark] = {}
    for sheet, number, problems in rows.values_list("sheet", "row_number", "problems"):
        for problem in problems:
            if problem["severity"] != Severity.ERROR:
                remark = found.setdefault(json.dumps(problem, sort_keys=True), Remark(**problem, places=[]))
                remark.places.append((sheet, number))
    return sorted(found.values(), key=lambda remark: remark.severity != Severity.WARNING)
