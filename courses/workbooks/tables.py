"""The rows of the table below a header: every person, no total and no signature."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from courses.rules.columns import Column
from courses.workbooks import headers
from courses.workbooks.errors import ColumnsMissing, HeaderMissing, RowsMissing
from courses.workbooks.headers import Header
from courses.workbooks.reading import CellValue, Merge, Row, Sheet, Workbook


class SkipReason(StrEnum):
    """Why a row with content is not a row of the table."""

    TOTAL = "total"
    """合计, 小计 and the like."""
    SIGNATURE = "signature"
    """制表人, 负责人, 盖章 and the like; remarks below the table."""
    REPEATED_HEADER = "repeated_header"
    """The header again, as on every printed page."""
    CONTINUATION = "continuation"
    """The lower half of a row whose name or number is a merged cell."""
    NUMBERED_BLANK = "numbered_blank"
    """A serial number waiting for a person."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: sheet and number as the spreadsheet program shows them, the cells by column key."""

    sheet: str
    number: int
    cells: Mapping[str, CellValue] = field(repr=False)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was left out, and why."""

    sheet: str
    number: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Table:
    """What one sheet held: its header, its rows, and the rows left out."""

    sheet: str
    header: Header
    rows: tuple[TableRow, ...]
    skipped: tuple[SkippedRow, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """The tables of a workbook, and the sheets that held something else or are hidden."""

    tables: tuple[Table, ...]
    ignored_sheets: tuple[str, ...]

    @property
    def rows(self) -> Iterator[TableRow]:
        """All rows of all tables, in the order of the workbook."""
        return (row for table in self.tables for row in table.rows)


_TOTAL = re.compile(r"^(合计|总计|小计|共计|累计|总人数|人数|本页|共\d+人)")
_SIGNATURE = re.compile(
    r"^(签字|签名|签章|盖章|公章|制表|填表|填报|负责人|审核|审批|复核|经办|单位|主管|培训机构|培训单位|培训基地|班主任|日期|时间"
    r"|联系(人|电话|方式)|备注:|注:|说明|附|\d{4}年)"
    r"|[(（]?(签字|签章|盖章|公章)[)）]?[:：]?$|[人长](签字|签章|签名)?[:：]"
)
_NUMBER = re.compile(r"\W*(\d{10}|\d+(\.\d+)?E\+\d+)")


def extract(workbook: Workbook, columns: Sequence[Column]) -> Extract:
    """Every visible sheet with a whole header, read to its end.

    Several such sheets (one per township, say) are all read; hidden sheets never are.

    Raises HeaderMissing when no sheet has a header, ColumnsMissing when the best lacks a required column,
    RowsMissing when all are empty.
    """
    tables: list[Table] = []
    ignored: list[str] = []
    partial: Header | None = None
    for sheet in workbook.sheets:
        header = headers.find(sheet, columns) if sheet.visible else None
        if header is not None and not header.lacks(columns):
            tables.append(_table(sheet, header, columns))
        else:
            if sheet.rows:
                ignored.append(sheet.name)
            if header and (partial is None or len(header.places) > len(partial.places)):
                partial = header
    if tables:
        if not any(table.rows for table in tables):
            raise RowsMissing(sheets=[table.sheet for table in tables])
        return Extract(tuple(tables), tuple(ignored))
    required = [column.label for column in columns if column.required]
    if partial is None:
        raise HeaderMissing(expected=required)
    raise ColumnsMissing(
        missing=[column.label for column in partial.lacks(columns)],
        seen=[*partial.labels.values(), *partial.unknown][:50],
    )


def _table(sheet: Sheet, header: Header, columns: Sequence[Column]) -> Table:
    read = {column.key: header.places[column.key] for column in columns if column.key in header.places}
    identity = [read[column.key] for column in columns if column.is_identity and column.key in read]
    imported = {column.key: read[column.key] for column in columns if column.is_read and column.key in read}
    inherited = _inherited(sheet, header, set(read.values()) - set(identity))
    continued = _continued(sheet.merges, header, identity)
    rows: list[TableRow] = []
    skipped: list[SkippedRow] = []
    for row in sheet.rows:
        if row.number <= header.bottom:
            continue
        cells = {key: _cell(row, index, inherited) for key, index in imported.items()}
        reason = _skip_reason(row, header, identity, cells, continued)
        if reason:
            skipped.append(SkippedRow(sheet.name, row.number, reason))
        elif any(not _blank(value) for value in cells.values()):
            rows.append(TableRow(sheet.name, row.number, cells, row.hidden))
    return Table(sheet.name, header, tuple(rows), tuple(skipped))


def _cell(row: Row, index: int, inherited: Mapping[tuple[int, int], CellValue]) -> CellValue:
    value = row.cells[index] if index < len(row.cells) else None
    return inherited.get((row.number, index)) if value is None else value


def _skip_reason(
    row: Row,
    header: Header,
    identity: Sequence[int],
    cells: Mapping[str, CellValue],
    continued: frozenset[int],
) -> SkipReason | None:
    own = [row.cells[index] for index in identity if index < len(row.cells)]
    if any(_is_number(value) for value in own):
        return None
    first = next((headers.normal(value) or "-" for value in row.cells if not _blank(value)), "")
    if _TOTAL.match(first) or any(_TOTAL.match(headers.normal(value)) for value in own):
        return SkipReason.TOTAL
    texts = {headers.normal(value) for value in row.cells if not _blank(value)}
    if len(texts & {headers.normal(label) for label in header.labels.values()}) >= 2:
        return SkipReason.REPEATED_HEADER
    if all(_blank(value) for value in own):
        if row.number in continued:
            return SkipReason.CONTINUATION
        if _SIGNATURE.search(_raw_first(row)) or (len(_filled_cells(row)) == 1 and len(first) > 4):
            return SkipReason.SIGNATURE
        mapped = {
            key
            for key, index in header.places.items()
            if index < len(row.cells) and row.cells[index] is not None
        }
        if mapped <= {"serial"}:
            return SkipReason.NUMBERED_BLANK
    elif _SIGNATURE.search(_raw_first(row)):
        return SkipReason.SIGNATURE
    return None


def _is_number(value: CellValue) -> bool:
    """Whether a cell holds something like an ID: then its row is a person, whatever else it says."""
    return bool(value is not None and _NUMBER.match(headers.normal(value)))


def _blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u00a0\u3000\u200b\ufeff"))


def _filled_cells(row: Row) -> list[CellValue]:
    return [value for value in row.cells if not _blank(value)]


def _raw_first(row: Row) -> str:
    """The first text of a row with its colon, which tells 负责人: from a person named 负."""
    return re.sub(r"\s+", "", str(_filled_cells(row)[0])).replace("：", ":") if _filled_cells(row) else ""


def _inherited(sheet: Sheet, header: Header, indexes: set[int]) -> dict[tuple[int, int], CellValue]:
    """What merged cells of one column pass down to the rows below their first."""
    by_number = {row.number: row for row in sheet.rows}
    passed: dict[tuple[int, int], CellValue] = {}
    for merge in sheet.merges:
        top = by_number.get(merge.top)
        if (
            merge.left != merge.right
            or merge.left not in indexes
            or merge.top <= header.bottom
            or top is None
        ):
            continue
        value = top.cells[merge.left] if merge.left < len(top.cells) else None
        if value is not None:
            last = min(merge.bottom, sheet.rows[-1].number)
            passed.update({(number, merge.left): value for number in range(merge.top + 1, last + 1)})
    return passed


def _continued(merges: Sequence[Merge], header: Header, identity: Sequence[int]) -> frozenset[int]:
    """Rows below the first of a merged name or number."""
    return frozenset(
        number
        for merge in merges
        if merge.top > header.bottom and any(merge.left <= index <= merge.right for index in identity)
        for number in range(merge.top + 1, min(merge.bottom, merge.top + 1000) + 1)
    )
