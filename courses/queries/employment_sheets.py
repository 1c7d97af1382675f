"""The sheet in which a base fills in where its trainees found work, written and read back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from courses.models import Cohort
from courses.models.employment import Contract, EmploymentForm, FoundThrough, NewForm
from courses.queries.employment import placements
from courses.queries.sheets import NAME, NUMBER, Odd, placed, text_of
from courses.rules.columns import Column
from courses.rules.employment import NewSpell
from courses.workbooks import reading, tables
from courses.workbooks.writing import write_table

# The labels stay Chinese in every language: a sheet goes from hand to hand.
FORM = Column("form", "就业形式", required=True)
STARTED_ON = Column("started_on", "就业日期", synonyms=("上岗日期", "入职日期"), required=True)
COLUMNS = [
    NUMBER,
    NAME,
    FORM,
    Column("new_form", "新就业形态类型"),
    Column("employer_name", "用人单位", synonyms=("就业单位", "单位名称")),
    Column("employer_uscc", "统一社会信用代码"),
    Column("post", "岗位", synonyms=("工种",)),
    STARTED_ON,
    Column("contract", "合同"),
    Column("found_through", "就业途径"),
]
CHOICES = {"form": EmploymentForm, "new_form": NewForm, "contract": Contract, "found_through": FoundThrough}


@dataclass(frozen=True)
class SpellTexts:
    """Jobs by enrolment, where in the sheet each stands, and what could not be read."""

    spells: dict[int, NewSpell]
    places: dict[int, tuple[str, int]]
    odd: list[Odd]


def write(cohort: Cohort) -> bytes:
    """An xlsx with a row for each trainee who has no job recorded since the cohort began."""
    rows = [
        [one.enrolment.public_id, one.enrolment.person.name, *[""] * (len(COLUMNS) - 2)]
        for one in placements(cohort, on=cohort.ends_on)
        if one.spell is None
    ]
    return write_table([column.label for column in COLUMNS], rows, sheet_name="就业")


def read(cohort: Cohort, *, data: bytes, file_name: str) -> SpellTexts:
    """What a sheet says; a row without form and day says nothing. Raises WorkbookError for an unusable file."""
    extract = tables.extract(reading.read(data, file_name), COLUMNS)
    enrolments = {one.enrolment.public_id: one.enrolment.pk for one in placements(cohort, on=cohort.ends_on)}
    spells: dict[int, NewSpell] = {}
    places: dict[int, tuple[str, int]] = {}
    odd: list[Odd] = []
    for row, enrolment in placed(extract, enrolments, odd):
        texts: dict[str, Any] = {column.key: text_of(row.cells.get(column.key)) for column in COLUMNS[2:]}
        if not texts["form"] and not texts["started_on"]:
            continue
        problems = []
        for key, choices in CHOICES.items():
            code = _code(choices, texts[key])
            if code is None:
                problems.append("sheet_choice_unknown")
            texts[key] = code or ""
        day = _day(texts.pop("started_on"))
        if day is None:
            problems.append("sheet_day_unreadable")
        if problems or day is None:
            odd += [Odd(code, row.sheet, row.number) for code in problems]
            continue
        spells[enrolment] = NewSpell(started_on=day, **texts)
        places[enrolment] = (row.sheet, row.number)
    return SpellTexts(spells, places, odd)


def _code(choices: Any, text: str) -> str | None:
    """The stored value of a choice as the sheet says it, "" for an empty cell, None for a word that is no choice."""
    if not text:
        return ""
    with override("zh-hans"):
        named = {str(label): value for value, label in choices.choices}
    return named.get(text) or (text if text in choices.values else None)


def _day(text: str) -> date | None:
    """A day as people and spreadsheets write it: 2024-06-03, 2024/6/3, 2024.6.3, 2024年6月3日, 20240603."""
    plain = text.split(" ")[0].split("T")[0]
    for sign in "年月/.":
        plain = plain.replace(sign, "-")
    plain = plain.removesuffix("日")
    try:
        if plain.isdecimal() and len(plain) == 8:
            return date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        year, month, day = plain.split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
