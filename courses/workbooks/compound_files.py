"""An xls as an OLE compound file: chains that end, no password, no macros, cells within bounds, hidden rows.

Formats: [MS-CFB] for the container, [MS-XLS] for the records of the workbook stream.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from courses.workbooks.errors import (
    WorkbookDamaged,
    WorkbookDimension,
    WorkbookEmbedded,
    WorkbookEncrypted,
    WorkbookMacros,
)
from courses.workbooks.limits import Limits

_END_OF_CHAIN = 0xFFFFFFFE
_NO_SECTOR = 0xFFFFFFFA
_STORAGE, _STREAM, _ROOT = 1, 2, 5
# Excel 97 to 2003 has 65,536 rows by 256 columns; the reader reserves room for what the sheet claims.
_SHEET_ROWS, _SHEET_COLUMNS = 65_536, 256

_BOF, _EOF, _SHEET, _PASSWORD, _SHARED_STRINGS = 0x809, 0x0A, 0x85, 0x2F, 0xFC
_ROW, _DIMENSIONS, _MANY_NUMBERS = 0x208, 0x200, 0xBD
_CELLS = frozenset({0x06, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E, _MANY_NUMBERS})
_WORKSHEET, _MACRO_SHEET = 0, 1


@dataclass(frozen=True, slots=True)
class CheckedCompound:
    """Whether the file holds a workbook, and the hidden rows of its sheets by their place in it."""

    is_workbook: bool
    hidden_rows: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def inspect(data: bytes, limits: Limits) -> CheckedCompound:
    """Check a compound file. Raises a WorkbookError for anything that is not as it should be."""
    try:
        container = _Container(data)
        names = {entry.name.casefold() for entry in container.entries}
        if "encryptedpackage" in names:
            raise WorkbookEncrypted()
        if names & {"_vba_project_cur", "_vba_project", "vba", "macros"}:
            raise WorkbookMacros()
        if "objectpool" in names or any(name.startswith("mbd") for name in names):
            raise WorkbookEmbedded()
        stream = next((e for e in container.entries if e.name.casefold() in ("workbook", "book")), None)
        if stream is None:
            return CheckedCompound(is_workbook=False)
        return CheckedCompound(is_workbook=True, hidden_rows=_scan(container.content(stream), limits))
    except (struct.error, IndexError):
        raise WorkbookDamaged(part="structure") from None


class _Container:
    """The streams of a compound file; every chain is walked once, so none of them runs in a circle."""

    def __init__(self, data: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise WorkbookDamaged(part="header")
        self._data = data
        self._size = 1 << shift
        directory, _, self._cutoff, mini_start = struct.unpack_from("<4I", data, 48)
        self._table = self._allocation_table()
        self.entries = list(self._read_entries(self._join(directory)))
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        if root is None:
            raise WorkbookDamaged(part="directory")
        self._mini = self._join(root.start) if root.start < _NO_SECTOR else b""
        packed = self._join(mini_start) if mini_start < _NO_SECTOR else b""
        self._mini_table = struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])
        for entry in self.entries:
            if entry.kind == _STREAM:
                self.content(entry)

    def content(self, entry: _Entry) -> bytes:
        if entry.size == 0:
            return b""
        if entry.size >= self._cutoff:
            content = self._join(entry.start)
        else:
            parts = [self._mini[at * 64 : at * 64 + 64] for at in _chain(self._mini_table, entry.start)]
            content = b"".join(parts)
        if len(content) < entry.size:
            raise WorkbookDamaged(part="stream")
        return content[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise WorkbookDamaged(part="sector")
        return sector

    def _join(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(self._table, start))

    def _allocation_table(self) -> tuple[int, ...]:
        """The FAT: its sectors are listed in the header and, in large files, in a chain of their own."""
        data, per_sector = self._data, self._size // 4
        listed = list(struct.unpack_from("<109I", data, 76))
        more, count = struct.unpack_from("<2I", data, 68)
        if count > len(data) // self._size:
            raise WorkbookDamaged(part="header")
        for _ in range(count):
            if more >= _NO_SECTOR:
                break
            *numbers, more = struct.unpack(f"<{per_sector}I", self._sector(more))
            listed += numbers
        sectors = [number for number in listed if number < _NO_SECTOR]
        if len(sectors) > len(data) // self._size:
            raise WorkbookDamaged(part="header")
        packed = b"".join(self._sector(number) for number in sectors)
        return struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])

    @staticmethod
    def _read_entries(packed: bytes) -> Iterator[_Entry]:
        for at in range(0, len(packed) - 127, 128):
            length, kind = struct.unpack_from("<HB", packed, at + 64)
            start, size = struct.unpack_from("<2I", packed, at + 116)
            if kind in (_STORAGE, _STREAM, _ROOT):
                name = packed[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                yield _Entry(name.lstrip("\x01\x05\x06"), kind, start, size)


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    seen = 0
    number = start
    while number != _END_OF_CHAIN:
        seen += 1
        if number >= len(table) or seen > len(table):
            raise WorkbookDamaged(part="chain")
        yield number
        number = table[number]


def _scan(stream: bytes, limits: Limits) -> dict[int, frozenset[int]]:
    """Walk the records once: bounds, password and hidden rows of every sheet, by place in the workbook."""
    starts: dict[int, int] = {}
    reached: set[int] = set()
    hidden: dict[int, set[int]] = {}
    last: dict[int, tuple[int, int]] = {}
    depth = places = 0
    place: int | None = None
    for at, kind, body in _records(stream):
        if kind == _BOF:
            depth += 1
            if at in starts and depth == 1:
                place = starts[at]
                reached.add(at)
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                depth, place = 0, None
        elif kind == _PASSWORD:
            raise WorkbookEncrypted()
        elif kind == _SHEET:
            start, _, sheet_kind = struct.unpack_from("<IBB", body)
            if sheet_kind == _MACRO_SHEET:
                raise WorkbookMacros()
            if start in starts:
                raise WorkbookDamaged(part="sheet")
            if sheet_kind == _WORKSHEET:
                starts[start] = places
            places += 1
        elif kind == _SHARED_STRINGS:
            # The reader makes room for as many strings as are announced; each takes three bytes at least.
            if struct.unpack_from("<I", body, 4)[0] > len(stream) // 3:
                raise WorkbookDamaged(part="strings")
        elif kind == _DIMENSIONS:
            _check_dimensions(body)
        elif place is not None and depth == 1:
            if kind in _CELLS:
                row, column = _checked_cell(kind, body, limits)
                rows, columns = last.get(place, (0, 0))
                last[place] = max(rows, row), max(columns, column)
            elif kind == _ROW:
                number, flags = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
                if flags & 0x20:
                    hidden.setdefault(place, set()).add(number + 1)
    if not starts or starts.keys() - reached:
        raise WorkbookDamaged(part="sheet")
    if sum(rows * columns for rows, columns in last.values()) > limits.cells:
        raise WorkbookDimension(cells=limits.cells)
    return {place: frozenset(rows) for place, rows in hidden.items()}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0 and not stream[at:].strip(b"\0"):
            return
        if at + 4 + length > end:
            raise WorkbookDamaged(part="record")
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _checked_cell(kind: int, body: bytes, limits: Limits) -> tuple[int, int]:
    """Row and column of a cell, both from 1."""
    row, column = struct.unpack_from("<HH", body)
    if kind == _MANY_NUMBERS:
        column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0])
    if row >= limits.rows:
        raise WorkbookDimension(row=row + 1, limit=limits.rows)
    if column >= limits.columns:
        raise WorkbookDimension(column=column + 1, limit=limits.columns)
    return row + 1, column + 1


def _check_dimensions(body: bytes) -> None:
    if len(body) >= 14:
        first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", body)
    else:
        first_row, last_row, first_column, last_column = struct.unpack_from("<HHHH", body)
    if last_row > _SHEET_ROWS or last_column > _SHEET_COLUMNS:
        raise WorkbookDimension(row=last_row, column=last_column, cells=_SHEET_ROWS * _SHEET_COLUMNS)
    if last_row and (first_row > last_row or first_column > last_column):
        raise WorkbookDamaged(part="dimensions")
