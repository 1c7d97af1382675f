"""What the register says against a row of a roster: other names, other classes, papers that no longer hold."""

import json
from datetime import timedelta

import pytest

from courses.actions import enrolments, rosters
from courses.models import Cohort
from courses.queries.rosters import counts
from registry.models import (
    DisabilityCertificate,
    Person,
)
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import ENDS_ON, STARTS_ON, a_cohort, a_completed_cohort, a_course
from tests.courses.roster_factories import codes, row_of, uploaded
from tests.courses.workbooks import messy
from tests.registry.factories import a_base, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return a_cohort(state="enrolling")


def test_a_name_that_differs_from_the_record_stops_the_row_without_telling_the_other_name(cohort):
    a_person(citizen_id=messy.citizen_id(order=1), name="完全不同")
    roster = uploaded(cohort, [messy.person(1)])
    assert codes(row_of(roster, 0)) == ["name_differs"]
    assert row_of(roster, 0).problems[0]["severity"] == "error"
    assert "完全不同" not in json.dumps(row_of(roster, 0).problems, ensure_ascii=False)


def test_another_class_at_the_same_time_and_a_skill_already_reached_only_warn(cohort):
    row = messy.person(1)
    person = a_person(citizen_id=messy.citizen_id(order=1), name=str(row["姓名"]), category="")
    elsewhere = a_cohort(a_base(), state="enrolling")
    enrolments.enrol(by=SYSTEM, on=STARTS_ON, cohort=elsewhere, people=[person])
    a_completed_cohort(people=[person], course=a_course(skill=cohort.course.skill.code))
    roster = uploaded(cohort, [row])
    assert codes(row_of(roster, 0)) == ["enrolled_elsewhere", "skill_already_held"]
    assert counts(roster)["ready"] == 1


def test_a_class_on_other_days_is_no_overlap(cohort):
    row = messy.person(1)
    person = a_person(citizen_id=messy.citizen_id(order=1), name=str(row["姓名"]), category="")
    later = {"starts_on": ENDS_ON + timedelta(days=1), "ends_on": ENDS_ON + timedelta(days=9)}
    enrolments.enrol(by=SYSTEM, on=TODAY, cohort=a_cohort(state="enrolling", **later), people=[person])
    assert codes(row_of(uploaded(cohort, [row]), 0)) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cancelled_on": TODAY}, "certificate_cancelled"),
        ({"valid_until": TODAY - timedelta(days=1)}, "certificate_expired"),
    ],
)
def test_a_disability_certificate_that_no_longer_holds_warns(cohort, change, code):
    row = messy.person(1)
    a_person(
        citizen_id=messy.citizen_id(order=1), name=str(row["姓名"]), disability_number=str(row["残疾人证号"])
    )
    DisabilityCertificate.objects.update(**change)
    roster = uploaded(cohort, [row])
    assert codes(row_of(roster, 0)) == [code]
    assert counts(roster)["ready"] == 1


def test_a_certificate_with_another_grade_is_told_and_recorded(cohort):
    row = messy.person(1)
    number = str(row["残疾人证号"])
    a_person(
        citizen_id=messy.citizen_id(order=1), name=str(row["姓名"]), disability_number=f"{number[:18]}44"
    )
    roster = uploaded(cohort, [row])
    assert codes(row_of(roster, 0)) == ["certificate_changed"]
    rosters.load(by=SYSTEM, on=TODAY, roster=roster)
    assert DisabilityCertificate.objects.count() == 2


def test_an_address_without_a_county_leads_to_the_region_of_the_base_and_says_so(cohort):
    roster = uploaded(cohort, [messy.person(1, 户籍地址="幸福路8号")])
    assert row_of(roster, 0).problems[-1] == {
        "field": "address",
        "code": "region_from_base",
        "severity": "info",
        "facts": {"region": "秦州区"},
    }
    rosters.load(by=SYSTEM, on=TODAY, roster=roster)
    assert Person.objects.get().region == cohort.base.region


def test_a_family_member_is_tied_to_the_relative_on_the_same_roster(cohort):
    relative = messy.person(1)
    member = messy.person(2, 学员类别="家庭成员", 残疾人证号=relative["残疾人证号"])
    roster = uploaded(cohort, [member, relative])
    assert codes(row_of(roster, 0)) == ["certificate_of_relative"]
    rosters.load(by=SYSTEM, on=TODAY, roster=roster)
    person = Person.objects.get(kind="household_member")
    assert person.household_of == Person.objects.get(kind="disabled")
    assert not person.disability_certificates.exists()


def test_what_changed_since_the_upload_stops_its_row_and_not_the_others(cohort):
    roster = uploaded(cohort, [messy.person(1), messy.person(2)])
    a_person(citizen_id=messy.citizen_id(order=1), name="后来登记")
    result = rosters.load(by=SYSTEM, on=TODAY, roster=roster)
    assert (result["loaded_now"], result["bad"]) == (1, 1)
    assert codes(row_of(roster, 0)) == ["name_differs"]
