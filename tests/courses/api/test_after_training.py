"""The API of employment, follow-ups, counsellors, services and rates: the pages' names and refusals."""

from datetime import timedelta

import pytest

from courses.actions import follow_ups
from courses.models import EmploymentSpell
from registry import requests
from tests.conftest import TODAY
from tests.courses.api.test_cohorts import Api
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db

JOB = {"form": "concentrated", "employer_name": "福利厂", "started_on": str(TODAY)}


def test_a_class_finds_work_and_is_followed_up() -> None:
    cohort = a_completed_cohort(people=3)
    manager = Api(an_account("base_manager", cohort.base))
    rows = list(cohort.enrolments.all())
    spells = [JOB | {"enrolment": row.public_id} for row in rows]
    spells[2]["employer_uscc"] = "1"
    status, done = manager.send("post", f"/cohorts/{cohort.public_id}/employment", {"spells": spells})
    assert status == 200
    assert done == {"written": 2, "problems": {rows[2].public_id: {"employer_uscc": "uscc_length"}}}
    status, page = manager.get("/employment", form="concentrated")
    assert (page["count"], page["items"][0]["enrolment"]) == (2, rows[1].public_id)

    account = an_account("counsellor", a_federation("620502"))
    officer, counsellor = Api(an_account("federation_officer", a_federation("620502"))), Api(account)
    people = [row.person.public_id for row in rows]
    asked = {"counsellor": account.public_id, "people": people}
    assert officer.send("post", "/counsellors/assign", asked) == (200, {"changed": 3})
    assert officer.get("/counsellors") == (200, [{"public_id": account.public_id, "name": account.name}])
    follow_ups.make_due(on=TODAY + timedelta(days=365))
    status, due = counsellor.get("/follow-ups", whose="mine")
    assert (status, due["count"], due["unwilling"]) == (200, 15, 0)
    now = str(requests.today())
    first = due["items"][0]["public_id"]
    answer = {"contacted_on": now, "channel": "phone", "result": "employed"}
    status, told = counsellor.send("post", f"/follow-ups/{first}/tries", answer)
    assert (status, told["result"], told["done_on"]) == (200, "employed", now)
    status, told = counsellor.send("post", f"/follow-ups/{first}/tries", answer)
    assert (status, told["code"]) == (409, "follow_up_done")
    assert counsellor.send("post", f"/follow-ups/{first}/reopen")[1]["done_on"] is None


def test_a_job_is_ended_corrected_and_undone() -> None:
    cohort = a_completed_cohort()
    manager = Api(an_account("base_manager", cohort.base))
    person = cohort.enrolments.get().person.public_id
    status, spell = manager.send("post", f"/people/{person}/employment", JOB)
    assert status == 200
    other = JOB | {"form": "farming"}
    status, refused = manager.send("post", f"/people/{person}/employment", other)
    assert (status, refused["code"]) == (409, "spell_overlaps")
    path = f"/employment/{spell['public_id']}"
    status, made = manager.send("post", f"{path}/correct", other | {"reason": "写错了"})
    assert (status, made["form"]) == (200, "farming")
    path = f"/employment/{made['public_id']}"
    left = {"ended_on": str(TODAY + timedelta(days=9)), "reason": "health"}
    assert manager.send("post", f"{path}/end", left)[1]["end_reason"] == "health"
    assert manager.send("post", f"{path}/undo", {"reason": "没有这回事"})[1]["undone_reason"] == "没有这回事"
    status, every = manager.get(f"/people/{person}/employment")
    assert (len(every), EmploymentSpell.objects.standing().count()) == (2, 0)
    assert manager.get(path)[1]["undone_on"] == str(requests.today())


def test_services_are_recorded_answered_and_removed() -> None:
    cohort = a_completed_cohort()
    person = cohort.enrolments.get().person.public_id
    officer = Api(an_account("federation_officer", a_federation("620500")))
    day = str(requests.today())
    referral = {"kind": "referral", "day": day, "cohort": cohort.public_id}
    status, made = officer.send("post", f"/people/{person}/services", referral)
    assert (status, made["cohort"], made["course"]) == (200, cohort.public_id, cohort.course.public_id)
    result = officer.send("post", f"/services/{made['public_id']}/result", {"result": "enrolled"})[1]
    assert result["result"] == "enrolled"
    asked = {"kind": "verification", "day": day, "people": [person]}
    assert officer.send("post", "/services/round", asked) == (200, {"written": 1})
    assert len(officer.get(f"/people/{person}/services")[1]) == 2
    assert officer.get("/services/without")[1]["count"] == 0
    assert officer.get("/services/without", kind="magic")[0] == 422
    graduated = {"graduated_on": "2023-06-30", "level": "bachelor"}
    assert officer.send("post", f"/people/{person}/graduation", graduated)[1]["level"] == "bachelor"
    assert officer.get("/rates/graduates")[1] == {"in_need": 0, "trained": 0, "share": None}


def test_the_rates_say_their_terms_and_their_day() -> None:
    cohort = a_completed_cohort(people=2)
    cohort.enrolments.update(employment="unemployed")
    auditor = Api(an_account("auditor", a_federation("620500")))
    status, found = auditor.get("/rates", by="cohort", cohort=cohort.public_id)
    assert (status, found["window_days"], found["retention_months"]) == (200, 180, 6)
    assert found["on"] == str(requests.today())
    assert (found["total"]["closed"], found["total"]["conversion"]) == (2, "0.0")
    assert [line["key"] for line in found["lines"]] == [cohort.public_id]
    assert auditor.get("/rates", by="moon")[0] == 422
