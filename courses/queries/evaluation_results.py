"""Results of a year by base, course and question; what is told of few answers is joined or left out.

Nested as registry/rules/suppression.py asks: courses in bases, bases in all that the reader reaches.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from courses.models import Course, Evaluation
from courses.queries.evaluations import Figures, figures, of_year, tallies
from registry.models import TrainingBase
from registry.rules import suppression


@dataclass(frozen=True)
class BaseResult:
    """One base of the list; `figures` tell nothing where fewer than five answered in the year."""

    base: TrainingBase
    figures: Figures


@dataclass(frozen=True)
class CourseResult:
    course: Course
    figures: Figures


@dataclass(frozen=True)
class Results:
    """A list and what all of it comes to."""

    bases: list[BaseResult]
    total: Figures


@dataclass(frozen=True)
class OfBase:
    courses: list[CourseResult]
    total: Figures


def by_base(evaluations: QuerySet[Evaluation], *, year: int, on: date) -> Results:
    """Every base with an evaluation that closed in the year, by name, and the total; two queries."""
    rows = {one.pk: one for one in of_year(evaluations, year=year, on=on)}
    held = tallies(list(rows))
    grouped = _by_base_and_course(list(rows.values()))
    found, waiting, let_in = [], [], []
    for base, courses in sorted(grouped.items(), key=lambda pair: (pair[0].name, pair[0].pk)):
        per_course, total, held_back = suppression.nest([_units(each) for each in courses.values()])
        let_in.append(total)
        waiting += held_back
        parts = _parts(per_course, total)
        found.append(BaseResult(base, figures([rows[key] for key in total], parts, held)))
    more, _left = suppression.join(sorted(waiting, key=lambda unit: (rows[unit[0]].closes_on, unit[0])))
    ids = [key for total in let_in for key in total] + more
    total_figures = figures([rows[key] for key in ids], [*let_in, *([key] for key in more)], held)
    return Results(found, total_figures)


def of_base(evaluations: QuerySet[Evaluation], base: TrainingBase, *, year: int, on: date) -> OfBase:
    """One base's courses and what they come to together; two queries."""
    rows = {one.pk: one for one in of_year(evaluations.filter(cohort__base=base), year=year, on=on)}
    held = tallies(list(rows))
    grouped = _by_base_and_course(list(rows.values())).get(base, {})
    per_course, total, _held_back = suppression.nest([_units(each) for each in grouped.values()])
    courses = [
        CourseResult(course, figures([rows[key] for key in let_in], [[key] for key in let_in], held))
        for course, let_in in zip(grouped, per_course, strict=True)
    ]
    parts = _parts(per_course, total)
    return OfBase(courses, figures([rows[key] for key in total], parts, held))


def _by_base_and_course(rows: list[Evaluation]) -> dict[TrainingBase, dict[Course, list[Evaluation]]]:
    found: dict[TrainingBase, dict[Course, list[Evaluation]]] = defaultdict(lambda: defaultdict(list))
    for one in rows:
        found[one.cohort.base][one.cohort.course].append(one)
    return found


def _units(rows: list[Evaluation]) -> list[suppression.Unit]:
    return [(one.pk, one.answers_count) for one in rows]  # type: ignore[attr-defined]


def _parts(per_course: list[list[int]], total: list[int]) -> list[list[int]]:
    """The groups of a total: what each course shows, and each evaluation that only the total shows."""
    shown = {key for let_in in per_course for key in let_in}
    return [*(let_in for let_in in per_course if let_in), *([key] for key in total if key not in shown)]
