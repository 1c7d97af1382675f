import io
from datetime import date, datetime

import openpyxl
import pytest

from courses.workbooks import reading
from courses.workbooks.errors import WorkbookDimension, WorkbookEmpty
from courses.workbooks.guard import Kind
from courses.workbooks.limits import Limits
from courses.workbooks.reading import Merge
from tests.courses.workbooks import messy


def cells(book: reading.Workbook) -> list[tuple[object, ...]]:
    return [row.cells for row in book.sheets[0].rows]


def test_a_cell_keeps_whether_it_was_text_or_a_number():
    book = reading.read(
        messy.grid([["620502197103150026", 620502197103150026, 13812341234, 1.5, True]]), "a.xlsx"
    )

    text, number, phone, fraction, truth = cells(book)[0]
    assert text == "620502197103150026"
    assert isinstance(number, int)
    assert number != 620502197103150026  # what Excel has lost is lost
    assert phone == 13812341234
    assert isinstance(phone, int)
    assert (fraction, truth) == (1.5, True)


def test_dates_become_text_that_json_keeps():
    book = openpyxl.Workbook()
    book.active.append([date(1971, 3, 15), datetime(2024, 5, 1, 8, 30)])
    output = io.BytesIO()
    book.save(output)

    assert cells(reading.read(output.getvalue(), "a.xlsx")) == [("1971-03-15", "2024-05-01 08:30:00")]


def test_rows_are_numbered_as_the_program_shows_them_and_cells_begin_at_column_a():
    data = messy.grid([[], [], [None, None, "x"], [], [None, "y"]])

    rows = reading.read(data, "a.xlsx").sheets[0].rows

    assert [(row.number, row.cells) for row in rows] == [(3, (None, None, "x")), (5, (None, "y", None))]


@pytest.mark.parametrize("build", [messy.messy_roster, messy.xls_roster])
def test_hidden_rows_are_read_and_marked(build):
    name = "a.xls" if build is messy.xls_roster else "a.xlsx"
    data = build([messy.person(1), messy.person(2), messy.person(3)], hidden=[1])

    rows = reading.read(data, name).sheets[0].rows

    assert [row.number for row in rows if row.hidden] == [4]


def test_hidden_sheets_are_marked():
    data = messy.messy_roster(
        [messy.person()], other_sheets={"字典": [["男"]], "二班": [["x"]]}, hidden_sheets=["字典"]
    )

    assert [(s.name, s.visible) for s in reading.read(data, "a.xlsx").sheets] == [
        ("花名册", True),
        ("字典", False),
        ("二班", True),
    ]


def test_merged_cells_are_reported_within_the_content():
    data = messy.grid([["标题", None], ["a", "b"]], merges=["A1:XFD1", "A500:B501"])

    assert reading.read(data, "a.xlsx").sheets[0].merges == (Merge(1, 0, 1, 1),)


def test_xls_and_xlsx_give_the_same_rows():
    people = [messy.person(1), messy.person(2)]
    xls = reading.read(messy.xls_roster(people), "a.xls")
    xlsx = reading.read(
        messy.messy_roster(people, title_rows=["花名册"], totals=False, signature=False), "a.xlsx"
    )
    excel = reading.read(messy.excel_roster(people), "a.xlsx")

    assert xls.kind is Kind.XLS
    assert cells(xls) == cells(xlsx)
    assert cells(excel) == cells(xlsx)[1:]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding_people_save_it_in(encoding):
    data = messy.csv_roster([messy.person(姓名="𫖯古丽·买")], encoding)

    book = reading.read(data, "名单.csv")

    assert book.kind is Kind.CSV
    assert cells(book)[1][1] == "姓名"
    assert cells(book)[2][1] == "𫖯古丽·买"
    assert [row.number for row in book.sheets[0].rows] == [1, 2, 3]


@pytest.mark.parametrize(
    "text", ["姓名\t身份证号\r\n张三\t1\r\n", "姓名;身份证号\n张三;1\n", '姓名,身份证号\n"张三","=""1"""\n']
)
def test_csv_separators_and_quoted_formulas_are_understood(text):
    if '=""' in text:
        text = text.replace('"=""1"""', '="1"')

    assert cells(reading.read(text.encode(), "a.csv")) == [("姓名", "身份证号"), ("张三", "1")]


def test_csv_beyond_the_limits_is_refused():
    with pytest.raises(WorkbookDimension):
        reading.read(b"a\n" * 30, "a.csv", limits=Limits(rows=20))
    with pytest.raises(WorkbookDimension):
        reading.read(b"a," * 30 + b"b", "a.csv", limits=Limits(columns=20))


@pytest.mark.parametrize(
    ("data", "name"), [(messy.grid([[]]), "a.xlsx"), (b"\n,,\n", "b.csv"), (b"\n", "c.csv")]
)
def test_a_workbook_without_content_is_refused(data, name):
    with pytest.raises(WorkbookEmpty):
        reading.read(data, name)


def test_repr_shows_no_cell():
    book = reading.read(messy.messy_roster([messy.person()]), "a.xlsx")

    assert "620502" not in repr(book)
