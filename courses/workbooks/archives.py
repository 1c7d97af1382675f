"""An xlsx as an archive: members checked, bytes counted while they inflate, and the good parts packed anew.

The archive given to the spreadsheet reader is written here, from the very bytes that were checked, so it
does not matter where two zip readers would disagree about a crafted file.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from courses.workbooks.errors import (
    WorkbookDamaged,
    WorkbookEmbedded,
    WorkbookEncrypted,
    WorkbookExternalLinks,
    WorkbookMacros,
    WorkbookMembers,
    WorkbookUnpacked,
)
from courses.workbooks.limits import Limits
from courses.workbooks.sheet_xml import PartsBudget, PartScan

WORKBOOK = "xl/workbook.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"

_CHUNK = 64 * 1024
_END_RECORD = b"PK\x05\x06"
_END_RECORD_BYTES = 22


@dataclass(frozen=True, slots=True)
class CheckedArchive:
    """What the archive is (xlsx, xlsb, ods or zip) and, for an xlsx, its checked parts and hidden rows."""

    found: str
    content: bytes = field(default=b"", repr=False)
    hidden_rows: Mapping[int, frozenset[int]] = field(default_factory=dict)


def inspect(data: bytes, limits: Limits) -> CheckedArchive:
    """Check an archive and pack its XML parts anew. Raises a WorkbookError for anything amiss."""
    # Spreadsheet programs end the file with a bare end record: a cut file has none, a crafted one hides two.
    if data[-_END_RECORD_BYTES:][:4] != _END_RECORD:
        raise WorkbookDamaged(part="end")
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, UnicodeError):
        raise WorkbookDamaged(part="directory") from None
    _check_members(members, limits)
    found = _found({member.filename for member in members})
    if found != "xlsx":
        return CheckedArchive(found)

    packed = io.BytesIO()
    scans: dict[str, PartScan] = {}
    budget = PartsBudget(limits)
    unpacked = _UnpackedBudget(len(data), limits)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as clean:
        for member in members:
            if not member.filename.lower().endswith((".xml", ".rels")):
                # Pictures and printer settings: only their size matters, the reader never sees them.
                for chunk in _inflate(data, member):
                    unpacked.spend(len(chunk))
                continue
            scan = scans[member.filename] = PartScan(member.filename, budget, limits)
            with clean.open(zipfile.ZipInfo(member.filename), "w", force_zip64=False) as part:
                for chunk in _inflate(data, member):
                    unpacked.spend(len(chunk))
                    scan.feed(chunk)
                    part.write(chunk)
            scan.close()
    return CheckedArchive("xlsx", packed.getvalue(), _hidden_rows(scans))


def _check_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise WorkbookMembers(members=len(members), limit=limits.members)
    names = [member.filename for member in members]
    if len({name.casefold() for name in names}) != len(names):
        raise WorkbookMembers(reason="doubled")
    for member in members:
        name = member.filename
        if name.startswith("/") or ".." in name.split("/") or any(c in name for c in "\\:\0"):
            raise WorkbookMembers(reason="outside")
        if member.flag_bits & 0x1:
            raise WorkbookEncrypted()
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise WorkbookDamaged(part="compression")
        folded = name.casefold()
        if folded.endswith("vbaproject.bin") or folded.startswith("xl/macrosheets/"):
            raise WorkbookMacros()
        if folded.startswith(("xl/externallinks/", "xl/querytables/")) or folded == "xl/connections.xml":
            raise WorkbookExternalLinks()
        if folded.startswith(("xl/embeddings/", "xl/activex/")):
            raise WorkbookEmbedded()


def _found(names: set[str]) -> str:
    if "mimetype" in names or "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "xlsx" if {WORKBOOK, RELATIONSHIPS, "[Content_Types].xml"} <= names else "zip"


class _UnpackedBudget:
    """Stops an archive as soon as what came out of it passes the limits, whatever its directory claims."""

    def __init__(self, packed: int, limits: Limits) -> None:
        by_ratio = max(limits.ratio_from_bytes, packed * limits.ratio)
        self.limit = min(limits.unpacked_bytes, by_ratio)
        self.ratio = limits.ratio
        self.spent = 0

    def spend(self, count: int) -> None:
        self.spent += count
        if self.spent > self.limit:
            raise WorkbookUnpacked(limit=self.limit, ratio=self.ratio)


def _inflate(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real bytes of a member, in chunks; the sizes in the directory are only believed at the end."""
    local = data[member.header_offset : member.header_offset + 30] if member.header_offset >= 0 else b""
    if len(local) < 30 or local[:4] != b"PK\x03\x04":
        raise WorkbookDamaged(part="member")
    start = member.header_offset + 30
    start += int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
    packed = memoryview(data)[start : start + member.compress_size]
    if len(packed) != member.compress_size:
        raise WorkbookDamaged(part="member")
    size = check = 0
    for chunk in _chunks(packed, member.compress_type):
        size += len(chunk)
        check = zlib.crc32(chunk, check)
        yield chunk
    if size != member.file_size or check != member.CRC:
        raise WorkbookDamaged(part="member")


def _chunks(packed: memoryview, compression: int) -> Iterator[bytes]:
    if compression == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _CHUNK):
            yield bytes(packed[at : at + _CHUNK])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not inflater.eof:
            chunk = inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
            if not chunk and not rest and not inflater.eof:
                raise WorkbookDamaged(part="member")
            if chunk:
                yield chunk
    except zlib.error:
        raise WorkbookDamaged(part="member") from None
    if inflater.unused_data:
        raise WorkbookDamaged(part="member")


def _hidden_rows(scans: dict[str, PartScan]) -> dict[int, frozenset[int]]:
    targets = scans[RELATIONSHIPS].targets
    hidden = {}
    for place, relationship in enumerate(scans[WORKBOOK].sheet_relationships):
        target = targets.get(relationship, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in scans and scans[part].hidden_rows:
            hidden[place] = frozenset(scans[part].hidden_rows)
    return hidden
