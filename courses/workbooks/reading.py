"""Bytes in, sheets of rows out. A cell keeps its type: `str` was text, `int` and `float` were numbers."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import python_calamine

from courses.workbooks import guard, texts
from courses.workbooks.errors import WorkbookDamaged, WorkbookEmpty, WorkbookEncrypted
from courses.workbooks.guard import Kind, SafeFile
from courses.workbooks.limits import LIMITS, Limits

CellValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row with content; `number` is what the spreadsheet program shows, `cells` begin at column A."""

    number: int
    cells: tuple[CellValue, ...] = field(repr=False)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged rectangle: rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet in the order of the workbook; rows without content are left out."""

    name: str
    rows: tuple[Row, ...] = field(repr=False)
    merges: tuple[Merge, ...] = ()
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was in the file."""

    kind: Kind
    sheets: tuple[Sheet, ...]


def read(data: bytes, file_name: str, *, limits: Limits = LIMITS) -> Workbook:
    """Guard a file and read it. Raises a WorkbookError, and nothing else, for any bytes."""
    safe = guard.check(data, file_name, limits=limits)
    sheets = tuple(_text_sheets(safe, limits) if safe.kind is Kind.CSV else _calamine_sheets(safe, limits))
    if not any(sheet.rows for sheet in sheets):
        raise WorkbookEmpty()
    return Workbook(safe.kind, sheets)


def _text_sheets(safe: SafeFile, limits: Limits) -> Iterator[Sheet]:
    rows = texts.rows(texts.decode(safe.content), limits)
    yield Sheet("CSV", tuple(Row(number, tuple(cells)) for number, cells in rows))


def _calamine_sheets(safe: SafeFile, limits: Limits) -> Iterator[Sheet]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(safe.content))
        for place, about in enumerate(book.sheets_metadata):
            if about.typ is python_calamine.SheetTypeEnum.WorkSheet:
                hidden = safe.hidden_rows.get(place, frozenset())
                yield _sheet(book.get_sheet_by_index(place), about.visible, hidden, limits)
    except python_calamine.PasswordError:
        raise WorkbookEncrypted() from None
    except (python_calamine.CalamineError, ValueError, OverflowError, OSError):
        raise WorkbookDamaged(part="content") from None
    except BaseException as error:
        # A panic of the reader's Rust code is not an Exception; it is a damaged file all the same.
        if type(error).__name__ != "PanicException":
            raise
        raise WorkbookDamaged(part="content") from None


def _sheet(
    source: python_calamine.CalamineSheet,
    visible: python_calamine.SheetVisibleEnum,
    hidden: frozenset[int],
    limits: Limits,
) -> Sheet:
    first_column = source.start[1] if source.start else 0
    padding: tuple[CellValue, ...] = (None,) * first_column
    rows = []
    if source.start:
        for number, values in enumerate(source.iter_rows(), 1):
            cells = tuple([_value(value) for value in values])
            if any(cell is not None for cell in cells):
                rows.append(Row(number, padding + cells, number in hidden))
    is_visible = visible is python_calamine.SheetVisibleEnum.Visible
    return Sheet(source.name, tuple(rows), _merges(source, limits), is_visible)


def _merges(source: python_calamine.CalamineSheet, limits: Limits) -> tuple[Merge, ...]:
    """Merged cells, cut to the content of the sheet; in an honest file they never overlap."""
    last_row, last_column = source.end or (0, 0)
    merges: list[Merge] = []
    covered = 0
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        if top > last_row or left > last_column:
            continue
        merge = Merge(top + 1, left, min(bottom, last_row) + 1, min(right, last_column))
        covered += (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if len(merges) >= limits.merges or covered > limits.cells:
            raise WorkbookDamaged(part="merges")
        merges.append(merge)
    return tuple(merges)


def _value(value: object) -> CellValue:
    if value == "":
        return None
    # Every number of a spreadsheet is a float; 13812341234.0 is a telephone number to its reader.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | int | float):
        return value
    # Dates and times, in the form ISO 8601 that JSON can keep.
    return str(value)
