"""Evaluations and reviews on the API."""

import json

import pytest
from django.test import Client

from courses.models import EvaluationAnswer
from courses.rules.evaluations import BUILT_IN
from registry.requests import today
from tests.courses.evaluation_factories import SEEN, a_running_cohort
from tests.courses.evaluation_visits import closed
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db
ROOT = "/api/courses"


class Programme:
    """A programme in a signed-in session."""

    def __init__(self, account=None):
        self.client = Client()
        if account:
            self.client.force_login(account)

    def get(self, address):
        return self.client.get(ROOT + address)

    def post(self, address, body):
        return self.client.post(ROOT + address, json.dumps(body), content_type="application/json")


@pytest.fixture
def officer():
    return Programme(an_account("federation_officer", a_federation("620500")))


def test_it_is_opened_printed_answered_and_listed():
    cohort = a_running_cohort(2)
    clerk = Programme(an_account("base_manager", cohort.base))
    day = today().isoformat()
    opened = clerk.post(f"/cohorts/{cohort.public_id}/evaluation", {"closes_on": day})
    assert opened.status_code == 201
    codes = clerk.post(f"/cohorts/{cohort.public_id}/evaluation/slips", {}).json()["codes"]
    assert len(codes) == 2
    anyone = Programme()
    asked = anyone.get(f"/evaluate/{codes[0]}").json()["questions"]
    assert [question["key"] for question in asked] == list(BUILT_IN)
    given = {"marks": dict.fromkeys(BUILT_IN, 5), "comment": ""}
    assert anyone.post(f"/evaluate/{codes[0]}", given).status_code == 204
    assert anyone.post(f"/evaluate/{codes[0]}", given).status_code == 409
    assert anyone.get(f"/evaluate/{codes[0]}").status_code == 409
    assert anyone.post("/evaluate/12345", given).status_code == 404
    [listed] = clerk.get("/evaluations?state=open").json()["items"]
    assert (listed["cohort"], listed["invited"], listed["answers"]) == (cohort.public_id, 2, 1)
    assert clerk.get("/evaluations?state=other").status_code == 422
    assert EvaluationAnswer.objects.count() == 1


def test_figures_are_told_from_five_answers_on(officer):
    few, many = closed((5, 5, 5)), closed()
    told = officer.get(f"/cohorts/{few.cohort.public_id}/evaluation").json()
    assert (told["figures"]["answers"], told["figures"]["questions"], told["comments"]) == (3, [], [])
    told = officer.get(f"/cohorts/{many.cohort.public_id}/evaluation").json()
    assert told["figures"]["questions"][0]["share"] == 0.5
    assert len(told["comments"]) == 10


def test_results_of_a_year_by_base_and_course(officer):
    held = closed()
    base = held.cohort.base
    told = officer.get("/evaluation-results?year=2024").json()
    assert [(row["base"], row["figures"]["answers"]) for row in told["bases"]] == [(base.public_id, 10)]
    assert told["total"]["rate"] == 1.0
    told = officer.get(f"/evaluation-results/{base.public_id}?year=2024").json()
    assert [row["course"] for row in told["courses"]] == [held.cohort.course.public_id]


def test_an_inspection_draws_calls_and_their_results_are_recorded(officer):
    cohort = a_running_cohort(11)
    made = officer.post(
        f"/cohorts/{cohort.public_id}/reviews",
        {"kind": "inspection", "reviewed_on": "2024-06-03", "reviewer": "罗志强", "marks": SEEN},
    )
    assert made.status_code == 201
    review = made.json()
    assert len(review["calls"]) == 2
    call = review["calls"][0]["id"]
    told = officer.post(
        f"/reviews/{review['public_id']}/calls/{call}", {"result": "denied", "note": "没去过"}
    )
    assert told.json()["calls"][0]["result"] == "denied"
    assert len(officer.post(f"/reviews/{review['public_id']}/draw", {}).json()["calls"]) == 3
    assert officer.get(f"/cohorts/{cohort.public_id}/reviews").json()[0]["mean"] == pytest.approx(
        4.33, abs=0.01
    )


def test_a_federation_sets_its_questions(officer):
    city = a_federation("620500")
    body = {"questions": [{"text": "好不好？", "text_en": "Good?"}]}
    made = officer.post(f"/questionnaires/{city.public_id}", body)
    assert (made.status_code, made.json()["version"]) == (201, 1)
