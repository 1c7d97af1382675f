"""The column that leads a corrected row back to its import, and how a cell is shown to be corrected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from courses.rules import roster_cells
from courses.rules.columns import Column

SOURCE = Column("source", "来源行号（请勿改动）", width=20)
"""Only in the file of bad rows: import, row number and sheet, so that the file can be sent back as it is."""

_SOURCE = re.compile(r"([0-9a-z]{12}) (\d{1,7}) (.{1,60})")
_KEPT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row came from."""

    roster: str
    row_number: int
    sheet: str

    def __str__(self) -> str:
        return f"{self.roster} {self.row_number} {self.sheet}"


def source_of(cells: Mapping[str, object]) -> Source | None:
    """The import that a row says it came from, or None for a row that was not sent out by us."""
    match = _SOURCE.fullmatch(roster_cells.text(cells, SOURCE.key))
    return Source(match[1], int(match[2]), match[3]) if match else None


def shown(raw: object) -> str:
    """A cell as text for correcting. Of a number too long for Excel only the digits that are real: 15."""
    if isinstance(raw, int | float) and roster_cells.lost_digits(raw):
        return str(int(raw))[:_KEPT_DIGITS]
    return roster_cells.plain(raw)
