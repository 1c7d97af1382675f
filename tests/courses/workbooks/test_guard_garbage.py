"""Whatever bytes come, the guard and the readers give only typed errors."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.workbooks import reading
from courses.workbooks.errors import (
    WorkbookDamaged,
    WorkbookError,
    WorkbookRenamed,
)
from tests.courses.workbooks import hostile, messy
from tests.courses.workbooks.refused import refusal

XLSX = messy.messy_roster([messy.person()])


XLS = messy.xls_roster([messy.person()])


CSV = messy.csv_roster([messy.person()])


EXCEL = messy.excel_roster([messy.person()])


def _read_or_refuse(data: bytes, name: str) -> None:
    with contextlib.suppress(WorkbookError):
        assert reading.read(data, name).sheets


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99, 0.999])
@pytest.mark.parametrize(("data", "name"), [(XLSX, "a.xlsx"), (XLS, "a.xls")])
def test_files_cut_short_are_refused(data, name, share):
    assert type(refusal(data[: int(len(data) * share)], name)) in {WorkbookDamaged, WorkbookRenamed}


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
