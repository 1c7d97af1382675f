"""就业转化率 and 稳定率 (docs/domain.md §6) of what an actor reads: by region, base, course or cohort."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from courses.models import Cohort, Course, EmploymentSpell, Enrolment, FollowUp
from courses.models.enrolments import Outcome
from courses.models.follow_ups import FollowUpResult
from courses.rules.rates import Completion, Job, Rates, Terms
from courses.rules.rates import rates as counted
from registry.models import Region, TrainingBase
from registry.models.people import PersonKind
from registry.queries import standards
from registry.rules.access import Actor, Permission
from registry.rules.shares import percent
from registry.rules.suppression import may_show_share, may_show_total
from registry.rules.suppression import shown as shown_outside

BY = {"base": "cohort__base_id", "course": "cohort__course_id", "cohort": "cohort_id"}


@dataclass(frozen=True)
class Line:
    """One line of the table: a region, base, course or cohort by its name and public id (a region's code)."""

    name: str
    key: str
    rates: Rates


@dataclass(frozen=True)
class Figures:
    """Everybody together and line by line, with the terms and the day they hold for."""

    total: Rates
    lines: list[Line]
    terms: Terms
    on: date


def terms(region_path: str, *, on: date) -> Terms:
    """The window and the months that hold in a region; one query."""
    held = standards.values(["conversion_window_days", "retention_months"], region_path=region_path, on=on)
    return Terms(held["conversion_window_days"], held["retention_months"])


def figures(
    actor: Actor,
    *,
    on: date,
    by: str = "base",
    region: Region | None = None,
    base: TrainingBase | None = None,
    course: Course | None = None,
    cohort: Cohort | None = None,
    year: int | None = None,
) -> Figures:
    """The figures of the completions up to the day in the actor's reach, narrowed to any of these.

    `by`: "region" for those just below `region`, "base", "course" or "cohort"; `year` is that in which the cohort
    began. Disabled people only (docs/domain.md §2.1 C07). Six queries at most, whatever the number of people.
    """
    rows = Enrolment.objects.filter(
        outcome=Outcome.COMPLETED, outcome_on__lte=on, person__kind=PersonKind.DISABLED
    )
    if not actor.is_system:
        rows = rows.filter(cohort__in=Cohort.objects.in_scope(actor.scope(Permission.FIGURES_READ)))
    if region is not None:
        rows = rows.filter(cohort__region__path__startswith=region.path)
    if base is not None:
        rows = rows.filter(cohort__base=base)
    if course is not None:
        rows = rows.filter(cohort__course=course)
    if cohort is not None:
        rows = rows.filter(cohort=cohort)
    if year is not None:
        rows = rows.filter(cohort__starts_on__year=year)
    held = terms(_path(actor, region, base or (course.base if course else None), cohort), on=on)
    key = BY.get(by, "cohort__region__path")
    completions = [
        Completion(group, person, at_start, day)
        for group, person, at_start, day in rows.values_list(key, "person_id", "employment", "outcome_on")
    ]
    if by == "region":
        top = region.path if region is not None else ""
        completions = [_below(one, top) for one in completions]
    total, groups = counted(completions, *_jobs(rows, held, on), held, on=on)
    return Figures(total, _lines(by, groups), held, on)


def shown(rates: Rates) -> dict[str, Any]:
    """The figures with their shares in per cent, rounded down; None where nobody can be divided by."""
    return {
        "conversion": percent(rates.converted, rates.closed) if rates.closed else None,
        "retention": percent(rates.retained, rates.known) if rates.known else None,
        "unknown_share": percent(rates.unknown, rates.looked_at) if rates.looked_at else None,
    }


def leaving(figures: Figures) -> list[list[str]]:
    """The table as it may leave the register: counts of one to four people, and shares that would tell them, are "–".

    The total stands in it only where no line's hidden count follows from it (registry/rules/suppression.py).
    """
    columns = ("closed", "converted", "waiting", "unknown_start", "retained", "left", "unknown", "early")
    rows = [_row(line.name, line.rates, columns) for line in figures.lines]
    hidden = [
        [
            getattr(line.rates, name)
            for line in figures.lines
            if shown_outside(getattr(line.rates, name)) is None
        ]
        for name in columns
    ]
    if all(may_show_total(counts) for counts in hidden):
        rows.append(_row("合计", figures.total, columns))
    return rows


def _row(name: str, rates: Rates, columns: Sequence[str]) -> list[str]:
    counts = [shown_outside(getattr(rates, column)) for column in columns]
    shares = [
        percent(part, whole) if may_show_share(part, whole) else None
        for part, whole in ((rates.converted, rates.closed), (rates.retained, rates.known))
    ]
    return [name, *("–" if value is None else str(value) for value in (*counts, *shares))]


def _path(actor: Actor, region: Region | None, base: TrainingBase | None, cohort: Cohort | None) -> str:
    """Whose local standard holds: the narrowest place asked for, else the actor's own."""
    if cohort is not None:
        return cohort.region.path
    if base is not None:
        return base.region.path
    if region is not None:
        return region.path
    scope = actor.scope(Permission.FIGURES_READ)
    if scope.region_paths or not scope.base_ids:
        return min(scope.region_paths, key=len, default="")
    return TrainingBase.objects.select_related("region").get(pk=scope.base_ids[0]).region.path


def _jobs(rows: QuerySet[Enrolment], held: Terms, on: date) -> tuple[dict[int, list[Job]], dict[int, bool]]:
    """The jobs of these people by person, and what the follow-up after the months of the terms found, by job."""
    jobs: dict[int, list[Job]] = defaultdict(list)
    people = rows.order_by().values("person")
    spells = EmploymentSpell.objects.standing().filter(person__in=people, started_on__lte=on)
    told_of = spells.values_list("person_id", "pk", "started_on", "ended_on")
    for person, pk, started_on, ended_on in told_of:
        jobs[person].append(Job(pk, started_on, ended_on))
    asked = FollowUp.objects.filter(spell__in=spells.order_by().values("pk"), months=held.months)
    told = asked.filter(result__in=[FollowUpResult.EMPLOYED, FollowUpResult.UNEMPLOYED], done_on__lte=on)
    answers = {
        spell: result == FollowUpResult.EMPLOYED for spell, result in told.values_list("spell_id", "result")
    }
    return jobs, answers


def _below(one: Completion, top: str) -> Completion:
    """Counted with the region just below the one shown that it lies in."""
    path = str(one.group)
    code = path[len(top) :].split("/")[0] or top.rstrip("/").split("/")[-1]
    return Completion(code, one.person, one.at_start, one.on)


def _lines(by: str, groups: dict[Any, Rates]) -> list[Line]:
    """Lines in the order of their names; one query for the names."""
    model, public = {
        "region": (Region, "code"),
        "base": (TrainingBase, "public_id"),
        "course": (Course, "public_id"),
        "cohort": (Cohort, "public_id"),
    }[by]
    key = "code" if by == "region" else "pk"
    rows: Any = model._default_manager.filter(**{f"{key}__in": groups})
    lines = [Line(name, shown_as, groups[pk]) for pk, name, shown_as in rows.values_list(key, "name", public)]
    return sorted(lines, key=lambda line: (line.name, line.key))
