"""One XML part of an xlsx, read once as it inflates: no DTD, not too much, and which rows are hidden."""

import re
from xml.parsers import expat

from courses.workbooks.errors import (
    WorkbookDamaged,
    WorkbookDimension,
    WorkbookDoctype,
    WorkbookEmbedded,
    WorkbookExternalLinks,
    WorkbookMacros,
)
from courses.workbooks.limits import Limits

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_REFUSED_RELATIONSHIPS = {
    "vbaProject": WorkbookMacros,
    "xlMacrosheet": WorkbookMacros,
    "externalLink": WorkbookExternalLinks,
    "externalLinkPath": WorkbookExternalLinks,
    "attachedTemplate": WorkbookExternalLinks,
    "connections": WorkbookExternalLinks,
    "oleObject": WorkbookEmbedded,
    "package": WorkbookEmbedded,
}


class PartsBudget:
    """How many elements, and cells in the rectangles of content, all parts together may still have."""

    def __init__(self, limits: Limits) -> None:
        self.elements = limits.elements
        self.cells = limits.cells


class PartScan:
    """Feed it the bytes of a part; it raises a WorkbookError, or knows in the end what the guard asks."""

    def __init__(self, name: str, budget: PartsBudget, limits: Limits) -> None:
        self.hidden_rows: set[int] = set()
        self.sheet_relationships: list[str] = []
        self.targets: dict[str, str] = {}
        self._name = name
        self._budget = budget
        self._limits = limits
        self._row = self._column = 0
        self._last_row = self._last_column = 0
        self._merges = 0
        self._columns: dict[str, int] = {}
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start

    def feed(self, chunk: bytes) -> None:
        """Raises WorkbookDoctype, WorkbookDimension, WorkbookDamaged or the refusal of a relationship."""
        self._parse(chunk, final=False)

    def close(self) -> None:
        """To be called after the last chunk. Raises WorkbookDamaged when the part ends too early,
        WorkbookDimension when the sheets together span too much."""
        self._parse(b"", final=True)
        self._budget.cells -= self._last_row * self._last_column
        if self._budget.cells < 0:
            raise WorkbookDimension(cells=self._limits.cells)

    def _parse(self, chunk: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except (expat.ExpatError, LookupError, ValueError):
            raise WorkbookDamaged(part=self._name) from None

    def _doctype(self, *_: object) -> None:
        raise WorkbookDoctype(part=self._name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._budget.elements -= 1
        if self._budget.elements < 0:
            raise WorkbookDimension(elements=self._limits.elements)
        local = name.rpartition(":")[2]
        if local == "c":
            self._cell(attributes.get("r"))
        elif local in ("v", "is", "f"):
            self._content()
        elif local == "row":
            self._start_row(attributes)
        elif local == "dimension":
            self._dimension(attributes.get("ref", ""))
        elif local == "mergeCell":
            self._merges += 1
            if self._merges > self._limits.merges:
                raise WorkbookDimension(merges=self._limits.merges)
        elif local == "sheet":
            self.sheet_relationships.append(next((v for k, v in attributes.items() if k.endswith(":id")), ""))
        elif local == "Relationship":
            self._relationship(attributes)
        elif local in ("Override", "Default") and "macroEnabled" in attributes.get("ContentType", ""):
            raise WorkbookMacros()

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = int(number) if number else self._row + 1
        self._column = 0
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
            self.hidden_rows.add(self._row)

    def _cell(self, reference: str | None) -> None:
        # Without a reference a cell stands right of the one before.
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = self._place(reference)

    def _content(self) -> None:
        """Only cells with content count: blank formatted cells reach to the edge of many honest sheets."""
        limits = self._limits
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row > limits.rows:
            raise WorkbookDimension(row=self._last_row, limit=limits.rows)
        if self._last_column > limits.columns:
            raise WorkbookDimension(column=self._last_column, limit=limits.columns)

    def _dimension(self, reference: str) -> None:
        if not reference:
            return
        corners = [self._place(corner) for corner in reference.split(":")]
        rows = corners[-1][0] - corners[0][0] + 1
        columns = corners[-1][1] - corners[0][1] + 1
        if rows * columns > self._limits.declared_cells:
            raise WorkbookDimension(
                row=corners[-1][0], column=corners[-1][1], cells=self._limits.declared_cells
            )

    def _relationship(self, attributes: dict[str, str]) -> None:
        refusal = _REFUSED_RELATIONSHIPS.get(attributes.get("Type", "").rpartition("/")[2])
        if refusal:
            raise refusal()
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _place(self, reference: str) -> tuple[int, int]:
        """Row and column, both from 1, of a reference such as AB12."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise WorkbookDamaged(part=self._name)
        letters = match[1]
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            self._columns[letters] = column
        return int(match[2]), column
