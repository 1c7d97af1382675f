"""Spreadsheets out: every cell a text, never a formula, whatever a stranger typed into it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from courses.rules.columns import Column

ERROR_LABEL = "错误说明"
TEMPLATE_ROWS = 2000
"""Rows of a blank form that carry the text format and the drop-down lists."""

# OWASP "CSV injection": leading characters that a spreadsheet program takes for a formula, in both widths;
# the tab, line ends and NUL of that list are blanks by then.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")
_MAX_CELL = 32_767
_MAX_COLUMN_WIDTH = 60
_MAX_LIST_CHARACTERS = 255


def write_table(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, sheet_name: str = "Sheet1"
) -> bytes:
    """An xlsx of one sheet: header frozen and bold, every cell written as text in a text-formatted column."""
    output, book = new_book()
    sheet, formats = new_sheet(book, sheet_name, headers, [label_width(header) for header in headers])
    for number, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            sheet.write_string(number, index, cell_text(value), formats["text"])
    book.close()
    return output.getvalue()


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV for Excel: UTF-8 with its mark; what could start a formula gets an apostrophe before it."""
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow([_harmless(header) for header in headers])
    writer.writerows([_harmless(cell_text(value)) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + output.getvalue().encode("utf-8", "replace")


def write_bad_rows(
    columns: Sequence[Column],
    rows: Iterable[tuple[Mapping[str, object], str]],
    *,
    sheet_name: str = "花名册",
    error_label: str = ERROR_LABEL,
) -> bytes:
    """Rows to be corrected and loaded again: the cells as they were, and last what is wrong with the row."""
    read = [column for column in columns if column.is_read]
    output, book = new_book()
    widths = [max(column.width, label_width(column.label)) for column in read] + [_MAX_COLUMN_WIDTH]
    sheet, formats = new_sheet(book, sheet_name, [*(column.label for column in read), error_label], widths)
    for number, (cells, words) in enumerate(rows, 1):
        for index, column in enumerate(read):
            sheet.write_string(number, index, cell_text(cells.get(column.key)), formats["text"])
        sheet.write_string(number, len(read), cell_text(words), formats["error"])
    book.close()
    return output.getvalue()


def write_template(
    columns: Sequence[Column],
    *,
    instructions: Sequence[str],
    sheet_name: str = "花名册",
    instructions_name: str = "填写说明",
) -> bytes:
    """A blank form: text-formatted columns, drop-down lists where there are choices, and instructions."""
    read = [column for column in columns if column.is_read]
    output, book = new_book()
    labels = [f"{column.label}*" if column.required else column.label for column in read]
    widths = [max(column.width, label_width(column.label)) for column in read]
    sheet, formats = new_sheet(book, sheet_name, labels, widths)
    for index, column in enumerate(read):
        if column.choices:
            # A list is a suggestion here, not a lock: the import knows more spellings than the list.
            sheet.data_validation(
                1,
                index,
                TEMPLATE_ROWS,
                index,
                {"validate": "list", "source": _list_source(book, column), "error_type": "information"},
            )
    page = book.add_worksheet(instructions_name)
    page.set_column(0, 0, 90, formats["wrap"])
    for number, line in enumerate(instructions):
        page.write_string(number, 0, cell_text(line), formats["wrap"])
    book.close()
    return output.getvalue()


def new_book() -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    """A workbook, and the bytes it will be once it is closed."""
    output = io.BytesIO()
    # constant_memory keeps one row at a time; strings_to_* stay off, as only write_string is called.
    return output, xlsxwriter.Workbook(output, {"constant_memory": True})


def new_sheet(
    book: xlsxwriter.Workbook, name: str, labels: Sequence[str], widths: Sequence[int]
) -> tuple[Worksheet, dict[str, Format]]:
    """A sheet with its header written and frozen, and the formats of its cells."""
    formats = {
        "header": book.add_format({"bold": True, "num_format": "@", "text_wrap": True, "valign": "vcenter"}),
        "text": book.add_format({"num_format": "@"}),
        "wrap": book.add_format({"num_format": "@", "text_wrap": True}),
        "error": book.add_format({"num_format": "@", "text_wrap": True, "font_color": "#9C0006"}),
    }
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for index, (label, width) in enumerate(zip(labels, widths, strict=True)):
        sheet.set_column(index, index, width, formats["text"])
        sheet.write_string(0, index, cell_text(label), formats["header"])
    return sheet, formats


def _list_source(book: xlsxwriter.Workbook, column: Column) -> list[str] | str:
    """The choices themselves, or a hidden sheet of them where they are too long for a cell's list."""
    if len(",".join(column.choices)) <= _MAX_LIST_CHARACTERS:
        return list(column.choices)
    page = book.add_worksheet(f"选项{column.key}"[:31])
    page.hide()
    for number, choice in enumerate(column.choices):
        page.write_string(number, 0, choice)
    return f"='{page.get_name()}'!$A$1:$A${len(column.choices)}"


def cell_text(value: object) -> str:
    """What a cell shows; control characters, which XML cannot hold, become blanks."""
    text = "" if value is None else str(value)
    cleaned = "".join(
        c if c.isprintable() or c in "\t\n\u3000\u00a0" or ord(c) >= 0xE000 else " " for c in text
    )
    return cleaned[:_MAX_CELL].encode("utf-8", "replace").decode()


def _harmless(text: str) -> str:
    # Some programs drop blanks before they look at the first character.
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text


def label_width(label: str) -> int:
    """How wide a column is that shows its header, in characters."""
    return min(_MAX_COLUMN_WIDTH, max(10, 2 * len(label) + 4))
