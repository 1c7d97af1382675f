"""Roster files as bases really make them, built with libraries that the project does not read with.

Every builder returns the bytes of a file. Rows are dicts from label to value; a value keeps its type:
an `int` becomes a numeric cell.
"""

import csv
import io
from collections.abc import Mapping, Sequence

import openpyxl
import xlsxwriter
import xlwt

from registry.rules.citizen_ids import check_character

Row = Mapping[str, object]

LABELS = (
    "序号",
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "残疾人证号",
    "户口性质",
    "联系电话",
    "就业状况",
    "学员类别",
    "备注",
)


def citizen_id(born: str = "19710315", order: int = 2, region: str = "620502") -> str:
    """A valid number; an odd `order` is male."""
    body = f"{region}{born}{order:03}"
    return body + check_character(body)


def person(order: int = 2, **cells: object) -> dict[str, object]:
    """A row that is right in every cell; `order` makes its person different from others, cells override."""
    number = citizen_id(order=order)
    row: dict[str, object] = {
        "序号": order,
        "姓名": "赵钱孙李周吴郑王"[order % 8] + "一二三四五六七八九十"[order % 10] + "明华芳"[order % 3],
        "性别": "男" if order % 2 else "女",
        "民族": "汉族",
        "身份证号": number,
        "残疾人证号": f"{number}{order % 7 + 1}{order % 4 + 1}",
        "户口性质": "农村",
        "联系电话": f"138{order:08}",
        "就业状况": "未就业",
    }
    return {**row, **cells}


def people(count: int) -> list[dict[str, object]]:
    """Different people, all right; more than 999 are spread over birth dates."""
    rows = []
    for at in range(count):
        number = citizen_id(born=f"19{70 + at // 900 % 20}{1 + at // 18000 % 12:02}15", order=1 + at % 900)
        sex = "男" if int(number[16]) % 2 else "女"
        rows.append(
            {**person(at % 900), "序号": at + 1, "性别": sex, "身份证号": number, "残疾人证号": f"{number}11"}
        )
    return rows


def labels_of(rows: Sequence[Row], labels: Sequence[str] | None = None) -> list[str]:
    """The given labels, or those of LABELS and of the rows that occur in the rows."""
    if labels is not None:
        return list(labels)
    seen = dict.fromkeys(label for row in rows for label in row)
    return [label for label in LABELS if label in seen] + [label for label in seen if label not in LABELS]


def messy_roster(
    rows: Sequence[Row],
    *,
    labels: Sequence[str] | None = None,
    title_rows: Sequence[str] = ("天水市秦州区残疾人职业技能培训班学员花名册",),
    merged: Mapping[str, tuple[int, int]] | None = None,
    totals: bool = True,
    signature: bool = True,
    hidden: Sequence[int] = (),
    sheet_name: str = "花名册",
    other_sheets: Mapping[str, Sequence[Sequence[object]]] | None = None,
    hidden_sheets: Sequence[str] = (),
    header_rows: Sequence[Sequence[object]] | None = None,
    header_merges: Sequence[str] = (),
) -> bytes:
    """An xlsx with merged title rows above the header, and totals and signatures below.

    `merged` maps a label to the first and last data row (from 0) merged in its column; `hidden` lists data
    rows (from 0); `header_rows` replaces the header by several rows, with `header_merges` as A1 ranges.
    """
    names = labels_of(rows, labels)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = sheet_name
    for number, title in enumerate(title_rows, 1):
        sheet.cell(number, 1, title)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(names))
    for header in header_rows or [names]:
        top = sheet.max_row + 1 if (title_rows or sheet.cell(1, 1).value is not None) else 1
        for index, label in enumerate(header, 1):
            sheet.cell(top, index, label)
    for area in header_merges:
        sheet.merge_cells(area)
    first = len(title_rows) + len(header_rows or [names]) + 1
    for at, row in enumerate(rows):
        for index, label in enumerate(names, 1):
            cell = sheet.cell(first + at, index, row.get(label))
            if isinstance(row.get(label), str):
                cell.number_format = "@"
                cell.data_type = "s"
    for label, (top, bottom) in (merged or {}).items():
        column = names.index(label) + 1
        sheet.merge_cells(
            start_row=first + top, end_row=first + bottom, start_column=column, end_column=column
        )
    for at in hidden:
        sheet.row_dimensions[first + at].hidden = True
    last = first + len(rows)
    if totals:
        sheet.cell(last, 1, "合计")
        sheet.cell(last, 2, f"{len(rows)}人")
    if signature:
        sheet.cell(last + 2, 1, "制表人：李某")
        sheet.cell(last + 2, 5, "负责人：王某（签字）")
        sheet.cell(last + 3, 1, "联系电话：0938-8212345     2024年5月1日")
    for name, cells in (other_sheets or {}).items():
        other = book.create_sheet(name)
        for line in cells:
            other.append(list(line))
        if name in hidden_sheets:
            other.sheet_state = "hidden"
    return _saved(book)


def grid(cells: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> bytes:
    """An xlsx with exactly these cells, from A1 on."""
    book = openpyxl.Workbook()
    for line in cells:
        book.active.append(list(line))
    for area in merges:
        book.active.merge_cells(area)
    return _saved(book)


def excel_roster(rows: Sequence[Row]) -> bytes:
    """A plain xlsx as Excel saves it, with its texts in a table of shared strings."""
    names = labels_of(rows)
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, names)
    for at, row in enumerate(rows, 1):
        for index, label in enumerate(names):
            value = row.get(label)
            if isinstance(value, str):
                sheet.write_string(at, index, value)
            elif value is not None:
                sheet.write(at, index, value)
    book.close()
    return output.getvalue()


def xls_roster(rows: Sequence[Row], *, title: str = "花名册", hidden: Sequence[int] = ()) -> bytes:
    """The same in the format of Excel 97: a title, the header, the rows."""
    names = labels_of(rows)
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write_merge(0, 0, 0, len(names) - 1, title)
    for index, label in enumerate(names):
        sheet.write(1, index, label)
    for at, row in enumerate(rows, 2):
        for index, label in enumerate(names):
            if row.get(label) is not None:
                sheet.write(at, index, row[label])
        sheet.row(at).hidden = at - 2 in hidden
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def csv_roster(rows: Sequence[Row], encoding: str = "gb18030", *, title: str | None = "花名册") -> bytes:
    """The same as text; `utf-8-sig` writes the mark."""
    names = labels_of(rows)
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    if title:
        writer.writerow([title] + [""] * (len(names) - 1))
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return output.getvalue().encode(encoding)


def _saved(book: openpyxl.Workbook) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
