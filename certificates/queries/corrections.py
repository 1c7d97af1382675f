"""A cohort's certificates as a sheet to be corrected, and what a filled sheet would change, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from certificates.faces import fonts
from certificates.faces.errors import FaceError
from certificates.models import Certificate, ChangeItem
from certificates.proof import codes
from certificates.proof.errors import NumberError
from certificates.queries.cohorts import issued
from certificates.rules import corrections as rules
from certificates.rules.corrections import FIELDS, Problem, Reading
from courses.models import Cohort
from courses.queries.sheets import Odd
from courses.rules.columns import Column
from courses.workbooks import reading, tables
from courses.workbooks.writing import write_table

# The labels stay Chinese in every language: a sheet goes from hand to hand.
NUMBER = Column("number", "证书编号", required=True, is_identity=True)
COLUMNS = {
    "holder_name": Column("holder_name", "姓名", synonyms=("持证人", "持证人姓名"), is_identity=True),
    "course_name": Column("course_name", "培训项目", synonyms=("课程", "课程名称")),
    "hours": Column("hours", "课时", synonyms=("学时",)),
    "starts_on": Column("starts_on", "开班日期", synonyms=("开始日期",)),
    "ends_on": Column("ends_on", "结业日期", synonyms=("结束日期",)),
}


@dataclass(frozen=True)
class Row:
    """One certificate and what was typed for it: unchanged, to be replaced, or refused with the problems."""

    certificate: Certificate
    typed: Mapping[str, str]
    reading: Reading
    refusal: Problem | None = None
    """Why this certificate cannot be corrected at all now, whatever is typed."""

    @property
    def is_ready(self) -> bool:
        return bool(self.reading.changed) and not self.reading.problems and self.refusal is None

    @property
    def is_refused(self) -> bool:
        return bool(self.reading.problems) or (bool(self.reading.changed) and self.refusal is not None)


@dataclass(frozen=True)
class Sheet:
    """What a sheet says: texts and row numbers by the certificate's public id, and rows that belong to none."""

    typed: dict[str, dict[str, str]]
    numbers: dict[str, int]
    odd: list[Odd]


def printed_of(certificate: Certificate) -> dict[str, Any]:
    """What can be corrected, as it is printed."""
    return {name: getattr(certificate, name) for name in FIELDS}


def reading_of(certificate: Certificate, typed: Mapping[str, Any], *, on: date) -> Reading:
    """`rules.corrections.read` for one certificate; what no font can print is a problem too. No query."""
    read = rules.read(typed, printed_of(certificate), on=on, disclosing=settings.DISCLOSING_WORDS)
    for name in ("holder_name", "course_name"):
        try:
            fonts.require_glyphs([read.changed.get(name, "")])
        except FaceError as error:
            read.problems[name] = Problem(error.code, error.facts)
    return read


def public_ids(cohort: Cohort) -> dict[str, str]:
    """The cohort's certificates that were not replaced: public ids by number. One query."""
    return {str(number): public_id for number, public_id in issued(cohort).values_list("number", "public_id")}


def typed_number(text: str) -> str:
    """The number as people type it: full-width, lower case, with any separators; "" for what is none."""
    try:
        return codes.parse_number(text)
    except NumberError:
        return ""


def sheet(cohort: Cohort) -> bytes:
    """An xlsx with a row for each certificate in force: its number, and what may be corrected. One query."""
    rows = [
        [codes.format_number(one.number or ""), *(str(getattr(one, name)) for name in FIELDS)]
        for one in issued(cohort).filter(pk__in=Certificate.objects.in_force())
    ]
    return write_table([NUMBER.label, *(COLUMNS[name].label for name in FIELDS)], rows, sheet_name="更正证书")


def read_sheet(cohort: Cohort, *, data: bytes, file_name: str) -> Sheet:
    """What a filled sheet says; an empty cell says nothing. Raises WorkbookError for a file that cannot be used.

    One query.
    """
    extract = tables.extract(reading.read(data, file_name), [NUMBER, *COLUMNS.values()])
    known = public_ids(cohort)
    typed: dict[str, dict[str, str]] = {}
    numbers: dict[str, int] = {}
    odd: list[Odd] = []
    for row in extract.rows:
        public_id = known.get(typed_number(_text(row.cells.get(NUMBER.key))))
        if public_id is None:
            odd.append(Odd("correction_row_unknown", row.sheet, row.number))
        elif public_id in typed:
            odd.append(Odd("correction_row_repeated", row.sheet, row.number))
        else:
            cells = {name: _text(row.cells.get(name)) for name in FIELDS}
            typed[public_id] = {name: text for name, text in cells.items() if text}
            numbers[public_id] = row.number
    return Sheet(typed, numbers, odd)


def rows(cohort: Cohort, typed: Mapping[str, Mapping[str, str]], *, on: date) -> list[Row]:
    """What the texts typed for a cohort's certificates would change, in the order people were enrolled.

    Two queries, whatever the cohort's size.
    """
    held = list(issued(cohort).select_related("base", "skill"))
    waiting = set(
        ChangeItem.objects.filter(certificate__enrolment__cohort=cohort, is_open=True).values_list(
            "certificate_id", flat=True
        )
    )
    found = []
    for one in held:
        texts = typed.get(one.public_id)
        if texts is not None:
            read = reading_of(one, texts, on=on)
            refusal = None
            if one.status != "issued":
                refusal = Problem("certificate_status", {"status": one.status})
            elif one.pk in waiting:
                refusal = Problem("change_waiting")
            found.append(Row(one, texts, read, refusal))
    return found


def _text(value: reading.CellValue) -> str:
    return "" if value is None else str(value).strip()
