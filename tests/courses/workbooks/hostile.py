"""Files that no honest spreadsheet program writes, built from an honest one."""

import io
import struct
import zipfile
from collections.abc import Mapping

from tests.courses.workbooks import messy

SHEET = "xl/worksheets/sheet1.xml"


def rezip(
    data: bytes,
    *,
    replace: Mapping[str, bytes] | None = None,
    add: Mapping[str, bytes] | None = None,
) -> bytes:
    """The same archive with members replaced and added."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (replace or {}).get(name, old.read(name)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return output.getvalue()


def member(data: bytes, name: str = SHEET) -> bytes:
    """One member of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def with_sheet(before: bytes, after: bytes) -> bytes:
    """An honest roster whose sheet has some XML replaced."""
    honest = messy.messy_roster([messy.person()])
    xml = member(honest)
    assert before in xml
    return rezip(honest, replace={SHEET: xml.replace(before, after, 1)})


def bomb(megabytes: int) -> bytes:
    """A sheet of blanks that inflates a thousandfold."""
    return with_sheet(b"<sheetData>", b"<sheetData>" + b" " * (megabytes * 1024 * 1024))


def lying_bomb(megabytes: int) -> bytes:
    """The same, with a directory that claims a small size."""
    data = bytearray(bomb(megabytes))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if bytes(data[at + 46 : at + 46 + length]) == SHEET.encode():
            struct.pack_into("<I", data, at + 24, 2000)
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def encrypted_zip() -> bytes:
    """An archive whose members claim to be encrypted."""
    data = bytearray(messy.messy_roster([messy.person()]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 1)
    return bytes(data)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, each padded to 4096 bytes: no small-stream table is needed."""
    end, free, fat_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    bodies = {
        name: body.ljust(max(4096, -(-len(body) // 512) * 512), b"\0") for name, body in streams.items()
    }
    entries = [_entry("Root Entry", 5, end, 0)]
    sectors: list[bytes] = []
    table = [fat_mark]
    for name, body in bodies.items():
        start = len(table)
        count = len(body) // 512
        table += [*range(start + 1, start + count), end]
        sectors.append(body)
        entries.append(_entry(name, 2, start, len(body)))
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // 512) * 512, b"\0")
    start = len(table)
    table += [*range(start + 1, start + len(directory) // 512), end]
    assert len(table) <= 128
    table += [free] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIII", start, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    assert len(header) == 512
    return header + struct.pack("<128I", *table) + b"".join(sectors) + directory


def biff(*records: tuple[int, bytes]) -> bytes:
    """A workbook stream of these records."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def xls_with_cells(
    *cells: tuple[int, bytes], globals_: tuple[tuple[int, bytes], ...] = (), kind: int = 0
) -> bytes:
    """A workbook of one sheet whose stream has these records."""
    bof = (0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    sheet_bof = (0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    name = struct.pack("<BB", 1, 0) + b"S"
    placeholder = biff(bof, (0x85, struct.pack("<IBB", 0, 0, kind) + name), *globals_, (0x0A, b""))
    head = biff(bof, (0x85, struct.pack("<IBB", len(placeholder), 0, kind) + name), *globals_, (0x0A, b""))
    return compound({"Workbook": head + biff(sheet_bof, *cells, (0x0A, b""))})


def number_cell(row: int, column: int) -> tuple[int, bytes]:
    """A NUMBER record, both places from 0."""
    return 0x203, struct.pack("<HHHd", row, column, 0, 1.0)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    free = 0xFFFFFFFF
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, free, free, free)
    return (entry + bytes(36) + struct.pack("<II", start, size)).ljust(128, b"\0")
