"""Reports and bulletins on the API."""

import pytest

from goals.models import Plan
from tests.goals.report_factories import a_bulletin, a_report, submitted, the_plans, written
from tests.goals.views.test_coverage import signed_in
from tests.registry.factories import a_federation

pytestmark = pytest.mark.django_db


def sent(client, method, url, **body):
    return getattr(client, method)(url, body, content_type="application/json")


def test_a_report_goes_its_way_without_a_page():
    the_plans("620502")
    officer = signed_in("federation_officer", a_federation("620502"))
    begun = sent(
        officer, "post", "/api/goals/reports", target="TS-07", region_code="620502", year=2024
    ).json()
    assert (begun["state"], begun["due_on"], begun["kind"]) == ("draft", "2024-12-31", "annual")
    url = f"/api/goals/reports/{begun['id']}"
    assert sent(officer, "post", f"{url}/submit").json()["facts"]["fields"]["results"] == "field_missing"
    for name in ("implementation", "results", "experience", "problems"):
        sent(officer, "put", f"{url}/sections/{name}", text="写好的")
    filing = sent(officer, "post", f"{url}/submit").json()
    assert (filing["number"], filing["figures"]["years"], filing["figures"]["definitions"]) == (1, "2024", 1)
    approver = signed_in("approver", a_federation("620500"))
    refused = sent(approver, "post", f"{url}/decision", is_accepted=False)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
    assert sent(approver, "post", f"{url}/decision", is_accepted=True).json()["is_accepted"] is True
    assert approver.get(url).json()["report"]["state"] == "accepted"
    assert approver.get(f"{url}/file/docx").content[:2] == b"PK"


def test_the_status_of_a_plan_names_no_draft_of_another_unit(django_assert_max_num_queries):
    the_plans("620502", "620503")
    draft, filed = written(a_report()), submitted(region="620503")
    plan = Plan.objects.get(region__code="620500")
    city = signed_in("read_only", a_federation("620500"))
    rows = city.get(f"/api/goals/plans/{plan.public_id}/reports").json()
    found = {(row["region_code"], row["year"]): row for row in rows if row["target"] == "TS-07"}
    assert found["620503", 2024]["report"] == filed.public_id
    assert (found["620502", 2024]["report"], found["620502", 2024]["status"]) == ("", "missing")
    with django_assert_max_num_queries(8):
        listed = city.get("/api/goals/reports?year=2024").json()
    assert [row["id"] for row in listed["items"]] == [filed.public_id]
    assert draft.public_id not in str(listed)


def test_a_bulletin_gives_its_frozen_figures():
    the_plans("620502")
    bulletin = a_bulletin()
    city = signed_in("read_only", a_federation("620500"))
    assert city.get("/api/goals/bulletins").json()["items"][0]["id"] == bulletin.public_id
    whole = city.get(f"/api/goals/bulletins/{bulletin.public_id}").json()
    assert whole["figures"]["items"][0]["rows"][0]["region"] == "620502"
