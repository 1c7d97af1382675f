"""The door for uploaded spreadsheets: what is let in is small, honest about its kind, and free of traps.

Nothing is parsed by the spreadsheet reader before it has been through here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from courses.workbooks import archives, compound_files
from courses.workbooks.errors import (
    WorkbookEmpty,
    WorkbookExtension,
    WorkbookMacros,
    WorkbookRenamed,
    WorkbookTooLarge,
)
from courses.workbooks.limits import LIMITS, Limits


class Kind(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


EXTENSIONS = {"xlsx": Kind.XLSX, "xlsm": Kind.XLSX, "xls": Kind.XLS, "csv": Kind.CSV, "txt": Kind.CSV}

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class SafeFile:
    """A file that may be parsed: its kind, its content (an xlsx packed anew from the checked parts), and the
    hidden rows, as numbers from 1, of each sheet by its place in the workbook."""

    kind: Kind
    content: bytes = field(repr=False)
    hidden_rows: Mapping[int, frozenset[int]]


def check(data: bytes, file_name: str, *, limits: Limits = LIMITS) -> SafeFile:
    """Let a file in or raise a WorkbookError that says why not."""
    if not data:
        raise WorkbookEmpty()
    if len(data) > limits.file_bytes:
        raise WorkbookTooLarge(bytes=len(data), limit=limits.file_bytes)
    extension = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if extension not in EXTENSIONS:
        raise WorkbookExtension(extension=extension[:10], expected=["xlsx", "xls", "csv"])
    kind = EXTENSIONS[extension]
    found = _kind_of(data)
    if found == "ole":
        # An encrypted xlsx is an OLE file too: say "password", not "renamed".
        contents = compound_files.inspect(data, limits)
        if kind is not Kind.XLS or not contents.is_workbook:
            raise WorkbookRenamed(extension=extension, found="xls" if contents.is_workbook else "ole")
        return SafeFile(kind, data, contents.hidden_rows)
    if found == "zip":
        archive = archives.inspect(data, limits)
        if kind is not Kind.XLSX or archive.found != "xlsx":
            raise WorkbookRenamed(extension=extension, found=archive.found)
        if extension == "xlsm":
            raise WorkbookMacros()
        return SafeFile(kind, archive.content, archive.hidden_rows)
    if found != "csv" or kind is not Kind.CSV:
        raise WorkbookRenamed(extension=extension, found=found)
    return SafeFile(kind, data, {})


def _kind_of(data: bytes) -> str:
    """What the first bytes say: zip, ole, html, xml, binary or csv (any other text)."""
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return "zip"
    if data.startswith(_OLE):
        return "ole"
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"<?xml") and b"<html" not in head:
        return "xml"
    if head.startswith((b"<", b"mime-version:")):
        return "html"
    if data.startswith(_BINARY) or (b"\0" in data and not data.startswith(_UTF_16)):
        return "binary"
    return "csv"
