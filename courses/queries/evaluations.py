"""Evaluations: which questions are asked, who may answer, and what may be told of the answers."""

from dataclasses import dataclass
from datetime import date
from random import SystemRandom
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from courses.models import (
    Cohort,
    Enrolment,
    Evaluation,
    EvaluationAnswer,
    EvaluationCode,
    EvaluationMark,
    Questionnaire,
)
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.models.evaluations import code_digest
from courses.rules.evaluations import BUILT_IN, SATISFIED, Question, read_code
from registry.models import Region
from registry.rules import suppression


def questions_for(region: Region, *, on: date) -> list[Question]:
    """The questions of the nearest federation upward that set its own, else the built-in ones; one query."""
    held = (
        Questionnaire.objects.filter(federation__region__code__in=region.ancestor_codes, since__lte=on)
        .order_by(Length("federation__region__path").desc(), "-version")
        .first()
    )
    return read_questions(held.questions) if held else [Question(key) for key in BUILT_IN]


def read_questions(rows: list[dict[str, str]]) -> list[Question]:
    """Questions as a row keeps them."""
    return [Question(**row) for row in rows]


def class_size(cohort: Cohort) -> int:
    """Who may answer: everyone enrolled who did not leave."""
    return Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW).count()


def by_code(text: str) -> EvaluationCode | None:
    """The slip of a code as it was typed; one query."""
    code = read_code(text)
    rows = EvaluationCode.objects.select_related("evaluation__cohort__base")
    return rows.filter(digest=code_digest(code)).first() if code else None


def listing(evaluations: QuerySet[Evaluation], *, on: date, state: str = "") -> QuerySet[Evaluation]:
    """The list, latest first; `answers_count` on each."""
    if state == "open":
        evaluations = evaluations.filter(opened_on__lte=on, closes_on__gte=on)
    elif state == "closed":
        evaluations = evaluations.filter(closes_on__lt=on)
    return with_answers(evaluations).select_related("cohort__base", "cohort__course")


def with_answers(evaluations: QuerySet[Evaluation]) -> QuerySet[Any]:
    """`answers_count` on each."""
    given = EvaluationAnswer.objects.filter(evaluation=OuterRef("pk")).order_by().values("evaluation")
    count = Subquery(given.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return evaluations.annotate(answers_count=Coalesce(count, 0))


def to_evaluate(cohorts: QuerySet[Cohort], on: date) -> QuerySet[Cohort]:
    """Cohorts that are examined or completed and that nobody asked the trainees about."""
    return cohorts.filter(
        state__in=(CohortState.ASSESSING, CohortState.COMPLETED), evaluation__isnull=True, starts_on__lte=on
    )


@dataclass(frozen=True)
class QuestionFigure:
    """One question's result; `share` (of those who are satisfied) is None where it would tell of a few."""

    question: Question
    mean: float
    share: float | None


@dataclass(frozen=True)
class Figures:
    """What may be told of some evaluations: nothing but the counts where fewer than five answered."""

    answers: int
    invited: int
    questions: tuple[QuestionFigure, ...] = ()

    @property
    def is_told(self) -> bool:
        return self.answers >= suppression.LEAST

    @property
    def mean(self) -> float | None:
        """The mean of all questions, each weighing the same."""
        means = [one.mean for one in self.questions]
        return sum(means) / len(means) if means else None

    @property
    def rate(self) -> float | None:
        return self.answers / self.invited if self.invited and self.is_told else None


Tally = dict[str, dict[int, int]]
"""How often each mark was given, by question."""


def tallies(evaluation_ids: list[int]) -> dict[int, Tally]:
    """The marks of several evaluations; one query."""
    rows = (
        EvaluationMark.objects.filter(answer__evaluation__in=evaluation_ids)
        .order_by()
        .values_list("answer__evaluation", "key", "mark")
        .annotate(n=Count("pk"))
    )
    found: dict[int, Tally] = {key: {} for key in evaluation_ids}
    for evaluation_id, key, mark, count in rows:
        found[evaluation_id].setdefault(key, {})[mark] = count
    return found


def figures(evaluations: list[Evaluation], parts: list[list[int]], held: dict[int, Tally]) -> Figures:
    """The figures of these evaluations together, `answers_count` on each. `parts` are the groups of them, by id, whose
    own figures are shown elsewhere: a share is left out where it would give one of theirs away."""
    answers = sum(one.answers_count for one in evaluations)  # type: ignore[attr-defined]
    invited = sum(one.invited for one in evaluations)
    if answers < suppression.LEAST:
        return Figures(answers, invited)
    asked: dict[str, Question] = {}
    for one in evaluations:
        asked |= {question.key: question for question in read_questions(one.questions)}
    ids = [one.pk for one in evaluations]
    told = []
    for question in asked.values():
        satisfied, marked, total = _sums([held[key] for key in ids], question.key)
        if marked < suppression.LEAST:
            continue
        each = [_sums([held[key] for key in part], question.key)[:2] for part in parts]
        hidden = [pair for pair in each if pair[1] and not suppression.may_show_share(*pair)]
        may_show = (
            suppression.may_show_share(satisfied, marked)
            and suppression.may_show_total(part for part, _whole in hidden)
            and suppression.may_show_total(whole - part for part, whole in hidden)
        )
        told.append(QuestionFigure(question, total / marked, satisfied / marked if may_show else None))
    return Figures(answers, invited, tuple(told))


def _sums(held: list[Tally], key: str) -> tuple[int, int, int]:
    """How many are satisfied, how many answered, and the sum of their marks."""
    counts = [(mark, count) for tally in held for mark, count in tally.get(key, {}).items()]
    return (
        sum(count for mark, count in counts if mark >= SATISFIED),
        sum(count for _mark, count in counts),
        sum(mark * count for mark, count in counts),
    )


def of_cohort(evaluation: Evaluation, *, on: date) -> Figures:
    """One cohort's figures once its evaluation is closed; before, the counts only."""
    answers = EvaluationAnswer.objects.filter(evaluation=evaluation).count()
    if on <= evaluation.closes_on:
        return Figures(answers, evaluation.invited)
    evaluation.answers_count = answers  # type: ignore[attr-defined]
    return figures([evaluation], [], tallies([evaluation.pk]))


def comments(evaluation: Evaluation, *, on: date) -> list[str]:
    """What was written, in random order, once it is closed and five or more answered."""
    if on <= evaluation.closes_on:
        return []
    found = list(EvaluationAnswer.objects.filter(evaluation=evaluation).only("comment"))
    if len(found) < suppression.LEAST:
        return []
    written = [one.comment for one in found if one.comment]
    return SystemRandom().sample(written, len(written))


def of_year(evaluations: QuerySet[Evaluation], *, year: int, on: date) -> QuerySet[Evaluation]:
    """Closed evaluations of a year, in the order they closed: the order in which small ones are joined."""
    rows = with_answers(evaluations).filter(Q(closes_on__lt=on), closes_on__year=year)
    return rows.select_related("cohort__base", "cohort__course").order_by("closes_on", "pk")
