"""Sheets that are filled in in Excel: nothing in them runs, and every checked way of writing is read."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from courses.actions import enrolments
from courses.models import Cohort
from courses.queries import sheets
from courses.workbooks.errors import ColumnsMissing, HeaderMissing
from courses.workbooks.writing import write_csv
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.courses.factories import a_cohort, bring_to, enrolled, sessions_of, some_people

pytestmark = pytest.mark.django_db


def an_assessing_cohort(people: int = 2) -> Cohort:
    cohort = a_cohort(state="enrolling")
    enrolled(cohort, people)
    return bring_to(cohort, "assessing")


def a_csv(headers: list[str], rows: list[list[Any]]) -> bytes:
    return write_csv(headers, rows)


def test_a_name_that_looks_like_a_formula_stays_a_text() -> None:
    cohort = an_assessing_cohort(1)
    Person.objects.update(name="=HYPERLINK(1)")
    sheet = openpyxl.load_workbook(io.BytesIO(sheets.score_sheet(cohort))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=HYPERLINK(1)", "s")
    assert (sheet["A2"].data_type, sheet["A2"].number_format) == ("s", "@")


def test_numbers_texts_and_other_widths_are_read_and_blanks_say_nothing(today: date) -> None:
    cohort = an_assessing_cohort(3)
    first, second, third = cohort.enrolments.all()
    rows = [
        [first.public_id.upper(), "甲", "８５．５"],
        [second.public_id, "乙", ""],
        [third.public_id, "丙", " 60 "],
    ]
    read = sheets.read_scores(cohort, data=a_csv(["学员编号", "姓名", "分数"], rows), file_name="成绩.csv")
    assert read.texts == {first.pk: "８５．５", third.pk: "60"}
    assert read.odd == []


def test_who_left_and_who_is_unknown_is_said_by_row(today: date) -> None:
    cohort = an_assessing_cohort(2)
    first, second = cohort.enrolments.all()
    enrolments.withdraw(by=SYSTEM, on=today, enrolment=first)
    rows = [[first.public_id, "甲", "80"], ["", "无编号", "90"], [second.public_id, "乙", "70"]]
    read = sheets.read_scores(cohort, data=a_csv(["学员编号", "姓名", "成绩"], rows), file_name="成绩.csv")
    assert read.texts == {second.pk: "70"}
    assert [(one.code, one.row) for one in read.odd] == [("sheet_left", 2), ("sheet_row_unknown", 3)]


def test_another_cohorts_sheet_places_nobody() -> None:
    cohort, other = an_assessing_cohort(1), an_assessing_cohort(1)
    read = sheets.read_scores(other, data=sheets.score_sheet(cohort), file_name="成绩.xlsx")
    assert read.texts == {}
    assert [one.code for one in read.odd] == ["sheet_row_unknown"]


def test_a_sheet_without_the_columns_says_which_are_missing() -> None:
    cohort = an_assessing_cohort(1)
    with pytest.raises(ColumnsMissing) as refusal:
        sheets.read_scores(cohort, data=a_csv(["学员编号", "姓名"], [["1", "2"]]), file_name="成绩.csv")
    assert refusal.value.facts["missing"] == ["成绩"]
    with pytest.raises(HeaderMissing):
        sheets.read_scores(cohort, data=a_csv(["甲", "乙"], [["1", "2"]]), file_name="成绩.csv")


def test_an_attendance_sheet_comes_back_as_it_went_out(today: date) -> None:
    cohort = a_cohort(state="enrolling")
    enrolled(cohort, some_people(2, cohort.base))
    sessions_of(cohort, 3)
    read = sheets.read_marks(cohort, data=sheets.attendance_sheet(cohort), file_name="考勤.xlsx")
    assert (read.texts, read.odd) == ({}, [])


def test_fifty_trainees_are_written_in_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    for size in (1, 50):
        cohort = a_cohort(state="enrolling")
        enrolled(cohort, size)
        sessions_of(cohort)
        with django_assert_num_queries(3):
            sheets.attendance_sheet(cohort)
        with django_assert_num_queries(1):
            sheets.score_sheet(cohort)
