"""The API of skills, courses, cohorts, attendance and results: the same names, the same refusals as the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from courses.models import Attendance, Cohort, Course
from courses.views.attendance import cell_name
from registry import requests
from registry.actions import accounts
from registry.models import Account
from registry.rules.access import SYSTEM
from tests.courses.factories import (
    STARTS_ON,
    a_cohort,
    a_course,
    a_skill,
    a_trainer,
    attended,
    bring_to,
    enrolled,
    scored,
    sessions_of,
    some_people,
)
from tests.registry.factories import a_base, a_federation, a_person, an_account

pytestmark = pytest.mark.django_db
ROOT = "/api/courses"


class Api:
    """Signs in with a bearer token, sends and reads JSON."""

    def __init__(self, account: Account) -> None:
        now = requests.today()  # doors ask the clock, and so does the life of a token
        _token, text = accounts.issue_token(
            by=SYSTEM, on=now, account=account, label="测试", expires_on=now + timedelta(days=30)
        )
        self.headers = {"Authorization": f"Bearer {text}"}
        self.client = Client()

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        answer = self.client.get(ROOT + path, query, headers=self.headers)
        return answer.status_code, answer.json()

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        call = getattr(self.client, method)
        answer = call(ROOT + path, body or {}, content_type="application/json", headers=self.headers)
        return answer.status_code, answer.json()


def test_the_skills_are_listed_with_their_permanent_numbers() -> None:
    a_skill()
    status, skills = Api(an_account("trainer")).get("/skills")
    assert status == 200
    assert [skill["number"] for skill in skills] == sorted(skill["number"] for skill in skills)
    assert {"medical-massage"} == {skill["code"] for skill in skills if not skill["base_may_issue"]}


def test_a_whole_cohort_goes_from_filing_to_outcomes() -> None:
    base = a_base()
    a_skill()
    manager, approver = (
        Api(an_account("base_manager", base)),
        Api(an_account("approver", a_federation("620500"))),
    )
    course = {"base": base.public_id, "skill": "livestreaming", "name": "直播", "practice_hours": 8}
    status, made = manager.send("post", "/courses", course)
    assert (status, made["pass_mark"], made["base"]) == (200, 60, base.public_id)
    filing = {
        "course": made["public_id"],
        "name": "一期",
        "starts_on": str(STARTS_ON),
        "ends_on": "2024-06-13",
        "organisation_mode": "one_to_one",
        "venue": "秦州区文化路1号",
        "planned_trainees": 2,
    }
    status, cohort = manager.send("post", "/cohorts", filing)
    assert (status, cohort["state"]) == (200, "draft")
    path = f"/cohorts/{cohort['public_id']}"
    timetable = [{"on": "2024-05-14", "hours": 4}, {"on": "2024-05-15", "hours": 4}]
    assert manager.send("post", f"{path}/sessions", {"sessions": timetable})[0] == 200
    taught_by = {"trainers": [a_trainer(base).public_id]}
    assert manager.send("put", f"{path}/trainers", taught_by)[0] == 200
    costs = {"lines": [{"item": "teaching", "amount": "7200", "funding_source": "fiscal"}]}
    assert manager.send("put", f"{path}/budget", costs)[0] == 200
    for actor, state in ((manager, "submitted"), (approver, "approved"), (manager, "enrolling")):
        assert actor.send("post", f"{path}/move", {"state": state})[0] == 200
    people = some_people(2, base)
    wanted = [people[1].public_id, people[0].public_id]
    status, roster = manager.send("post", f"{path}/enrolments", {"people": wanted})
    assert [row["person"] for row in roster] == wanted
    manager.send("post", f"{path}/move", {"state": "running"})
    marks = [
        {"on": session["on"], "enrolment": row["public_id"], "presence": "present"}
        for session in timetable
        for row in roster
    ]
    assert manager.send("put", f"{path}/attendance", {"marks": marks}) == (200, {"written": 4, "cleared": 0})
    assert manager.send("put", f"{path}/attendance", {"marks": marks}) == (200, {"written": 0, "cleared": 0})
    assert len(manager.get(f"{path}/attendance")[1]) == 4
    manager.send("post", f"{path}/move", {"state": "assessing"})
    scores = [
        {"enrolment": roster[0]["public_id"], "score": 85.5},
        {"enrolment": roster[1]["public_id"], "score": "59.9"},
    ]
    asked = {"assessed_on": "2024-06-01", "scores": scores}
    assert manager.send("put", f"{path}/results", asked) == (200, {"written": 2, "cleared": 0})
    status, preview = manager.get(f"{path}/outcomes")
    assert [(row["rule"], row["is_decided"]) for row in preview] == [("passed", False), ("mark_short", False)]
    assert manager.send("post", f"{path}/outcomes") == (
        200,
        {"completed": 1, "failed": 1, "withdrew": 0, "pending": 0},
    )
    assert manager.send("post", f"{path}/move", {"state": "completed"})[1]["state"] == "completed"
    status, page = approver.get(f"{path}/enrolments")
    assert [(row["score"], row["outcome"]) for row in page["items"]] == [
        ("85.5", "completed"),
        ("59.9", "failed"),
    ]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("post", "/move", {"state": "running"}, 409, "cohort_move_not_allowed"),
        ("post", "/move", {"state": "cancelled"}, 422, "reason_missing"),
        ("patch", "", {"ends_on": "2020-01-01"}, 422, "invalid_input"),
        ("patch", "", {"ends_on": "soon"}, 422, "invalid_input"),
        (
            "post",
            "/sessions",
            {"sessions": [{"on": "2020-01-01", "hours": 4}]},
            422,
            "session_outside_cohort",
        ),
        ("post", "/sessions", {"sessions": []}, 422, "session_pattern_invalid"),
        ("put", "/attendance", {"marks": []}, 409, "records_closed"),
        ("put", "/results", {"assessed_on": "2024-06-01", "scores": []}, 409, "records_closed"),
        ("post", "/outcomes", {}, 409, "records_closed"),
        ("post", "/enrolments", {"people": ["nobody"]}, 404, "not_found"),
        ("post", "/enrolments", {"people": []}, 422, "invalid_input"),
    ],
)
def test_refusals_have_the_code_and_the_words_of_the_pages(
    method: str, path: str, body: Any, status: int, code: str
) -> None:
    cohort = a_cohort()
    answered, refusal = Api(an_account("base_manager", cohort.base)).send(
        method, f"/cohorts/{cohort.public_id}{path}", body
    )
    assert (answered, refusal["code"]) == (status, code)
    assert refusal["message"] != "这个请求不能办理。"


def test_a_stranger_is_told_nothing_and_a_colleague_that_it_is_not_theirs_to_do() -> None:
    cohort = a_cohort()
    path = f"/cohorts/{cohort.public_id}"
    stranger = Api(an_account("base_manager", a_base()))
    assert stranger.get(path)[0] == 404
    assert stranger.send("post", f"{path}/move", {"state": "submitted"})[0] == 404
    reader = Api(an_account("read_only", cohort.base))
    assert reader.get(path)[0] == 200
    for method, end, body in (
        ("post", "/move", {"state": "submitted"}),
        ("patch", "", {"venue": "二楼"}),
        ("post", "/enrolments", {"people": ["x"]}),
        ("post", "/sessions", {"sessions": []}),
        ("put", "/attendance", {"marks": []}),
        ("put", "/results", {"assessed_on": "2024-06-01", "scores": []}),
        ("post", "/outcomes", {}),
    ):
        assert reader.send(method, path + end, body)[0] == 403, end
    assert Cohort.objects.get().state == "draft"


def test_people_out_of_reach_are_not_enrolled() -> None:
    cohort = a_cohort()
    stranger = a_person(99)
    manager = Api(an_account("base_manager", cohort.base))
    status, refusal = manager.send(
        "post", f"/cohorts/{cohort.public_id}/enrolments", {"people": [stranger.public_id]}
    )
    assert (status, refusal["code"]) == (404, "not_found")
    assert not cohort.enrolments.exists()


def test_marks_that_name_nothing_here_are_refused_whole() -> None:
    cohort = a_cohort(state="enrolling")
    [trainee] = enrolled(cohort, 1)
    [session] = sessions_of(cohort, 1)
    bring_to(cohort, "running")
    marks = [
        {"on": str(session.on), "enrolment": trainee.public_id, "presence": "present"},
        {"on": "2030-01-01", "enrolment": trainee.public_id, "presence": "present"},
    ]
    trainer = Api(an_account("trainer", cohort.base))
    status, refusal = trainer.send("put", f"/cohorts/{cohort.public_id}/attendance", {"marks": marks})
    assert (status, refusal["code"], refusal["facts"]) == (422, "not_in_cohort", {"count": 1})
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("score", [101, -1, 85.55, "many", "NaN"])
def test_a_score_that_is_none_is_refused(score: Any) -> None:
    cohort = a_cohort(state="assessing")
    asked = {
        "assessed_on": "2024-06-01",
        "scores": [{"enrolment": cohort.enrolments.get().public_id, "score": score}],
    }
    status, refusal = Api(an_account("trainer", cohort.base)).send(
        "put", f"/cohorts/{cohort.public_id}/results", asked
    )
    assert status == 422
    assert refusal["code"] in ("score_invalid", "invalid_input")


def test_leaving_is_noted_and_taken_back() -> None:
    cohort = a_cohort(state="running")
    manager = Api(an_account("base_manager", cohort.base))
    path = f"/cohorts/{cohort.public_id}/enrolments/{cohort.enrolments.get().public_id}"
    assert manager.send("post", f"{path}/withdraw")[1]["outcome"] == "withdrew"
    assert manager.send("post", f"{path}/take-back")[1]["outcome"] == "pending"


def test_a_course_is_changed_until_it_is_in_use() -> None:
    course = a_course()
    manager = Api(an_account("base_manager", course.base))
    assert manager.send("patch", f"/courses/{course.public_id}", {"pass_mark": 70})[1]["pass_mark"] == 70
    a_cohort(course=course, state="submitted")
    status, refusal = manager.send("patch", f"/courses/{course.public_id}", {"pass_mark": 10})
    assert (status, refusal["code"]) == (409, "course_in_use")
    assert Course.objects.get().pass_mark == 70


def test_lists_are_cut_to_what_is_in_reach_and_counted(django_assert_num_queries: Any) -> None:
    base = a_base()
    course = a_course(base)
    for _ in range(3):
        a_cohort(base, course=course)
    a_cohort()
    manager = Api(an_account("base_manager", base))
    with django_assert_num_queries(4):
        status, page = manager.get("/cohorts")
    assert (status, page["count"], len(page["items"])) == (200, 3, 3)
    assert manager.get("/cohorts", state="running")[1]["count"] == 0
    assert manager.get("/courses")[1]["count"] == 1
    assert manager.get("/cohorts", page=7)[1]["items"] == []


def test_fifty_trainees_are_listed_in_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    for size in (1, 50):
        cohort = a_cohort(state="enrolling")
        trainees = enrolled(cohort, size)
        sessions = sessions_of(cohort)
        bring_to(cohort, "running")
        attended(cohort, sessions, trainees)
        bring_to(cohort, "assessing")
        scored(cohort, trainees)
        trainer = Api(an_account("trainer", cohort.base))
        with django_assert_num_queries(5):
            assert len(trainer.get(f"/cohorts/{cohort.public_id}/enrolments")[1]["items"]) == size
        with django_assert_num_queries(6):
            assert len(trainer.get(f"/cohorts/{cohort.public_id}/outcomes")[1]) == size
        with django_assert_num_queries(4):
            assert len(trainer.get(f"/cohorts/{cohort.public_id}/attendance")[1]) == size * 5


def test_the_pages_fields_carry_no_internal_keys() -> None:
    cohort = a_cohort(state="running")
    [session] = sessions_of(cohort, 1)
    enrolment = cohort.enrolments.get()
    assert cell_name(session, enrolment) == f"mark-20240514.1-{enrolment.public_id}"
