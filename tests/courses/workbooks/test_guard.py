import contextlib
import io
import struct
import time
import tracemalloc
import zipfile

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.workbooks import guard, reading
from courses.workbooks.errors import (
    WorkbookDamaged,
    WorkbookDimension,
    WorkbookDoctype,
    WorkbookEmbedded,
    WorkbookEmpty,
    WorkbookEncoding,
    WorkbookEncrypted,
    WorkbookError,
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

XLSX = messy.messy_roster([messy.person()])
XLS = messy.xls_roster([messy.person()])
CSV = messy.csv_roster([messy.person()])
EXCEL = messy.excel_roster([messy.person()])
REL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refusal(data: bytes, name: str = "roster.xlsx", limits: Limits | None = None) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        reading.read(data, name, limits=limits or Limits())
    return caught.value


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


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99, 0.999])
@pytest.mark.parametrize(("data", "name"), [(XLSX, "a.xlsx"), (XLS, "a.xls")])
def test_files_cut_short_are_refused(data, name, share):
    assert type(refusal(data[: int(len(data) * share)], name)) in {WorkbookDamaged, WorkbookRenamed}


def test_encrypted_files_say_that_a_password_is_in_the_way():
    office = hostile.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})

    assert type(refusal(office, "a.xlsx")) is WorkbookEncrypted
    assert type(refusal(office, "a.xls")) is WorkbookEncrypted
    assert type(refusal(hostile.encrypted_zip())) is WorkbookEncrypted
    protected = hostile.xls_with_cells(globals_=((0x2F, bytes(54)),))
    assert type(refusal(protected, "a.xls")) is WorkbookEncrypted


def test_an_xls_with_macros_or_embedded_files_is_refused():
    stream = b"\0" * 4096
    assert (
        type(refusal(hostile.compound({"Workbook": stream, "_VBA_PROJECT": b"x"}), "a.xls")) is WorkbookMacros
    )
    assert type(refusal(hostile.compound({"Workbook": stream, "MBD0001": b"x"}), "a.xls")) is WorkbookEmbedded
    assert type(refusal(hostile.xls_with_cells(kind=1), "a.xls")) is WorkbookMacros


def test_another_ole_document_is_named_for_what_it_is():
    word = hostile.compound({"WordDocument": b"x"})

    assert refusal(word, "a.xls").facts == {"extension": "xls", "found": "ole"}


@pytest.mark.parametrize(
    "record",
    [
        hostile.number_cell(65_535, 0),
        hostile.number_cell(0, 65_535),
        (0xBD, struct.pack("<HH6xH", 0, 0, 60_000)),
        (0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)),
    ],
)
def test_a_far_cell_or_claim_in_an_xls_is_refused(record):
    assert type(refusal(hostile.xls_with_cells(record), "a.xls")) is WorkbookDimension


def test_an_xls_that_announces_four_billion_strings_is_refused():
    strings = hostile.xls_with_cells(globals_=((0xFC, struct.pack("<II", 2**32 - 1, 2**32 - 1)),))

    assert type(refusal(strings, "a.xls")) is WorkbookDamaged


def test_an_xls_whose_chain_runs_in_a_circle_is_refused():
    data = bytearray(hostile.xls_with_cells(hostile.number_cell(0, 0)))
    struct.pack_into("<I", data, 512 + 4 * 3, 2)

    assert type(refusal(bytes(data), "a.xls")) is WorkbookDamaged


def test_the_hand_made_xls_is_readable_when_nothing_is_wrong_with_it():
    book = reading.read(hostile.xls_with_cells(hostile.number_cell(4, 2)), "a.xls")

    assert [(row.number, row.cells) for row in book.sheets[0].rows] == [(5, (None, None, 1))]


def test_text_in_no_known_encoding_is_refused():
    assert type(refusal(b"\xe5\xa7,\xff\xff\xff", "a.csv")) is WorkbookEncoding


@given(st.binary(max_size=3000), st.sampled_from(["a.xlsx", "a.xls", "a.csv"]))
def test_garbage_gives_only_typed_errors(data, name):
    _read_or_refuse(data, name)


@given(
    st.binary(max_size=600),
    st.sampled_from([(b"PK\x03\x04", "a.xlsx"), (XLS[:512], "a.xls"), (XLS[:8], "a.xls")]),
)
def test_garbage_behind_an_honest_beginning_gives_only_typed_errors(data, kind):
    _read_or_refuse(kind[0] + data, kind[1])


@settings(max_examples=150)
@given(st.data())
def test_honest_files_with_bytes_changed_give_only_typed_errors(data):
    original, name = data.draw(st.sampled_from([(XLSX, "a.xlsx"), (XLS, "a.xls"), (CSV, "a.csv")]))
    broken = bytearray(original)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))

    _read_or_refuse(bytes(broken), name)


@settings(max_examples=100)
@given(st.data())
def test_honest_xml_with_bytes_changed_inside_the_archive_gives_only_typed_errors(data):
    part = data.draw(
        st.sampled_from([hostile.SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
    )
    xml = bytearray(hostile.member(EXCEL, part))
    for _ in range(data.draw(st.integers(1, 5))):
        xml[data.draw(st.integers(0, len(xml) - 1))] = data.draw(st.integers(0, 255))

    _read_or_refuse(hostile.rezip(EXCEL, replace={part: bytes(xml)}), "a.xlsx")


def _read_or_refuse(data: bytes, name: str) -> None:
    with contextlib.suppress(WorkbookError):
        assert reading.read(data, name).sheets


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
