"""Where the header of a table is, and which column is which, in sheets laid out by people."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses.rules.columns import Column
from courses.workbooks.errors import HeaderMissing
from courses.workbooks.reading import CellValue, Merge, Row, Sheet, Workbook

SEARCHED_ROWS = 40
"""A header further down than this is not looked for; above it are titles and a few lines of remarks."""

_BRACKETS = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]*[)\]】〕}>》]")
_NOISE = re.compile(r"[\s*:：、。．.·_\-—\u200b\ufeff]+")
_GROUP_ENDING = re.compile(r"(基本)?(情况|信息|资料)$")


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: its rows, and the column index of each key.

    `labels` are the labels as seen, by key; `unknown` those that name no column, `doubled` one already found.
    """

    top: int
    bottom: int
    places: Mapping[str, int]
    labels: Mapping[str, str]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]

    def lacks(self, columns: Sequence[Column]) -> list[Column]:
        """The required columns that are not there."""
        return [column for column in columns if column.required and column.key not in self.places]


def find(sheet: Sheet, columns: Sequence[Column]) -> Header | None:
    """The row, or two rows, that name the most columns; None when no row names two.

    A header that has all required columns goes before one with more columns that has not.
    """
    known = _known(columns)
    rows = [row for row in sheet.rows if row.number <= _first_number(sheet) + SEARCHED_ROWS]
    best: Header | None = None
    for at, upper in enumerate(rows):
        single = _match(None, upper, sheet.merges, known)
        candidates = [single]
        if at + 1 < len(rows) and rows[at + 1].number == upper.number + 1:
            lower = _match(None, rows[at + 1], sheet.merges, known)
            double = _match(upper, rows[at + 1], sheet.merges, known)
            if _belongs_together(double, single, lower, sheet.merges):
                candidates = [double]
        for candidate in candidates:
            if len(candidate.places) >= 2 and (
                best is None or _rank(candidate, columns) > _rank(best, columns)
            ):
                best = candidate
    return best


def normal(text: object) -> str:
    """A label without what varies: widths, blanks, line breaks, remarks in brackets, stars and colons."""
    folded = unicodedata.normalize("NFKC", str(text)) if text is not None else ""
    folded = _NOISE.sub("", folded).upper()
    return _BRACKETS.sub("", folded) or folded


def _first_number(sheet: Sheet) -> int:
    return sheet.rows[0].number if sheet.rows else 0


def _known(columns: Sequence[Column]) -> dict[str, str]:
    return {normal(text): column.key for column in columns for text in (column.label, *column.synonyms)}


def _rank(header: Header, columns: Sequence[Column]) -> tuple[bool, int]:
    return not header.lacks(columns), len(header.places)


def _belongs_together(double: Header, upper: Header, lower: Header, merges: Sequence[Merge]) -> bool:
    """Whether two rows are one header: together they name more, or a merged group heads labels below it."""
    if len(double.places) > max(len(upper.places), len(lower.places)):
        return len(lower.places) >= 1 or _tied(double, merges)
    return len(lower.places) >= 1 and len(double.places) >= len(upper.places) and _tied(double, merges)


def _tied(double: Header, merges: Sequence[Merge]) -> bool:
    return any(
        (merge.top <= double.top and merge.bottom >= double.bottom)
        or (merge.top == merge.bottom == double.top and merge.right > merge.left)
        for merge in merges
    )


def _match(upper: Row | None, row: Row, merges: Sequence[Merge], known: Mapping[str, str]) -> Header:
    """Name each column by its label, read with the group label above it where there is one."""
    labels = _filled(row, upper, merges)
    own_groups = _filled(upper, None, merges) if upper else []
    heading: CellValue = None
    places: dict[str, int] = {}
    seen: dict[str, str] = {}
    unknown: list[str] = []
    doubled: list[str] = []
    for index in range(max(len(labels), len(own_groups))):
        label = labels[index] if index < len(labels) else None
        group = own_groups[index] if index < len(own_groups) else None
        # A group label may stand in the first of several columns that nobody merged.
        heading = group if group is not None or label is None else heading
        shown = str(label if label is not None else group) if (label or group) else ""
        key = _key(heading, label, known) or known.get(normal(group))
        if key == "phone" and key in places and places.get("guardian_name") == index - 1:
            # 监护人 | 联系电话: the number right of the guardian is the guardian's.
            key = "guardian_phone"
        if key is None:
            if shown:
                unknown.append(shown)
        elif key in places:
            if index != places[key]:
                doubled.append(shown)
        else:
            places[key] = index
            seen[key] = shown
    top = upper.number if upper else row.number
    return Header(top, row.number, places, seen, tuple(dict.fromkeys(unknown)), tuple(doubled))


def _key(group: CellValue, label: CellValue, known: Mapping[str, str]) -> str | None:
    """The key that a label names, first together with the group above it: 监护人 over 电话."""
    over, under = _GROUP_ENDING.sub("", normal(group)), normal(label)
    if over == under:
        over = ""
    return next(
        (known[text] for text in (over + under, under + over, under) if under and text in known), None
    )


def _filled(row: Row, above: Row | None, merges: Sequence[Merge]) -> list[CellValue]:
    """The cells of a header row, each merged cell repeated over its whole width (and down)."""
    cells = list(row.cells)
    for merge in merges:
        if not merge.top <= row.number <= merge.bottom:
            continue
        source = row if merge.top == row.number else above
        if source is None or merge.left >= len(source.cells):
            continue
        value = source.cells[merge.left]
        for index in range(merge.left, min(merge.right + 1, len(cells))):
            cells[index] = value
    return cells


def labels_of(workbook: Workbook, columns: Sequence[Column]) -> list[str]:
    """Every label of the first sheet with a header, in the words of the file, each once.

    A sheet with a header that names none of these columns is read by its first row of two texts or more.
    Raises HeaderMissing when there is none.
    """
    visible = [sheet for sheet in workbook.sheets if sheet.visible]
    for sheet in visible:
        found = find(sheet, columns)
        if found is not None:
            return list(dict.fromkeys([*found.labels.values(), *found.unknown]))
    for sheet in visible:
        for row in sheet.rows[:SEARCHED_ROWS]:
            texts = [cell.strip() for cell in row.cells if isinstance(cell, str) and cell.strip()]
            if len(texts) >= 2:
                return list(dict.fromkeys(texts))
    raise HeaderMissing(expected=[column.label for column in columns])
