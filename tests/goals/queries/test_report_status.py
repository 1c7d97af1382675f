"""Who owes which report, and where it stands."""

from collections import Counter
from datetime import date

import pytest

from goals.models import Plan
from goals.queries import report_status
from goals.rules.reports import Status
from tests.conftest import TODAY
from tests.goals.report_factories import a_report, a_target, accepted, returned, submitted, the_plans
from tests.registry.factories import a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db

COUNTIES = ("620502", "620503", "620521")
AFTER = date(2025, 2, 1)


def owed(code, on=AFTER):
    target = a_target(code)
    return {
        (duty.region.code, duty.year): duty.status
        for duty in report_status.of_target(target, target.plan, on=on)
    }


def test_every_county_owes_a_report_each_year_filed_late_returned_or_missing():
    the_plans(*COUNTIES)
    accepted(submitted(region="620502", year=2023, on=date(2023, 12, 31)))
    submitted(region="620503", year=2023, on=date(2024, 1, 1))
    returned(submitted(region="620502", year=2024, on=date(2024, 12, 1)))
    a_report(region="620521", year=2024)
    found = owed("TS-07")
    assert len(found) == 9
    assert found["620502", 2023] == Status.FILED
    assert found["620503", 2023] == Status.LATE
    assert found["620502", 2024] == Status.RETURNED
    assert found["620521", 2024] == Status.MISSING, "a draft is no report"
    assert owed("TS-07", on=date(2024, 12, 31))["620521", 2024] == Status.NOT_DUE


@pytest.mark.parametrize(
    ("code", "units", "years"),
    [
        ("TJ-06", {"120101", "120102"}, {2022, 2023, 2024}),
        ("TJ-07", {"120000"}, {2022, 2023, 2024}),
        ("TJ-08", {"120000"}, {2024}),
        ("JX-19", {"360100"}, {2022, 2023, 2024}),
        ("JX-20", {"360000"}, {2023}),
        ("PJ-07", {"211102"}, {2022, 2023, 2024}),
        ("PJ-08", {"211100"}, {2022, 2023, 2024}),
    ],
)
def test_who_owes_what_follows_from_the_document(code, units, years):
    the_plans("120101", "120102", "360100", "360102", "211102")
    found = owed(code)
    assert {region for region, _year in found} == units
    assert {year for _region, year in found} == years


def test_tianjins_districts_are_due_in_november_and_panjins_on_no_day():
    the_plans("120101", "211102")
    assert owed("TJ-06", on=date(2024, 12, 1))["120101", 2024] == Status.MISSING
    assert owed("PJ-07", on=date(2024, 12, 31))["211102", 2024] == Status.NOT_DUE
    submitted(region="211102", year=2022, target="PJ-07", on=AFTER)
    assert owed("PJ-07")["211102", 2022] == Status.FILED


def test_a_unit_outside_the_standard_reports_too_and_one_whose_code_ended_no_longer():
    the_plans("620502", "620503")
    zone, old = a_region("620502"), a_region("620503")
    type(zone).objects.filter(pk=zone.pk).update(is_statutory=False)
    type(old).objects.filter(pk=old.pk).update(valid_to=date(2022, 6, 1))
    assert Counter(code for code, _year in owed("TS-07")) == {"620502": 3, "620503": 1}


def test_own_duties_are_those_of_the_very_federation():
    the_plans(*COUNTIES)
    county = an_actor("federation_officer", a_federation("620502"))
    codes = {(duty.target.code, duty.region.code) for duty in report_status.own(county, on=TODAY)}
    assert codes == {("TS-07", "620502"), ("TS-08", "620502")}
    city = an_actor("federation_officer", a_federation("620500"))
    assert {duty.target.code for duty in report_status.own(city, on=TODAY)} == {"TS-09"}
    assert report_status.own(an_actor("read_only", a_federation("620502")), on=TODAY) == []


def test_the_board_asks_three_questions_however_many_units_there_are(django_assert_num_queries):
    the_plans(*COUNTIES)
    plan = Plan.objects.select_related("region", "period").get(region__code="620500")
    with django_assert_num_queries(3):
        board = report_status.of_plan(plan, on=AFTER)
    assert {target.code: len(duties) for target, duties in board.items()} == {
        "TS-07": 9,
        "TS-08": 3,
        "TS-09": 1,
    }
