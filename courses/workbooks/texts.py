"""A CSV as people save it: UTF-8 with or without a mark, GB18030 (Chinese Excel), UTF-16 ("Unicode text")."""

import csv
import io
import re
from collections.abc import Iterator

from courses.workbooks.errors import WorkbookDamaged, WorkbookDimension, WorkbookEncoding
from courses.workbooks.limits import Limits

# ="620502…" is how some systems keep Excel from turning a number in a CSV into a float.
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')


def decode(data: bytes) -> str:
    """The text. UTF-8 is tried first: a GB18030 file of more than a few characters is never valid UTF-8.

    Raises WorkbookEncoding.
    """
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise WorkbookEncoding(expected=["UTF-8", "GB18030"])


def rows(text: str, limits: Limits) -> Iterator[tuple[int, list[str | None]]]:
    """Rows with content, each with the number of the row that a spreadsheet program would show.

    Raises WorkbookDamaged and WorkbookDimension.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, cells in enumerate(reader, 1):
            if number > limits.rows:
                raise WorkbookDimension(row=number, limit=limits.rows)
            if len(cells) > limits.columns and any(cells[limits.columns :]):
                raise WorkbookDimension(column=len(cells), limit=limits.columns)
            if any(cells):
                yield number, [_unquoted(cell) or None for cell in cells]
    except csv.Error:
        raise WorkbookDamaged(part="csv") from None


def _delimiter(text: str) -> str:
    """The separator that occurs most in the first lines; titles have none, the header has many."""
    head = text[:4000]
    return max(",\t;，", key=head.count)


def _unquoted(cell: str) -> str:
    match = _QUOTED_FORMULA.fullmatch(cell.strip())
    return match[1] if match else cell
