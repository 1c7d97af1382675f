"""The API of filings, packages and vouchers: the same acts and refusals as on the pages."""

import pytest
from django.test import Client

from courses.models import Cohort
from tests.courses.factories import a_cohort, a_course, bring_to, enrolled
from tests.courses.filing_factories import a_filing
from tests.registry.factories import a_base, a_federation, a_person, an_account

pytestmark = pytest.mark.django_db
COHORTS = "/api/courses/cohorts"
JSON = {"content_type": "application/json"}


def signed_in(cohort: Cohort, role: str = "base_manager") -> Client:
    client = Client()
    client.force_login(an_account(role, cohort.base if role == "base_manager" else a_federation("620500")))
    return client


def test_a_filing_is_filled_submitted_and_returned_by_task() -> None:
    cohort = a_cohort()
    base = signed_in(cohort)
    refused = base.post(f"{COHORTS}/{cohort.public_id}/move", {"state": "submitted"}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (422, "filing_incomplete")
    assert "filing_no_budget" in refused.json()["facts"]["missing"]
    lines = [{"item": "teaching", "amount": "7200.50", "funding_source": "fiscal"}]
    base.put(f"{COHORTS}/{cohort.public_id}/budget", {"lines": lines}, **JSON)
    told = base.get(f"{COHORTS}/{cohort.public_id}/filing").json()
    assert told["budget_total"] in ("7200.50", 7200.5)
    assert {task["task"]: task["status"] for task in told["tasks"]} == {
        "particulars": "missing",
        "timetable": "missing",
        "trainers": "missing",
        "budget": "done",
        "roster": "to_do",
    }
    assert {one["code"] for one in told["warnings"]} >= {"base_not_accredited", "filing_no_trainees"}


def test_reasons_by_task_come_back_with_the_cohort_and_its_moves() -> None:
    cohort = bring_to(a_filing(), "submitted")
    asked = {"state": "returned", "task_reasons": {"budget": "场地费太高"}}
    answer = signed_in(cohort, "approver").post(f"{COHORTS}/{cohort.public_id}/move", asked, **JSON)
    assert answer.json()["to_mend"] == {"budget": "场地费太高"}
    moves = signed_in(cohort).get(f"{COHORTS}/{cohort.public_id}/filing").json()["moves"]
    assert moves[-1]["task_reasons"] == {"budget": "场地费太高"}


def test_several_move_at_once_each_with_its_own_answer() -> None:
    base = a_base()
    course = a_course(base)
    ready, draft = a_cohort(base, course=course, state="submitted"), a_cohort(base, course=course)
    asked = {"cohorts": [ready.public_id, draft.public_id], "state": "approved"}
    answer = signed_in(ready, "approver").post(f"{COHORTS}/move", asked, **JSON).json()
    assert {one["cohort"]: (one["state"], one["refusal"]) for one in answer} == {
        ready.public_id: ("approved", ""),
        draft.public_id: ("draft", "cohort_move_not_allowed"),
    }


def test_the_next_run_and_the_masters() -> None:
    cohort = a_filing(organisation_mode="apprenticeship")
    [trainee] = enrolled(cohort)
    base = signed_in(cohort)
    masters = {"masters": [{"enrolment": trainee.public_id, "master": "赵师傅"}]}
    url = f"{COHORTS}/{cohort.public_id}"
    assert base.put(f"{url}/masters", masters, **JSON).json() == {"changed": 1}
    made = base.post(f"{url}/copy", {"starts_on": "2024-09-02"}, **JSON).json()
    assert (made["state"], made["starts_on"]) == ("draft", "2024-09-02")


def test_a_package_its_vouchers_and_their_use() -> None:
    cohort = a_cohort(a_base("620502"), state="enrolling")
    [trainee] = enrolled(cohort)
    officer, base = signed_in(cohort, "federation_officer"), signed_in(cohort)
    package = officer.post(
        "/api/courses/packages", {"name": "电商包", "courses": [cohort.course.public_id]}, **JSON
    ).json()
    asked = {"package": package["public_id"], "value": "800", "expires_on": "2099-12-31"}
    people = [trainee.person.public_id, a_person(777).public_id]
    made = officer.post("/api/courses/vouchers", asked | {"people": people}, **JSON).json()
    assert [one["state"] for one in made] == ["open", "open"]
    mine = next(one for one in made if one["person"] == trainee.person.public_id)
    [used] = base.post(f"{COHORTS}/{cohort.public_id}/vouchers", {"numbers": [mine["number"]]}, **JSON).json()
    assert used["state"] == "redeemed"
    assert officer.get("/api/courses/vouchers", {"state": "redeemed"}).json()["count"] == 1
    refused = officer.post(f"/api/courses/vouchers/{mine['public_id']}/cancel", {"reason": "错"}, **JSON)
    assert refused.json()["code"] == "voucher_used"


def test_an_ability_assessment_is_recorded_and_read_by_who_may() -> None:
    person = a_person(base=a_base("620502"))
    client = Client()
    client.force_login(an_account("counsellor", a_federation("620500")))
    url = f"/api/courses/people/{person.public_id}/abilities"
    asked = {"assessed_on": "2024-05-01", "assessor": "服务中心", "suited_skills": ["no-such"]}
    a_course()
    assert client.post(url, asked, **JSON).status_code == 404
    assert client.post(url, asked | {"suited_skills": ["livestreaming"]}, **JSON).status_code == 200
    assert [one["suited_skills"] for one in client.get(url).json()] == [["livestreaming"]]
