"""Uploading, correcting and loading rosters."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import rosters
from courses.errors import EnrolmentClosed, LateReasonMissing
from courses.models import Cohort, Enrolment, RosterImport
from courses.queries.rosters import counts
from courses.workbooks import errors as workbook_errors
from registry.errors import NotPermitted
from registry.models import (
    AuditEvent,
    EmploymentStatus,
    HardshipStatus,
    NeedRegistration,
    Person,
)
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, bring_to
from tests.courses.roster_factories import codes, row_of, uploaded
from tests.courses.workbooks import messy
from tests.registry.factories import a_region, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return a_cohort(state="enrolling")


@pytest.fixture
def clerk(cohort: Cohort) -> Actor:
    return an_actor("base_manager", cohort.base)


WRONG_ID = messy.citizen_id(order=2)[:17] + "9"


def test_a_messy_workbook_becomes_rows_with_their_problems_and_enrols_nobody(cohort, clerk):
    rows = [messy.person(1), messy.person(2, 身份证号=WRONG_ID, 残疾人证号=""), messy.person(3, 姓名="")]
    roster = uploaded(cohort, rows, by=clerk)
    assert counts(roster) == {"ready": 1, "bad": 2, "loaded": 0, "skipped": 0, "total": 3}
    assert codes(row_of(roster, 1)) == ["citizen_id_checksum", "disability_number_missing"]
    assert codes(row_of(roster, 2)) == ["name_missing"]
    assert row_of(roster, 0).row_number == 3  # below the title and the header, as Excel counts
    assert not Enrolment.objects.exists()
    assert not Person.objects.exists()


def test_the_totals_and_signatures_that_were_left_out_are_told(cohort):
    roster = uploaded(cohort, [messy.person(1)], other_sheets={"说明": [["填表说明"]]})
    told = {notice["code"] for notice in roster.notices}
    assert {"rows_skipped_total", "rows_skipped_signature", "sheets_ignored"} <= told


@pytest.mark.parametrize(
    ("file_name", "build"),
    [
        ("a.xls", messy.xls_roster),
        ("a.csv", lambda rows: messy.csv_roster(rows, "gb18030")),
        ("a.csv", lambda rows: messy.csv_roster(rows, "utf-8-sig")),
        ("a.csv", lambda rows: messy.csv_roster(rows, "utf-8")),
    ],
)
def test_old_excel_and_csv_files_are_read_alike(cohort, file_name, build):
    roster = rosters.upload(
        by=SYSTEM,
        on=TODAY,
        cohort=cohort,
        file_name=file_name,
        data=build([messy.person(1), messy.person(2)]),
    )
    assert counts(roster)["ready"] == 2


def test_loading_registers_enrols_and_records_what_the_roster_says(cohort, clerk):
    a_region("620503")
    rows = [
        messy.person(1, 就业培训需求="有", 文化程度="初中", 户籍地址="甘肃省天水市麦积区道北街道"),
        messy.person(2, 户籍地址="秦州区玉泉镇", 人员类别="低保、边缘易致贫户"),
    ]
    roster = uploaded(cohort, rows, by=clerk)
    result = rosters.load(by=clerk, on=TODAY, roster=roster)
    assert (result["loaded_now"], result["loaded"], result["ready"]) == (2, 2, 0)
    first, second = (enrolment.person for enrolment in cohort.enrolments.order_by("pk"))
    assert (first.region.code, second.region.code) == ("620503", "620502")
    assert (first.name, first.education, first.residence) == (rows[0]["姓名"], "初中", "rural")
    assert first.base_registrations.get().base == cohort.base
    assert EmploymentStatus.objects.get(person=first).status == "unemployed"
    need = NeedRegistration.objects.get()
    assert (need.person, need.training_need, need.employable) == (first, True, True)
    hardships = {row.kind: row.person for row in HardshipStatus.objects.standing(TODAY)}
    assert hardships == {"subsistence_allowance": second, "marginal_household": second}
    enrolment = cohort.enrolments.get(person=first)
    assert (enrolment.disability_category, enrolment.employment) == ("hearing", "unemployed")
    assert row_of(roster, 0).enrolment == enrolment


def test_the_same_file_again_leads_to_the_same_import_and_changes_nothing(cohort, clerk):
    rows = [messy.person(1), messy.person(2, 身份证号=WRONG_ID)]
    data = messy.messy_roster(rows)
    first = rosters.upload(by=clerk, on=TODAY, cohort=cohort, file_name="一.xlsx", data=data)
    rosters.load(by=clerk, on=TODAY, roster=first)
    events = AuditEvent.objects.count()
    again = rosters.upload(by=clerk, on=TODAY, cohort=cohort, file_name="二.xlsx", data=data)
    assert again == first
    assert AuditEvent.objects.count() == events
    assert rosters.load(by=clerk, on=TODAY, roster=again)["loaded_now"] == 0
    assert (cohort.enrolments.count(), AuditEvent.objects.count()) == (1, events)


def test_the_same_people_in_another_file_are_known_to_be_enrolled(cohort):
    rosters.load(by=SYSTEM, on=TODAY, roster=uploaded(cohort, [messy.person(1)]))
    again = uploaded(cohort, [messy.person(1), messy.person(2)])
    assert codes(row_of(again, 0)) == ["already_enrolled"]
    assert row_of(again, 0).enrolment == cohort.enrolments.get()
    assert counts(again)["loaded"] == counts(again)["ready"] == 1
    rosters.load(by=SYSTEM, on=TODAY, roster=again)
    assert cohort.enrolments.count() == Person.objects.count() == 2


def test_a_frozen_roster_takes_no_file(cohort):
    bring_to(cohort, "assessing")
    with pytest.raises(EnrolmentClosed):
        uploaded(cohort, [messy.person(1)])


def test_joining_a_running_class_needs_a_reason(cohort):
    bring_to(cohort, "running")
    roster = uploaded(cohort, [messy.person(5)])
    with pytest.raises(LateReasonMissing):
        rosters.load(by=SYSTEM, on=TODAY, roster=roster)
    assert counts(roster)["ready"] == 1
    assert rosters.load(by=SYSTEM, on=TODAY, roster=roster, late_reason="外出务工返乡")["loaded_now"] == 1


@pytest.mark.parametrize("role", ["trainer", "read_only"])
def test_who_may_not_edit_the_class_may_not_touch_its_roster(cohort, role):
    stranger = an_actor(role, cohort.base)
    roster = uploaded(cohort, [messy.person(1)])
    with pytest.raises(NotPermitted):
        uploaded(cohort, [messy.person(2)], by=stranger)
    with pytest.raises(NotPermitted):
        rosters.correct(by=stranger, on=TODAY, roster=roster, corrections={})
    with pytest.raises(NotPermitted):
        rosters.load(by=stranger, on=TODAY, roster=roster)


@pytest.mark.parametrize(
    ("file_name", "data", "refusal"),
    [
        ("a.xlsx", b"", workbook_errors.WorkbookEmpty),
        ("a.docx", b"PK\x03\x04", workbook_errors.WorkbookExtension),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 100, workbook_errors.WorkbookDamaged),
        ("a.xlsx", "姓名,身份证号".encode(), workbook_errors.WorkbookRenamed),
        ("a.csv", "今天,天气\n很,好".encode(), workbook_errors.HeaderMissing),
        ("a.csv", "姓名,性别\n赵一,男".encode(), workbook_errors.ColumnsMissing),
        ("a.csv", "姓名,身份证号".encode(), workbook_errors.RowsMissing),
    ],
)
def test_a_file_that_cannot_be_used_leaves_nothing_behind(cohort, file_name, data, refusal):
    with pytest.raises(refusal):
        rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name=file_name, data=data)
    assert not RosterImport.objects.exists()


def test_no_citizen_id_reaches_problems_audit_rows_or_the_file_name(cohort, clerk):
    rows = [messy.person(1), messy.person(2, 身份证号=WRONG_ID), messy.person(3, 姓名="")]
    data = messy.messy_roster([*rows, messy.person(1)])
    name = f"花名册{messy.citizen_id(order=1)}.xlsx"
    roster = rosters.upload(by=clerk, on=TODAY, cohort=cohort, file_name=name, data=data)
    rosters.load(by=clerk, on=TODAY, roster=roster)
    kept = json.dumps(
        [
            roster.file_name,
            roster.notices,
            list(roster.rows.values_list("problems", flat=True)),
            list(AuditEvent.objects.values_list("subject_id", "facts")),
        ]
    )
    for row in rows:
        assert str(row["身份证号"])[:14] not in kept
        assert str(row["联系电话"]) not in kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells FROM courses_rosterimportrow")
        assert all(b"620502" not in bytes(cells) for (cells,) in cursor.fetchall())


def queries_of(action: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_roster(monkeypatch):
    # Django cuts writes into batches of 999 parameters on SQLite; but for that, nothing depends on the size.
    monkeypatch.setattr(type(connection.features), "max_query_params", 30_000)
    everyone = messy.people(550)
    figures = []
    for people in (everyone[:50], everyone[50:]):
        cohort = a_cohort(state="enrolling")
        asked = {"by": SYSTEM, "on": TODAY, "cohort": cohort, "file_name": "a.xlsx"}
        data = messy.messy_roster(people)
        to_upload = queries_of(partial(rosters.upload, data=data, **asked))
        roster = cohort.roster_imports.get()
        bad = roster.rows.first()
        to_correct = queries_of(
            partial(rosters.correct, by=SYSTEM, on=TODAY, roster=roster, corrections={bad.pk: {"name": ""}})
        )
        to_load = queries_of(partial(rosters.load, by=SYSTEM, on=TODAY, roster=roster))
        assert cohort.enrolments.count() == len(people) - 1
        figures.append((to_upload, to_correct, to_load))
    assert figures[0] == figures[1]
