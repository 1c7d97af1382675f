"""Builds evaluations, answers and reviews by calling their actions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from courses.actions import cohorts, evaluations, reviews
from courses.models import Cohort, CohortReview, Evaluation
from registry.rules.access import ANONYMOUS, SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, enrolled

CLOSES_ON = TODAY + timedelta(days=7)
CLOSED = TODAY + timedelta(days=8)
CONTENT = {"basics": 4, "attitude": 5, "timetable": 4, "equipment": 3, "accessibility": 5}
SEEN = {"register": 5, "presence": 5, "content": 4, "trainer": 5, "place": 4, "accessibility": 3}


def a_running_cohort(size: int = 6, **values: Any) -> Cohort:
    cohort = a_cohort(state="enrolling", **values)
    enrolled(cohort, size)
    return cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state="running")


def an_evaluation(cohort: Cohort | None = None, *, size: int = 6, **values: Any) -> Evaluation:
    """Open from TODAY for a week."""
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "cohort": cohort or a_running_cohort(size),
        "closes_on": CLOSES_ON,
    }
    return evaluations.open_evaluation(**asked | values)


def marks(evaluation: Evaluation, mark: int = 4) -> dict[str, int]:
    return {question["key"]: mark for question in evaluation.questions}


def answered(evaluation: Evaluation, given: Sequence[int], on: date = TODAY, comment: str = "") -> Evaluation:
    """As many answers as marks are given, each with this mark for every question."""
    codes = evaluations.print_slips(by=SYSTEM, on=on, evaluation=evaluation)
    for code, mark in zip(codes, given, strict=False):
        evaluations.answer(by=ANONYMOUS, on=on, code=code, marks=marks(evaluation, mark), comment=comment)
    return evaluation


def an_inspection(cohort: Cohort | None = None, **values: Any) -> CohortReview:
    asked: dict[str, Any] = {
        "by": SYSTEM,
        "on": TODAY,
        "cohort": cohort or a_running_cohort(),
        "kind": "inspection",
        "reviewed_on": TODAY,
        "reviewer": "罗志强",
        "marks": SEEN,
        "findings": "到课人数与考勤一致。",
    }
    return reviews.record(**asked | values)


def a_trainers_review(cohort: Cohort | None = None, **values: Any) -> CohortReview:
    given = {"kind": "trainer", "reviewer": "杨树林", "marks": CONTENT, "findings": "建议增加练习时间。"}
    return an_inspection(cohort, **given | values)
