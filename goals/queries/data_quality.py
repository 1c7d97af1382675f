"""Data quality of a region and of the units right below it, and the lists of what is to be mended.

What people are counted for comes from the figures (goals/queries/figures.py); flags, rosters and comparisons are grouped
by region in one query each, whose rows are flags or files, never people. The lists are those of one region itself: from a
province their numbers lead down, unit by unit, to where the people are managed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from courses.models import Discrepancy, EmploymentSpell, PopulationFigure, ReviewFlag, RosterImport
from courses.models.comparisons import ComparisonState, Resolution
from courses.models.flags import FlagState
from courses.queries import entry_rates
from goals.models import PlanPeriod, Tally
from goals.queries import figures
from goals.queries.figures import Counts
from goals.rules.data_quality import Marks, Pair, marks
from goals.rules.quality import LATE
from registry.models import (
    DisabilityCertificate,
    EmploymentStatus,
    Evidence,
    NeedRegistration,
    Person,
    Region,
)
from registry.rules.access import Actor

Grouped = list[tuple[str, int, int]]
"""By the path of a region: how many, of how many."""


@dataclass(frozen=True)
class Unit:
    region: Region
    marks: Marks


def of_region(region: Region, period: PlanPeriod, *, on: date) -> tuple[Unit, list[Unit]]:
    """The region, and the units right below it, the one that lacks most first; a fixed number of queries."""
    counted = figures.of_region(region, period, on=on)
    units = [(region, counted.counts), *counted.below]
    grouped = {
        "flags_open": _flags(region, period),
        "validation_failure_rate": _rosters(region, period),
        "discrepancies_open": _discrepancies(region, period),
    }
    entered = _entered(region, [one for one, _counts in units], on)
    found = []
    for one, counts in units:
        others = {key: _within(rows, one.path) for key, rows in grouped.items()}
        if one.code in entered:
            others["entry_rate"] = entered[one.code]
        found.append(Unit(one, marks(counts, others)))
    whole, below = found[0], found[1:]
    below.sort(key=lambda unit: (unit.marks.lack is None, -(unit.marks.lack or 0), unit.region.code))
    return whole, below


def _within(rows: Grouped, path: str) -> Pair:
    here = [(part, every) for place, part, every in rows if place.startswith(path)]
    return sum(part for part, _every in here), sum(every for _part, every in here)


def _flags(region: Region, period: PlanPeriod) -> Grouped:
    found = ReviewFlag.objects.filter(
        cohort__region__path__startswith=region.path, found_on__range=(period.first_day, period.last_day)
    ).exclude(state=FlagState.GONE)
    rows: Any = (
        found.order_by()
        .values_list("cohort__region__path")
        .annotate(part=Count("pk", filter=Q(state=FlagState.OPEN)), every=Count("pk"))
    )
    return list(rows)


def _rosters(region: Region, period: PlanPeriod) -> Grouped:
    found = RosterImport.objects.filter(
        cohort__region__path__startswith=region.path,
        cohort__starts_on__range=(period.first_day, period.last_day),
    )
    rows: Any = (
        found.order_by()
        .values_list("cohort__region__path")
        .annotate(part=Sum("rows_refused"), every=Sum("rows_read"))
    )
    return list(rows)


def _discrepancies(region: Region, period: PlanPeriod) -> Grouped:
    found = Discrepancy.objects.filter(
        row__comparison__region__path__startswith=region.path,
        row__comparison__state=ComparisonState.DONE,
        row__comparison__uploaded_on__range=(period.first_day, period.last_day),
    )
    rows: Any = (
        found.order_by()
        .values_list("row__comparison__region__path")
        .annotate(part=Count("pk", filter=Q(resolution=Resolution.OPEN)), every=Count("pk"))
    )
    return list(rows)


def _entered(region: Region, units: Sequence[Region], on: date) -> dict[str, Pair]:
    """录入率 where somebody typed in how many there should be; who is registered is only counted then."""
    if not PopulationFigure.objects.filter(region__in=units, on__lte=on).exists():
        return {}
    return {
        rate.region.code: (rate.registered, rate.figure.people)
        for rate in entry_rates.table(region, on=on)
        if rate.figure
    }


def incomplete(actor: Actor, region: Region, period: PlanPeriod) -> QuerySet[Tally]:
    """People whom the region itself manages, counted in the period, of whom something is missing; what, `missing` says."""
    found = Tally.objects.visible_to(actor).filter(period=period, region=region, counts__people=1)
    lacking = found.exclude(counts__has_key="people_complete")
    return lacking.select_related("person", "region").order_by("pk")


def lacking(counts: Counts) -> tuple[int, int, int]:
    """People of whom something is missing, jobs without evidence, jobs recorded late."""
    people = counts.get("people", 0) - counts.get("people_complete", 0)
    return people, counts.get("jobs", 0) - counts.get("jobs_shown", 0), counts.get("jobs_late", 0)


def missing(people: Iterable[Person]) -> dict[int, list[str]]:
    """By person the names of what is not recorded, of what the figures rest on; three queries."""
    people = list(people)
    ids = [person.pk for person in people]
    there: dict[str, set[int]] = {
        name: set(model._default_manager.filter(person__in=ids).values_list("person_id", flat=True))
        for name, model in (
            ("card", DisabilityCertificate),
            ("need", NeedRegistration),
            ("employment", EmploymentStatus),
        )
    }
    return {
        person.pk: [
            *(name for name in ("phone", "education", "ethnicity", "residence") if not getattr(person, name)),
            *(name for name, held in there.items() if person.pk not in held),
        ]
        for person in people
    }


def doubtful_jobs(actor: Actor, region: Region, period: PlanPeriod) -> QuerySet[EmploymentSpell]:
    """Jobs of the period of people whom the region itself manages, without evidence or recorded late (`is_shown`,
    `is_late`), the latest first.
    """
    shown = Evidence.objects.filter(subject_type=EmploymentSpell._meta.label_lower, subject_id=OuterRef("pk"))
    found = (
        EmploymentSpell.objects.visible_to(actor)
        .standing()
        .filter(
            person__region=region,
            started_on__range=(period.first_day, period.last_day),
        )
        .annotate(is_shown=Exists(shown), is_late=Q(recorded_on__gt=F("started_on") + LATE))
    )
    doubtful = found.filter(Q(is_shown=False) | Q(recorded_on__gt=F("started_on") + LATE))
    return doubtful.select_related("person__region").order_by("-started_on", "-pk")
