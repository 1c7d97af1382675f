"""The sheet in which an examiner fills in marks in Excel, written and read back."""

from dataclasses import dataclass

from courses.models import Exam
from courses.queries.exams import entries_of
from courses.queries.results import written
from courses.queries.sheets import NAME, NUMBER, Odd, placed, text_of
from courses.rules.columns import Column
from courses.rules.exams import parts
from courses.workbooks import reading, tables
from courses.workbooks.writing import write_table

# The labels stay Chinese in every language: a sheet goes from hand to hand.
COLUMNS = {
    "theory": Column("theory", "理论成绩", synonyms=("理论", "理论分数"), required=True),
    "practice": Column("practice", "实操成绩", synonyms=("实操", "实操分数", "技能成绩"), required=True),
}


@dataclass(frozen=True)
class MarkTexts:
    """Marks as typed, by entry and part, and what could not be placed."""

    texts: dict[int, dict[str, str]]
    odd: list[Odd]


def sheet(exam: Exam) -> bytes:
    """An xlsx with a row for each candidate, and the marks recorded so far."""
    columns = [COLUMNS[part] for part in parts(exam.kind)]
    rows = [
        [
            entry.enrolment.public_id,
            entry.enrolment.person.name,
            *("缺考" if entry.is_absent else written(getattr(entry, column.key)) for column in columns),
        ]
        for entry in entries_of(exam)
    ]
    return write_table(
        [NUMBER.label, NAME.label, *(column.label for column in columns)], rows, sheet_name="考核"
    )


def read(exam: Exam, *, data: bytes, file_name: str) -> MarkTexts:
    """What a sheet says; empty cells say nothing. Raises WorkbookError for a file that cannot be used."""
    columns = [COLUMNS[part] for part in parts(exam.kind)]
    extract = tables.extract(reading.read(data, file_name), [NUMBER, NAME, *columns])
    entries = {entry.enrolment.public_id: entry.pk for entry in entries_of(exam)}
    texts: dict[int, dict[str, str]] = {}
    odd: list[Odd] = []
    for row, entry in placed(extract, entries, odd):
        typed = {column.key: text_of(row.cells.get(column.key)) for column in columns}
        if any(typed.values()):
            texts[entry] = {part: one for part, one in typed.items() if one}
    return MarkTexts(texts, sorted(odd, key=lambda one: (one.sheet, one.row)))
