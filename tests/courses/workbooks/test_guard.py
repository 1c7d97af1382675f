import io
import time
import tracemalloc
import zipfile

import pytest
import xlwt

from courses.workbooks import guard, reading
from courses.workbooks.errors import (
    WorkbookDamaged,
    WorkbookDimension,
    WorkbookDoctype,
    WorkbookEmbedded,
    WorkbookEmpty,
    WorkbookEncoding,
    WorkbookExtension,
    WorkbookExternalLinks,
    WorkbookMacros,
    WorkbookMembers,
    WorkbookRenamed,
    WorkbookTooLarge,
    WorkbookUnpacked,
)
from courses.workbooks.limits import Limits
from tests.courses.workbooks import hostile, messy
from tests.courses.workbooks.refused import refusal

XLSX = messy.messy_roster([messy.person()])
XLS = messy.xls_roster([messy.person()])
CSV = messy.csv_roster([messy.person()])
EXCEL = messy.excel_roster([messy.person()])
REL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    ("data", "name"),
    [(XLSX, "花名册.XLSX"), (EXCEL, "a.xlsx"), (XLS, "a.b.xls"), (CSV, "x.csv"), (CSV, "x.txt")],
)
def test_honest_files_come_in(data, name):
    assert reading.read(data, name).sheets[0].rows


def test_empty_and_too_large_files_are_refused():
    assert type(refusal(b"")) is WorkbookEmpty
    assert type(refusal(XLSX, limits=Limits(file_bytes=100))) is WorkbookTooLarge
    assert refusal(XLSX, limits=Limits(file_bytes=100)).facts == {"bytes": len(XLSX), "limit": 100}


@pytest.mark.parametrize("name", ["roster", "roster.pdf", "roster.xlsb", "roster.xlsx.exe", "", "xlsx"])
def test_other_extensions_are_refused(name):
    assert type(refusal(XLSX, name)) is WorkbookExtension


HTML = b"\xef\xbb\xbf\n<html xmlns:o='urn:schemas-microsoft-com:office:office'><table></table>"


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (CSV, "a.xlsx", "csv"),
        (CSV, "a.xls", "csv"),
        (XLSX, "a.csv", "xlsx"),
        (XLSX, "a.xls", "xlsx"),
        (XLS, "a.xlsx", "xls"),
        (XLS, "a.csv", "xls"),
        (HTML, "a.xls", "html"),
        (HTML, "a.csv", "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "a.xls",
            "xml",
        ),
        (b"%PDF-1.7 ...", "a.csv", "binary"),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", "binary"),
        (b"a,b\0c", "a.csv", "binary"),
    ],
)
def test_renamed_files_are_refused_and_named_for_what_they_are(data, name, found):
    error = refusal(data, name)

    assert type(error) is WorkbookRenamed
    assert error.facts == {"extension": name[2:], "found": found}


def zip_of(**members: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return output.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (zip_of(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<x/>"), "ods"),
        (zip_of(xl__workbook_bin=b""), "xlsb"),
        (zip_of(word__document_xml=b"<x/>"), "zip"),
        (zip_of(), "zip"),
    ],
)
def test_other_archives_are_named_for_what_they_are(data, found):
    assert refusal(data).facts == {"extension": "xlsx", "found": found}


@pytest.mark.parametrize("build", [hostile.bomb, hostile.lying_bomb])
def test_a_zip_bomb_is_refused_before_it_unfolds(build):
    data = build(80)
    assert len(data) < 1024 * 1024
    tracemalloc.start()
    began = time.perf_counter()

    error = refusal(data)

    spent = time.perf_counter() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert type(error) is WorkbookUnpacked
    assert spent < 5  # about 0.3 s alone; the machine may be busy
    assert peak < 200 * 1024 * 1024


def test_the_ratio_alone_stops_a_small_bomb():
    data = hostile.bomb(40)

    error = refusal(data)

    assert error.facts["limit"] < 10 * 1024 * 1024
    assert type(error) is WorkbookUnpacked


def test_a_directory_that_lies_about_a_small_size_is_refused():
    assert type(refusal(hostile.lying_bomb(0))) is WorkbookDamaged


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<?xml version="1.0"?><!DOCTYPE worksheet SYSTEM "file:///etc/passwd"><worksheet/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet/>'.encode(
            "utf-16"
        ),
    ],
)
@pytest.mark.parametrize("part", [hostile.SHEET, "xl/sharedStrings.xml", "docProps/core.xml"])
def test_a_dtd_in_any_part_is_refused(xml, part):
    error = refusal(hostile.rezip(EXCEL, replace={part: xml}))

    assert type(error) is WorkbookDoctype
    assert error.facts == {"part": part}


@pytest.mark.parametrize(
    ("member", "error"),
    [
        ("xl/vbaProject.bin", WorkbookMacros),
        ("XL/VBAPROJECT.BIN", WorkbookMacros),
        ("xl/macrosheets/sheet1.xml", WorkbookMacros),
        ("xl/externalLinks/externalLink1.xml", WorkbookExternalLinks),
        ("xl/connections.xml", WorkbookExternalLinks),
        ("xl/embeddings/oleObject1.bin", WorkbookEmbedded),
        ("xl/activeX/activeX1.bin", WorkbookEmbedded),
        ("../evil.xml", WorkbookMembers),
        ("/evil.xml", WorkbookMembers),
        ("xl\\..\\evil.xml", WorkbookMembers),
        ("C:evil.xml", WorkbookMembers),
        ("XL/Workbook.xml", WorkbookMembers),
    ],
)
def test_members_that_have_no_place_in_a_roster_are_refused(member, error):
    assert type(refusal(hostile.rezip(XLSX, add={member: b"<x/>"}))) is error


@pytest.mark.parametrize(
    ("kind", "error"), [(b"oleObject", WorkbookEmbedded), (b"externalLink", WorkbookExternalLinks)]
)
def test_relationships_to_such_members_under_other_names_are_refused(kind, error):
    link = b'<Relationship Id="rId99" Type="' + REL + b"/" + kind + b'" Target="x.xml"/></Relationships>'
    part = "xl/_rels/workbook.xml.rels"
    xml = hostile.member(XLSX, part).replace(b"</Relationships>", link)

    assert type(refusal(hostile.rezip(XLSX, replace={part: xml}))) is error


def test_a_macro_workbook_is_refused_by_its_content_type_and_by_its_name():
    part = "[Content_Types].xml"
    xml = hostile.member(XLSX, part).replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")

    assert type(refusal(hostile.rezip(XLSX, replace={part: xml}))) is WorkbookMacros
    assert type(refusal(XLSX, "a.xlsm")) is WorkbookMacros


def test_too_many_members_are_refused():
    many = hostile.rezip(XLSX, add={f"xl/media/{n}.png": b"" for n in range(200)})

    assert refusal(many).facts == {"members": len(zipfile.ZipFile(io.BytesIO(many)).namelist()), "limit": 200}


def test_a_claim_of_a_million_rows_by_sixteen_thousand_columns_is_refused():
    xml = hostile.member(XLSX)
    ref = xml[xml.index(b"<dimension") : xml.index(b"/>", xml.index(b"<dimension")) + 2]

    error = refusal(hostile.with_sheet(ref, b'<dimension ref="A1:XFD1048576"/>'))

    assert type(error) is WorkbookDimension
    assert error.facts["column"] == 16384


@pytest.mark.parametrize(
    ("cell", "facts"),
    [
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', {"row": 1048576, "limit": 20_000}),
        (b'<row r="99"><c r="XFD99"><v>1</v></c></row>', {"column": 16384, "limit": 256}),
        (b'<row r="9"><c r="A1048576"><v>1</v></c></row>', {"row": 1048576, "limit": 20_000}),
        (b"<x:row xmlns:x='y' r='19000'><x:c r='IV19000'><x:is/></x:c></x:row>", {"cells": 1_000_000}),
        (b"<row>" + b"<c><v>1</v></c>" * 300 + b"</row>", {"column": 257, "limit": 256}),
    ],
)
def test_one_far_cell_does_not_make_the_reader_fill_the_plane(cell, facts):
    error = refusal(hostile.with_sheet(b"</sheetData>", cell + b"</sheetData>"))

    assert type(error) is WorkbookDimension
    assert error.facts == facts


def test_blank_formatted_cells_far_out_are_forgiven():
    blank = b'<row r="20"><c r="XFD20" s="1"/></row></sheetData>'

    book = reading.read(hostile.with_sheet(b"</sheetData>", blank), "a.xlsx")

    assert max(len(row.cells) for row in book.sheets[0].rows) < 20


def test_too_many_elements_are_refused():
    data = hostile.with_sheet(b"<sheetData>", b"<sheetData>" + b"<row/>" * 5000)

    assert refusal(data, limits=Limits(elements=4000)).facts == {"elements": 4000}


@pytest.mark.parametrize("reference", [b"A0x", b"ABCD1", b"1A", "甲1".encode()])
def test_a_cell_that_stands_nowhere_is_refused(reference):
    cell = b'<row r="9"><c r="' + reference + b'"><v>1</v></c></row></sheetData>'

    assert type(refusal(hostile.with_sheet(b"</sheetData>", cell))) is WorkbookDamaged


def test_merged_cells_over_one_another_are_refused():
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:K6"/>' * 60 + b"</mergeCells>"
    xml = hostile.member(XLSX)
    old = xml[xml.index(b"<mergeCells") : xml.index(b"</mergeCells>") + len(b"</mergeCells>")]

    assert type(refusal(hostile.with_sheet(old, merges), limits=Limits(cells=1000))) is WorkbookDamaged


def test_text_in_no_known_encoding_is_refused():
    assert type(refusal(b"\xe5\xa7,\xff\xff\xff", "a.csv")) is WorkbookEncoding


def test_hidden_rows_are_found_by_the_guard_in_both_formats():
    book = xlwt.Workbook()
    for name in ("一", "二"):
        book.add_sheet(name).write(0, 0, name)
    book.get_sheet(1).row(0).hidden = True
    output = io.BytesIO()
    book.save(output)

    assert guard.check(output.getvalue(), "a.xls").hidden_rows == {1: frozenset({1})}
    hidden = messy.messy_roster([messy.person(1), messy.person(2)], hidden=[1])
    assert guard.check(hidden, "a.xlsx").hidden_rows == {0: frozenset({4})}
