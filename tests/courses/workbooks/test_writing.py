import csv
import io

import openpyxl
import pytest

from courses.rules.columns import Column
from courses.rules.roster_columns import ROSTER_COLUMNS, ROSTER_INSTRUCTIONS
from courses.workbooks import reading, tables, writing
from tests.courses.workbooks import messy

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    "http://x.example/",
    "{=1}",
    "1e5",
]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_no_cell_of_a_table_becomes_a_formula_a_number_or_a_link():
    data = writing.write_table(
        ["=标题", "b"], [[text, 620502197103150026] for text in DANGEROUS], sheet_name="表"
    )

    sheet = opened(data)["表"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert not any(cell.hyperlink for cell in cells)
    assert sheet["A2"].value == "=1+1"
    assert sheet["B2"].value == "620502197103150026"


def test_a_csv_is_harmless_and_opens_in_excel():
    data = writing.write_csv(["姓名", "备注"], [["张三", text] for text in DANGEROUS])

    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["姓名", "备注"]
    for (_, written), text in zip(rows[1:], DANGEROUS, strict=True):
        harmless = text in ("http://x.example/", "{=1}", "1e5")
        assert written.startswith("'") is not harmless
        assert written.removeprefix("'").strip() == text.strip()


def test_control_characters_and_half_characters_do_not_break_a_workbook():
    sheet = opened(
        writing.write_table(["a"], [["x\x00\x07y"], ["\ud800"], [None], ["長" * 40_000], ["𫖯\ue863"]])
    ).active

    assert [sheet.cell(row, 1).value for row in (2, 3, 4, 6)] == ["x  y", " ", "", "𫖯\ue863"]
    assert len(sheet.cell(5, 1).value) == 32_767


def test_bad_rows_can_be_mended_and_loaded_again():
    cells = {
        "name": "张三",
        "citizen_id": "62050219710315002",
        "disability_number": None,
        "phone": 13812341234,
    }

    data = writing.write_bad_rows(ROSTER_COLUMNS, [(cells, "身份证号：应为 18 位，现为 17 位。")])

    sheet = opened(data).active
    assert sheet.cell(1, sheet.max_column).value == "错误说明"
    assert sheet.cell(2, sheet.max_column).value == "身份证号：应为 18 位，现为 17 位。"
    assert sheet.column_dimensions["D"].number_format == "@" or sheet["D2"].number_format == "@"
    found = tables.extract(reading.read(data, "bad.xlsx"), ROSTER_COLUMNS)
    assert found.tables[0].header.unknown == ()
    (row,) = found.rows
    assert {key: value for key, value in row.cells.items() if value is not None} == {
        "name": "张三",
        "citizen_id": "62050219710315002",
        "phone": "13812341234",
    }


def test_the_blank_form_has_text_columns_lists_and_instructions():
    data = writing.write_template(ROSTER_COLUMNS, instructions=ROSTER_INSTRUCTIONS)

    book = opened(data)
    sheet = book["花名册"]
    labels = [cell.value for cell in sheet[1]]
    assert labels[0] == "姓名*"
    assert "身份证号*" in labels
    assert "序号" not in labels
    lists = {
        str(v.sqref).rstrip("0123456789").split(":")[0]: v.formula1
        for v in sheet.data_validations.dataValidation
    }
    assert '"男,女"' in lists.values()
    assert len(lists) == sum(1 for column in ROSTER_COLUMNS if column.choices)
    assert [cell.value for cell in book["填写说明"]["A"]] == list(ROSTER_INSTRUCTIONS)


def test_a_list_too_long_for_a_cell_moves_to_a_hidden_sheet():
    choices = tuple(f"第{number}种选择" for number in range(60))
    columns = (Column("name", "姓名"), Column("wish", "意向", choices=choices))

    book = opened(writing.write_template(columns, instructions=()))

    (validation,) = book["花名册"].data_validations.dataValidation
    page = book[validation.formula1.split("!")[0].strip("'=")]
    assert validation.formula1.endswith("$A$1:$A$60")
    assert page.sheet_state == "hidden"
    assert tuple(cell.value for cell in page["A"]) == choices


def test_the_blank_form_filled_in_by_hand_is_read_back():
    book = opened(writing.write_template(ROSTER_COLUMNS, instructions=ROSTER_INSTRUCTIONS))
    sheet = book["花名册"]
    labels = [str(cell.value).rstrip("*") for cell in sheet[1]]
    for index, label in enumerate(labels, 1):
        sheet.cell(2, index, messy.person(3).get(label))
    output = io.BytesIO()
    book.save(output)

    found = tables.extract(reading.read(output.getvalue(), "填好.xlsx"), ROSTER_COLUMNS)

    (row,) = found.rows
    assert row.cells["citizen_id"] == messy.person(3)["身份证号"]
    assert found.tables[0].header.unknown == ()
    assert found.ignored_sheets[-1] == "填写说明"


@pytest.mark.parametrize("count", [0, 3000])
def test_tables_of_any_length_are_written_row_by_row(count):
    sheet = opened(writing.write_table(["n"], ([n] for n in range(count)))).active

    assert sheet.max_row == count + 1
