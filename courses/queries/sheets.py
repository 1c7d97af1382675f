"""The sheets in which a base fills in attendance and results in Excel, written and read back."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from courses.models import Attendance, Cohort, Enrolment, Session
from courses.models.attendance import Presence
from courses.models.enrolments import Outcome
from courses.rules.columns import Column
from courses.workbooks import reading, tables
from courses.workbooks.writing import write_table

NUMBER = Column("number", "学员编号", required=True, is_identity=True)
NAME = Column("name", "姓名", is_identity=True)
SCORE = Column("score", "成绩", synonyms=("分数", "考核成绩", "得分"), required=True)
# The labels stay Chinese in every language: a sheet goes from hand to hand.


@dataclass(frozen=True)
class Odd:
    """A row or column that was not taken: where, and why, as a problem code with its facts."""

    code: str
    sheet: str
    row: int
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ScoreTexts:
    """Scores as typed, by enrolment, and what could not be placed."""

    texts: dict[int, str]
    odd: list[Odd]


@dataclass(frozen=True)
class MarkTexts:
    """Marks as typed, by session and enrolment, and what could not be placed."""

    texts: dict[tuple[int, int], str]
    odd: list[Odd]


def session_label(session: Session) -> str:
    """The heading of a session in a sheet: 2024-06-03 第1节."""
    return f"{session.on} 第{session.part}节"


def score_sheet(cohort: Cohort) -> bytes:
    """An xlsx with a row for each trainee who has not left, and the scores recorded so far."""
    enrolments = _present(cohort).select_related("person", "assessment")
    rows = [
        [row.public_id, row.person.name, str(row.assessment.score) if hasattr(row, "assessment") else ""]
        for row in enrolments
    ]
    return write_table([NUMBER.label, NAME.label, SCORE.label], rows, sheet_name="成绩")


def attendance_sheet(cohort: Cohort) -> bytes:
    """An xlsx with a row for each trainee and a column for each session, and the marks recorded so far."""
    sessions = list(Session.objects.filter(cohort=cohort))
    marks = {
        (session, enrolment): str(Presence(presence).label)
        for session, enrolment, presence in Attendance.objects.filter(session__cohort=cohort).values_list(
            "session_id", "enrolment_id", "presence"
        )
    }
    rows = [
        [row.public_id, row.person.name, *(marks.get((session.pk, row.pk), "") for session in sessions)]
        for row in Enrolment.objects.filter(cohort=cohort).select_related("person")
    ]
    headers = [NUMBER.label, NAME.label, *map(session_label, sessions)]
    return write_table(headers, rows, sheet_name="考勤")


def read_scores(cohort: Cohort, *, data: bytes, file_name: str) -> ScoreTexts:
    """What a score sheet says; empty cells say nothing. Raises WorkbookError for a file that cannot be used."""
    extract = tables.extract(reading.read(data, file_name), [NUMBER, NAME, SCORE])
    enrolments = dict(Enrolment.objects.filter(cohort=cohort).values_list("public_id", "pk"))
    left = set(Enrolment.objects.filter(cohort=cohort, outcome=Outcome.WITHDREW).values_list("pk", flat=True))
    texts: dict[int, str] = {}
    odd: list[Odd] = []
    for row, enrolment in placed(extract, enrolments, odd):
        text = text_of(row.cells.get("score"))
        if text and enrolment in left:
            odd.append(Odd("sheet_left", row.sheet, row.number))
        elif text:
            texts[enrolment] = text
    return ScoreTexts(texts, sorted(odd, key=lambda one: (one.sheet, one.row)))


def read_marks(cohort: Cohort, *, data: bytes, file_name: str) -> MarkTexts:
    """What an attendance sheet says; empty cells say nothing. Raises WorkbookError for a file that cannot be used."""
    sessions = {f"s{session.pk}": session for session in Session.objects.filter(cohort=cohort)}
    columns = [NUMBER, NAME, *(Column(key, session_label(session)) for key, session in sessions.items())]
    extract = tables.extract(reading.read(data, file_name), columns)
    enrolments = dict(Enrolment.objects.filter(cohort=cohort).values_list("public_id", "pk"))
    odd = [
        Odd("sheet_session_unknown", table.sheet, table.header.bottom, {"header": header[:40]})
        for table in extract.tables
        for header in table.header.unknown
    ]
    texts: dict[tuple[int, int], str] = {}
    for row, enrolment in placed(extract, enrolments, odd):
        for key, session in sessions.items():
            text = text_of(row.cells.get(key))
            if text:
                texts[session.pk, enrolment] = text
    return MarkTexts(texts, odd)


def placed(
    extract: tables.Extract, enrolments: dict[str, int], odd: list[Odd]
) -> list[tuple[tables.TableRow, int]]:
    """Rows of the sheet with the enrolment each belongs to; the others are said to be odd."""
    placed: list[tuple[tables.TableRow, int]] = []
    seen: set[int] = set()
    for row in extract.rows:
        enrolment = enrolments.get(text_of(row.cells.get("number")).lower())
        if enrolment is None:
            odd.append(Odd("sheet_row_unknown", row.sheet, row.number))
        elif enrolment in seen:
            odd.append(Odd("sheet_row_repeated", row.sheet, row.number))
        else:
            seen.add(enrolment)
            placed.append((row, enrolment))
    return placed


def _present(cohort: Cohort) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW)


def text_of(value: reading.CellValue) -> str:
    return "" if value is None else str(value).strip()
