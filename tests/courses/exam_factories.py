"""Examinations for tests, made by the actions that the site uses."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from courses.actions import exam_results, exams
from courses.models import Cohort, Exam
from courses.queries.exams import entries_of
from courses.rules.exams import Mark
from registry.actions import standards
from registry.models import Account
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.courses.factories import STARTS_ON, a_cohort, attended, bring_to, enrolled, sessions_of
from tests.registry.factories import a_federation, an_account

HELD_ON = TODAY - timedelta(days=1)


def examined_apart(region: str = "620500", *, since: date = STARTS_ON, **standard: Any) -> None:
    """The federation decides that examiners examine, and other standards by their keys."""
    for key, value in ({"examined_apart": True} | standard).items():
        standards.decide(by=SYSTEM, federation=a_federation(region), key=key, value=value, since=since)


def an_examiner(region: str = "620500") -> Account:
    return an_account("examiner", a_federation(region))


def actor_of(account: Account) -> Actor:
    return actor_for(account, on=TODAY)


def a_cohort_to_examine(people: int = 3) -> Cohort:
    """Taught and attended in full, and now being assessed."""
    cohort = a_cohort(state="enrolling")
    trainees = enrolled(cohort, people)
    held = sessions_of(cohort)
    bring_to(cohort, "running")
    attended(cohort, held, trainees)
    return bring_to(cohort, "assessing")


def an_exam(cohort: Cohort | None = None, examiner: Account | None = None, **values: Any) -> Exam:
    """An examination held yesterday of everybody who may sit it; its examiner is sent by the city."""
    asked: dict[str, Any] = {"held_on": HELD_ON, "examiner": examiner or an_examiner(), "kind": "practice"}
    return exams.arrange(by=SYSTEM, on=TODAY, cohort=cohort or a_cohort_to_examine(), **asked | values)


def marked(exam: Exam, *scores: int | None) -> Exam:
    """One mark of the only part for each candidate in roster order; None: absent."""
    parts = "theory" if exam.kind == "theory" else "practice"
    marks = {
        entry.pk: Mark(is_absent=True) if score is None else Mark(**{parts: Decimal(score)})
        for entry, score in zip(entries_of(exam), scores, strict=True)
    }
    exam_results.record(by=SYSTEM, on=TODAY, exam=exam, marks=marks)
    return exam


def submitted(exam: Exam, *scores: int | None) -> Exam:
    return exam_results.submit(by=SYSTEM, on=TODAY, exam=marked(exam, *scores))
