"""Evaluations and reviews for the browser: what trainees fill in, and what staff see of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse

from courses.actions import evaluations
from courses.models import CohortReview, Evaluation
from registry.requests import today
from registry.rules.access import ANONYMOUS, SYSTEM
from tests.browser.visits import Visit
from tests.courses.evaluation_factories import (
    a_running_cohort,
    a_trainers_review,
    an_evaluation,
    an_inspection,
    answered,
    marks,
)
from tests.courses.factories import a_course
from tests.registry.factories import a_base, a_federation, an_account

COMMENT = "老师很有耐心，希望多一些动手练习。"


def open_one(size: int = 6, **values: Any) -> Evaluation:
    """Visits happen today."""
    closes_on = today() + timedelta(days=7)
    return an_evaluation(a_running_cohort(size, **values), on=today(), closes_on=closes_on)


def a_code() -> str:
    return evaluations.print_slips(by=SYSTEM, on=today(), evaluation=open_one())[0]


def closed(given: Sequence[int] = (5, 5, 5, 5, 5, 2, 2, 2, 2, 1), **values: Any) -> Evaluation:
    return answered(an_evaluation(a_running_cohort(len(given), **values)), given, comment=COMMENT)


def public(name: str, *args: Any, post: Any = None, status: int = 0) -> Visit:
    return Visit(None, reverse(f"courses:{name}", args=args), post, status)


def used() -> Visit:
    held = open_one()
    code = evaluations.print_slips(by=SYSTEM, on=today(), evaluation=held)[0]
    evaluations.answer(by=ANONYMOUS, on=today(), code=code, marks=marks(held))
    return public("evaluate", code, status=409)


def page(
    name: str,
    *args: Any,
    role: str = "federation_officer",
    post: Any = None,
    query: str = "",
    status: int = 0,
) -> Visit:
    account = an_account(role, a_federation("620500"))
    return Visit(account, reverse(f"courses:{name}", args=args) + query, post, status)


def of_cohort(held: Evaluation, name: str = "evaluation", **values: Any) -> Visit:
    return page(name, held.cohort.public_id, **values)


def reviewed() -> Visit:
    held = closed()
    an_inspection(held.cohort)
    a_trainers_review(held.cohort)
    return of_cohort(held)


def results() -> Visit:
    base = a_base("620502")
    closed(base=base, course=a_course(base))
    closed((5, 1, 1), base=base, course=a_course(base))
    return page("evaluation-results", query="?year=2024")


def results_of_base() -> Visit:
    base = a_base("620502")
    for _number in range(2):
        closed(base=base, course=a_course(base))
    closed((5, 1, 1), base=base, course=a_course(base))
    return page("base-results", base.public_id, query="?year=2024")


def asking(**values: Any) -> Visit:
    city = a_federation("620500")
    evaluations.set_questions(
        by=SYSTEM,
        on=today(),
        federation=city,
        questions=[("上课的地方方便到达吗？", "Is the place easy to reach?")],
    )
    return page("questions", city.public_id, **values)


def inspected() -> CohortReview:
    return an_inspection(a_running_cohort(11))


def calling(**values: Any) -> Visit:
    review = inspected()
    return page("call", review.public_id, review.calls.all()[0].pk, **values)


def list_of_evaluations() -> Visit:
    closed()
    open_one()
    return page("evaluations")


VISITS: dict[str, Callable[[], Visit]] = {
    "courses:evaluate-look-up": lambda: public("evaluate-look-up"),
    "courses:evaluate-look-up, wrong": lambda: public("evaluate-look-up", post={"code": "0123"}),
    "courses:evaluate": lambda: public("evaluate", a_code()),
    "courses:evaluate, nothing filled in": lambda: public("evaluate", a_code(), post={}),
    "courses:evaluate, used": used,
    "courses:evaluate-thanks": lambda: public("evaluate-thanks"),
    "courses:evaluations": list_of_evaluations,
    "courses:evaluations, none": lambda: page("evaluations"),
    "courses:evaluation": reviewed,
    "courses:evaluation, not opened": lambda: page("evaluation", a_running_cohort(1).public_id),
    "courses:evaluation, open": lambda: of_cohort(open_one()),
    "courses:evaluation, few answers": lambda: of_cohort(closed((5, 4))),
    "courses:open-evaluation": lambda: page("open-evaluation", a_running_cohort(1).public_id, post={}),
    "courses:evaluation-slips": lambda: of_cohort(open_one(), "evaluation-slips", post={}, status=200),
    "courses:evaluation-results": results,
    "courses:evaluation-results, none": lambda: page("evaluation-results"),
    "courses:base-results": results_of_base,
    "courses:question-list": lambda: page("question-list"),
    "courses:questions": asking,
    "courses:questions, none": lambda: asking(post={}),
    "courses:new-review": lambda: page("new-review", a_running_cohort(1).public_id, "inspection"),
    "courses:new-review, nothing filled in": lambda: page(
        "new-review", a_running_cohort(1).public_id, "trainer", post={}
    ),
    "courses:review": lambda: page("review", inspected().public_id),
    "courses:review, of a trainer": lambda: page("review", a_trainers_review().public_id, role="auditor"),
    "courses:call": calling,
    "courses:call, nothing filled in": lambda: calling(post={}),
}
