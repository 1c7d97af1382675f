"""Rows of a roster set right: cell by cell, or sent out, mended and sent back."""

import json

import pytest

from courses.actions import rosters
from courses.models import Cohort, RosterImport
from courses.queries.rosters import counts
from courses.rules.roster_columns import ROSTER_COLUMNS
from courses.rules.roster_sources import SOURCE, shown
from courses.workbooks import writing
from registry.errors import InvalidInput, NotFound
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.courses.factories import a_cohort
from tests.courses.roster_factories import codes, row_of, uploaded
from tests.courses.workbooks import messy
from tests.registry.factories import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return a_cohort(state="enrolling")


@pytest.fixture
def clerk(cohort: Cohort) -> Actor:
    return an_actor("base_manager", cohort.base)


WRONG_ID = messy.citizen_id(order=2)[:17] + "9"


def sent_out(roster: RosterImport, **changes: str) -> bytes:
    """The file of bad rows as someone sends it back, with some cells changed in every row."""
    rows = []
    for row in roster.rows.filter(state="bad"):
        cells = {key: shown(raw) for key, raw in json.loads(row.cells).items()}
        cells |= {SOURCE.key: f"{roster.public_id} {row.row_number} {row.sheet}"} | changes
        rows.append((cells, "请改正"))
    return writing.write_bad_rows((SOURCE, *ROSTER_COLUMNS), rows)


def test_correcting_a_cell_makes_its_row_ready_and_keeps_the_others(cohort, clerk):
    roster = uploaded(cohort, [messy.person(1), messy.person(2, 身份证号=WRONG_ID)])
    bad = row_of(roster, 1)
    rosters.correct(
        by=clerk, on=TODAY, roster=roster, corrections={bad.pk: {"citizen_id": messy.citizen_id(order=2)}}
    )
    assert counts(roster)["ready"] == 2
    assert rosters.load(by=clerk, on=TODAY, roster=roster)["loaded_now"] == 2


def test_a_correction_that_doubles_a_person_is_caught_and_undone_by_leaving_one_out(cohort):
    roster = uploaded(cohort, [messy.person(1), messy.person(2, 身份证号=WRONG_ID, 残疾人证号="")])
    bad = row_of(roster, 1)
    same = {"citizen_id": messy.citizen_id(order=1), "sex": "男"}
    rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections={bad.pk: same})
    bad.refresh_from_db()
    assert codes(bad) == ["duplicate_in_file", "disability_number_missing"]
    assert bad.problems[0]["facts"] == {"sheet": "花名册", "row": 3}
    rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections={}, leave_out=[bad.pk])
    assert counts(roster) == {"ready": 1, "bad": 0, "loaded": 0, "skipped": 1, "total": 2}
    rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections={bad.pk: {}})
    assert counts(roster)["bad"] == 1


def test_a_number_spoilt_by_excel_stays_spoilt_until_it_is_typed_anew(cohort):
    number = int(messy.citizen_id(order=2)[:17]) * 10
    roster = uploaded(cohort, [messy.person(2, 身份证号=float(number), 残疾人证号="")])
    bad = row_of(roster, 0)
    assert codes(bad)[0] == "citizen_id_numeric"
    seen = shown(json.loads(bad.cells)["citizen_id"])
    assert seen == messy.citizen_id(order=2)[:15]
    rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections={bad.pk: {"citizen_id": seen}})
    bad.refresh_from_db()
    assert codes(bad)[0] == "citizen_id_numeric"


def test_a_row_of_another_roster_cannot_be_corrected(cohort):
    other = uploaded(a_cohort(state="enrolling"), [messy.person(1)])
    roster = uploaded(cohort, [messy.person(2)])
    with pytest.raises(NotFound):
        rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections={row_of(other, 0).pk: {"name": "赵"}})


def test_a_field_that_no_roster_has_is_refused(cohort):
    roster = uploaded(cohort, [messy.person(1)])
    with pytest.raises(InvalidInput) as refusal:
        rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections={row_of(roster, 0).pk: {"bank": "1"}})
    assert refusal.value.facts == {"fields": {"bank": "field_unknown"}}


def test_the_bad_rows_sent_back_are_merged_into_their_import(cohort):
    roster = uploaded(cohort, [messy.person(1), messy.person(2, 身份证号=WRONG_ID)])
    data = sent_out(roster, citizen_id=messy.citizen_id(order=2))
    assert rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name="错误行.xlsx", data=data) == roster
    assert counts(roster)["ready"] == 2
    assert RosterImport.objects.count() == 1


def test_bad_rows_sent_to_another_class_are_a_roster_of_their_own(cohort):
    roster = uploaded(cohort, [messy.person(2, 身份证号=WRONG_ID)])
    other = a_cohort(cohort.base, state="enrolling")
    data = sent_out(roster, citizen_id=messy.citizen_id(order=2))
    assert rosters.upload(by=SYSTEM, on=TODAY, cohort=other, file_name="a.xlsx", data=data) != roster
    assert counts(roster)["bad"] == 1
