"""What reports put on the first page, and for whom."""

from datetime import date

import pytest

from goals.queries import report_work
from tests.goals.report_factories import a_bulletin, accepted, returned, submitted, the_plans
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db

SOON = date(2024, 12, 1)


def lines(actor, on=SOON):
    return {one.key: (one.count, one.oldest, one.url) for one in report_work.waiting(actor, on=on)}


def test_a_unit_hears_of_what_is_due_overdue_and_returned_and_nobody_else_does():
    the_plans("620502", "620503")
    accepted(submitted(region="620502", year=2022, on=date(2022, 12, 1)))
    report = returned(submitted(region="620502", year=2023, on=date(2023, 12, 1)), on=date(2024, 1, 5))
    county = an_actor("federation_officer", a_federation("620502"))
    found = lines(county)
    assert found["reports_returned"] == (1, date(2024, 1, 5), f"/goals/reports/{report.public_id}/")
    assert found["reports_due_soon"][:2] == (2, date(2024, 12, 31)), "the yearly one and the evaluation"
    assert lines(county, on=date(2025, 1, 1))["reports_overdue"][:2] == (2, date(2024, 12, 31))
    assert "reports_due_soon" not in lines(county, on=date(2024, 11, 1))
    assert lines(an_actor("federation_officer", a_federation("620000"))) == {}
    assert lines(an_actor("read_only", a_federation("620502"))) == {}


def test_an_approver_hears_of_what_came_in_and_of_drafts_of_others():
    the_plans("620502")
    report = submitted()
    bulletin = a_bulletin()
    approver = an_actor("approver", a_federation("620500"))
    found = lines(approver)
    assert found["reports_to_decide"][2] == f"/goals/reports/{report.public_id}/decide/"
    assert found["bulletins_to_issue"][2] == f"/goals/bulletins/{bulletin.public_id}/"
    assert lines(an_actor("approver", a_federation("620502"))) == {}
