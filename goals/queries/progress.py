"""How far a plan's targets are, where this registry holds the figure; and why not, where it does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from courses.models import EmploymentSpell, Enrolment
from courses.models.employment import EmploymentForm
from courses.models.enrolments import Outcome
from goals.models import Plan, Target
from goals.models.plans import TargetPeriod, TargetScope
from goals.queries import coverage
from goals.queries.coverage import Figures
from registry.models import Region
from registry.models.bases import BaseKind
from registry.models.people import PersonKind
from registry.models.regions import RegionLevel
from registry.queries import base_coverage


class Kind(StrEnum):
    """What can be said about a target; the value is the API's."""

    COVERAGE = "coverage"
    TRAINED = "trained"
    BASES = "bases"
    EMPLOYED = "employed"
    # Ours to record, but nothing records it yet.
    UNRECORDED = "unrecorded"
    # The figure of a neighbouring system (docs/domain.md §2.3, A01 to A24).
    ELSEWHERE = "elsewhere"
    # Another text says it again.
    REPEATED = "repeated"
    # For those who may read the figures of the plan's region.
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Progress:
    """One target's progress. Only the fields of its kind are set."""

    kind: Kind
    as_of: date | None = None
    # Whether the target is met; None where the document sets no share to reach, or nothing is known.
    met: bool | None = None
    figures: Figures | None = None
    persons: int | None = None
    enrolments: int | None = None
    regions: int | None = None
    regions_with: int | None = None
    without: tuple[Region, ...] = ()


def of_plan(plan: Plan, *, on: date) -> list[tuple[Target, Progress]]:
    """The plan's targets with their progress as of `on`, in the order of their codes."""
    targets = plan.targets.select_related("repeats")
    return [(target, of_target(target, plan, on=on)) for target in targets]


def without_figures(plan: Plan) -> list[tuple[Target, Progress]]:
    """The plan's targets for readers outside its region: what it asks for, never how far it is."""
    return [(target, Progress(Kind.WITHHELD)) for target in plan.targets.select_related("repeats")]


def of_target(target: Target, plan: Plan, *, on: date) -> Progress:
    if target.repeats_id:
        return Progress(Kind.REPEATED)
    if measure := MEASURES.get(target.metric):
        return measure(target, plan, on)
    return Progress(Kind.ELSEWHERE if target.scope == TargetScope.ADJACENT else Kind.UNRECORDED)


def _coverage(target: Target, plan: Plan, on: date) -> Progress:
    """`two_skill_coverage`: the documents set no share to reach, so it is never "met"."""
    shown = coverage.of_region(plan.region, plan.period, on=on)
    return Progress(Kind.COVERAGE, as_of=on, figures=shown.figures)


def _trained(target: Target, plan: Plan, on: date) -> Progress:
    """Disabled people who completed a cohort that started in the target's years, and how often (人, 人次).

    A class that crosses the new year counts in the year it starts (docs/domain.md §2.5).
    """
    completed = Enrolment.objects.filter(
        outcome=Outcome.COMPLETED,
        outcome_on__lte=on,
        person__kind=PersonKind.DISABLED,
        cohort__region__path__startswith=plan.region.path,
        cohort__starts_on__range=(date(target.first_year, 1, 1), date(target.last_year, 12, 31)),
    )
    persons = completed.order_by().values("person").distinct().count()
    met = None if target.value is None else persons >= target.value
    return Progress(Kind.TRAINED, as_of=on, met=met, persons=persons, enrolments=completed.count())


def _employed(form: str, target: Target, plan: Plan, on: date) -> Progress:
    """Disabled people managed in the region who began work in the target's years, of one form or of any, each once.

    Of a yearly target it is the latest of its years that has begun. Whoever only changed their job counts too
    (docs/domain.md §6).
    """
    last = min(target.last_year, max(on.year, target.first_year))
    first = last if target.period_kind == TargetPeriod.ANNUAL else target.first_year
    began = EmploymentSpell.objects.standing().filter(
        started_on__range=(date(first, 1, 1), min(on, date(last, 12, 31))),
        person__kind=PersonKind.DISABLED,
        person__region__path__startswith=plan.region.path,
    )
    if form:
        began = began.filter(form=form)
    persons = began.order_by().values("person").distinct().count()
    met = None if target.value is None else persons >= target.value
    return Progress(Kind.EMPLOYED, as_of=on, met=met, persons=persons)


def _bases(kind: BaseKind, level: RegionLevel, target: Target, plan: Plan, on: date) -> Progress:
    """`base_coverage`: regions of a level with a base of the kind whose accreditation is in force.

    Units outside the standard (经开区) do not count. Once the last year is over, its last day is what counts.
    """
    day = min(on, date(target.last_year, 12, 31))
    units = base_coverage.rows(plan.region.path, unit=level, kind=kind, on=day)
    every = [row for row in units if row.region.is_statutory]
    without = tuple(row.region for row in every if not row.total)
    return Progress(
        Kind.BASES,
        as_of=day,
        met=bool(every) and not without,
        regions=len(every),
        regions_with=len(every) - len(without),
        without=without,
    )


MEASURES: Mapping[str, Callable[[Target, Plan, date], Progress]] = {
    "distinct_employment_skills_per_person": _coverage,
    "trained_persons": _trained,
    "new_employment_persons": partial(_employed, ""),
    "public_welfare_post_placements": partial(_employed, EmploymentForm.PUBLIC_WELFARE),
    "training_bases_per_city": partial(_bases, BaseKind.TRAINING, RegionLevel.PREFECTURE),
    "incubation_bases_per_city": partial(_bases, BaseKind.INCUBATION, RegionLevel.PREFECTURE),
    "accredited_training_bases_per_county": partial(_bases, BaseKind.TRAINING, RegionLevel.COUNTY),
}
"""How each metric is computed, by its permanent key."""
