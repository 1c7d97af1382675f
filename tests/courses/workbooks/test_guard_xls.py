"""The guard before files of old Excel."""

import struct

import pytest

from courses.workbooks import reading
from courses.workbooks.errors import (
    WorkbookDamaged,
    WorkbookDimension,
    WorkbookEmbedded,
    WorkbookEncrypted,
    WorkbookMacros,
)
from tests.courses.workbooks import hostile
from tests.courses.workbooks.refused import refusal


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
