"""Why a spreadsheet was not taken. Facts hold sizes, limits and column labels, never a cell of data."""

from typing import ClassVar

from registry.errors import RegistryError


class WorkbookError(RegistryError):
    """The file as a whole cannot be used; nothing of it was imported."""

    code: ClassVar[str] = "workbook_refused"
    status: ClassVar[int] = 422


class WorkbookEmpty(WorkbookError):
    """The file has no bytes, or no cell with content."""

    code = "workbook_empty"


class WorkbookTooLarge(WorkbookError):
    """More than `limit` bytes."""

    code = "workbook_too_large"
    status = 413


class WorkbookExtension(WorkbookError):
    """The name does not end in one of `expected`."""

    code = "workbook_extension"


class WorkbookRenamed(WorkbookError):
    """The name says `extension`, the content `found` (xls, csv, html, xml, ods, xlsb, zip, ole, binary)."""

    code = "workbook_renamed"


class WorkbookEncrypted(WorkbookError):
    """Protected by a password to open."""

    code = "workbook_encrypted"


class WorkbookDamaged(WorkbookError):
    """Cut short or not built as its format demands; `part` is the piece that failed."""

    code = "workbook_damaged"


class WorkbookEncoding(WorkbookError):
    """Text that is neither UTF-8, UTF-16 with its mark, nor GB18030."""

    code = "workbook_encoding"


class WorkbookMacros(WorkbookError):
    """Holds macros."""

    code = "workbook_macros"


class WorkbookExternalLinks(WorkbookError):
    """Draws data from other files or from the network."""

    code = "workbook_external_links"


class WorkbookEmbedded(WorkbookError):
    """Holds other files or controls inside it."""

    code = "workbook_embedded"


class WorkbookDoctype(WorkbookError):
    """An XML part declares a DTD or entities, which no spreadsheet program writes."""

    code = "workbook_doctype"


class WorkbookMembers(WorkbookError):
    """Too many members in the archive (`members`, `limit`), or names that are doubled or lead outside it."""

    code = "workbook_members"


class WorkbookUnpacked(WorkbookError):
    """Unpacks to more than `limit` bytes, or to more than `ratio` times its own size: a zip bomb."""

    code = "workbook_unpacked"


class WorkbookDimension(WorkbookError):
    """Content, or a claim of it, too far out: `row` or `column` over `limit`, or more than `cells` in all."""

    code = "workbook_dimension"


class HeaderMissing(WorkbookError):
    """No row looks like a header; `expected` are the labels that must be there."""

    code = "workbook_header_missing"


class ColumnsMissing(WorkbookError):
    """A header was found, without the columns `missing`; `seen` are the labels that were there."""

    code = "workbook_columns_missing"


class RowsMissing(WorkbookError):
    """A header was found, and nothing below it."""

    code = "workbook_rows_missing"
