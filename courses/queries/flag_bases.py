"""What the checks ask of bases: the plaque on the first day, and how the latest classes went, seen from the very latest."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from courses.models import Cohort, Enrolment, Evaluation
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.queries.evaluations import Tally, tallies, with_answers
from courses.rules.evaluations import SATISFIED
from registry.models import Accreditation, TrainingBase
from registry.rules import suppression

LOOKED_BACK = 10
"""Classes: many enough to show a habit, few enough that an old one is forgotten."""
DONE = (CohortState.COMPLETED, CohortState.CLOSED)


def accredited(cohorts: Mapping[int, Cohort]) -> set[tuple[int, date]]:
    """(base, first day) of these cohorts where the base had a plaque in force on that day; one query."""
    days = sorted({cohort.starts_on for cohort in cohorts.values()})
    asked = {
        f"day_{number}": Exists(Accreditation.objects.in_force(day).filter(base=OuterRef("pk")))
        for number, day in enumerate(days)
    }
    bases = TrainingBase.objects.filter(pk__in={cohort.base_id for cohort in cohorts.values()}).order_by()
    rows: Any = bases.annotate(**asked).values_list("pk", *asked)
    return {(base, day) for base, *held in rows for day, there in zip(days, held, strict=True) if there}


def lately(
    cohorts: Mapping[int, Cohort], *, on: date
) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[Decimal]]]:
    """Of each cohort that is its base's latest: (trainees judged, of these passed) and satisfaction of the last ten."""
    latest = latest_of({cohort.base_id for cohort in cohorts.values() if cohort.state in DONE})
    latest = {newest: pks for newest, pks in latest.items() if newest in cohorts}
    asked = {pk for pks in latest.values() for pk in pks}
    results, satisfaction = _results(asked), _satisfaction(asked, on=on)
    passed = {newest: [results[pk] for pk in pks if pk in results] for newest, pks in latest.items()}
    satisfied = {
        newest: [satisfaction[pk] for pk in pks if pk in satisfaction] for newest, pks in latest.items()
    }
    return passed, satisfied


def latest_of(bases: Collection[int]) -> dict[int, list[int]]:
    """By the latest completed class of each of these bases: it and those before it, newest first; one query."""
    rows = Cohort.objects.filter(base__in=bases, state__in=DONE).order_by("-ends_on", "-pk")
    by_base: dict[int, list[int]] = defaultdict(list)
    for base, pk in rows.values_list("base_id", "pk"):
        by_base[base].append(pk)
    return {pks[0]: pks[:LOOKED_BACK] for pks in by_base.values()}


def _results(cohorts: set[int]) -> dict[int, tuple[int, int]]:
    rows = Enrolment.objects.filter(cohort__in=cohorts, outcome__in=(Outcome.COMPLETED, Outcome.FAILED))
    counted: Any = rows.order_by().values_list("cohort_id")
    passed = Count("pk", filter=Q(outcome=Outcome.COMPLETED))
    return {pk: (judged, of) for pk, judged, of in counted.annotate(judged=Count("pk"), of=passed)}


def _satisfaction(cohorts: set[int], *, on: date) -> dict[int, Decimal]:
    """Per cent of the marks that say satisfied, where an evaluation is over and enough answered to tell of it."""
    rows: Any = with_answers(Evaluation.objects.closed(on).filter(cohort__in=cohorts)).order_by()
    told = dict(rows.filter(answers_count__gte=suppression.LEAST).values_list("pk", "cohort_id"))
    held = tallies(list(told))
    return {cohort: _share(held[pk]) for pk, cohort in told.items() if held[pk]}


def _share(tally: Tally) -> Decimal:
    marks = [(mark, count) for of_question in tally.values() for mark, count in of_question.items()]
    satisfied = sum(count for mark, count in marks if mark >= SATISFIED)
    return Decimal(100 * satisfied) / sum(count for _mark, count in marks)
