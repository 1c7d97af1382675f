"""What the page of an import shows, in words: the headline, the bad cells, what is said of rows without stopping them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses import roster_words
from courses.models import RosterImport
from courses.queries import roster_rows as rows
from courses.queries.roster_rows import RowView
from courses.rules.roster_problems import Severity
from registry import words

MOST_RANGES = 12
"""Of the rows that one thing is said of, so many ranges are named; the count says the rest."""


@dataclass(frozen=True)
class Cell:
    """One cell of the table of bad rows; only a wrong one has an id, a text to correct and messages."""

    key: str
    column: str
    id: str = ""
    name: str = ""
    label: str = ""
    text: str = ""
    messages: tuple[str, ...] = ()
    is_filled: bool = False


@dataclass(frozen=True)
class BadRow:
    """One bad row: where it is, and its cells in the order of the table's columns."""

    pk: int
    where: str
    view: RowView
    cells: list[Cell]


@dataclass(frozen=True)
class BadTable:
    """The bad rows; `errors` are (id of the input, message), in their order, for the summary."""

    labels: list[str]
    rows: list[BadRow]
    errors: list[tuple[str, str]]


def bad_table(views: Sequence[RowView], *, name_sheet: bool) -> BadTable:
    """The rows to correct, with an input in each bad cell and nowhere else."""
    columns = rows.columns_of(views)
    table = BadTable([roster_words.label(key) for key in columns], [], [])
    for view in views:
        where = roster_words.place(view.sheet, view.number, name_sheet=name_sheet)
        wrong = view.errors
        cells = []
        for key, column in zip(columns, table.labels, strict=True):
            if key not in wrong:
                cells.append(Cell(key, column, is_filled=bool(view.text(key))))
                continue
            id_ = f"cell-{view.pk}-{key}"
            label = f"{where} {column}"
            said = tuple(
                roster_words.say_problem(problem["code"], problem["facts"]) for problem in wrong[key]
            )
            cells.append(Cell(key, column, id_, id_, label, view.text(key), said))
            table.errors.extend(
                (id_, _("%(where)s：%(message)s") % {"where": label, "message": one}) for one in said
            )
        table.rows.append(BadRow(view.pk, where, view, cells))
    return table


def headline(counts: dict[str, int]) -> str:
    """共 48 行：45 行可以载入，3 行需要改正; what there is none of is not said."""
    parts = [
        (counts["loaded"], _("%(n)s 行已载入")),
        (counts["ready"], _("%(n)s 行可以载入")),
        (counts["bad"], _("%(n)s 行需要改正")),
        (counts["skipped"], _("%(n)s 行不载入")),
    ]
    said = _("，").join(sentence % {"n": f"{n:,}"} for n, sentence in parts if n)
    return _("共 %(total)s 行：%(parts)s") % {"total": f"{counts['total']:,}", "parts": said}


def notices(roster: RosterImport) -> list[str]:
    """What was left out of the file as a whole."""
    return [words.say(notice["code"], notice["facts"]) for notice in roster.notices]


@dataclass(frozen=True)
class RemarkWords:
    """One warning or information, the count of its rows and which they are."""

    is_warning: bool
    sentence: str
    count: int
    places: str


def remarks(roster: RosterImport, *, name_sheet: bool) -> list[RemarkWords]:
    """Warnings first; the same thing said of many rows is said once."""
    said = []
    for remark in rows.remarks(roster):
        label = roster_words.label(remark.field)
        sentence = roster_words.say_problem(remark.code, remark.facts)
        if label:
            sentence = _("%(where)s：%(message)s") % {"where": label, "message": sentence}
        is_warning = remark.severity == Severity.WARNING
        said.append(
            RemarkWords(
                is_warning, sentence, len(remark.places), _places(remark.places, name_sheet=name_sheet)
            )
        )
    return said


def sheet_is_named(roster: RosterImport) -> bool:
    """Whether a row number needs the name of its sheet beside it."""
    return roster.rows.order_by().values("sheet").distinct().count() > 1


def _places(places: Iterable[tuple[str, int]], *, name_sheet: bool) -> str:
    by_sheet: dict[str, list[int]] = {}
    for sheet, number in places:
        by_sheet.setdefault(sheet, []).append(number)
    said = []
    for sheet, numbers in by_sheet.items():
        ranges = _ranges(sorted(numbers))
        text = _("、").join(ranges[:MOST_RANGES]) + ("…" if len(ranges) > MOST_RANGES else "")
        said.append(roster_words.place(sheet, text, name_sheet=name_sheet))
    return _("；").join(said)


def _ranges(numbers: Sequence[int]) -> list[str]:
    """3, 4, 5, 9 → 3–5, 9."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in ranges]


@dataclass(frozen=True)
class Line:
    """A row that needs no correction: where it is, and who it is."""

    where: str
    view: RowView


def lines(views: Iterable[RowView], *, name_sheet: bool) -> list[Line]:
    """Good and left-out rows; their pages mask name and number."""
    return [Line(roster_words.place(view.sheet, view.number, name_sheet=name_sheet), view) for view in views]
