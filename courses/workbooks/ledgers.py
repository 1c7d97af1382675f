"""Ledgers out: a first sheet that says who, when, why and for whom, then the sheets, every cell a text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courses.workbooks import writing

COVER = "导出说明"
_LONGEST_FOOTER = 200
"""Of the 255 characters that a page's header may have."""


@dataclass(frozen=True)
class LedgerSheet:
    """A sheet by its name, its headers, and its rows as they come."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_ledger(sheets: Iterable[LedgerSheet], *, cover: Sequence[tuple[str, str]], mark: str) -> bytes:
    """An xlsx: `cover` as label and text on its first sheet, `mark` on every page that is printed."""
    output, book = writing.new_book()
    page, formats = writing.new_sheet(book, COVER, [COVER, mark], [20, 80])
    for number, (label, text) in enumerate(cover, 1):
        page.write_string(number, 0, writing.cell_text(label), formats["header"])
        page.write_string(number, 1, writing.cell_text(text), formats["wrap"])
    for sheet in sheets:
        widths = [writing.label_width(header) for header in sheet.headers]
        page, formats = writing.new_sheet(book, sheet.name, sheet.headers, widths)
        # "&" begins a code of Excel's in a header: doubled it is itself.
        page.set_header("&C" + mark[:_LONGEST_FOOTER].replace("&", "&&"))
        for number, row in enumerate(sheet.rows, 1):
            for index, value in enumerate(row):
                page.write_string(number, index, writing.cell_text(value), formats["text"])
    book.close()
    return output.getvalue()
