"""The two-skills figures of regions: folded totals and the deltas not folded yet, read in one statement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Sum, Value

from goals.models import CoverageDelta, CoverageTotal, PlanPeriod, PopulationMember
from registry.models import Region, TrainingBase
from registry.rules.shares import percent

TOTALS, DELTAS, MEMBERS = "totals", "deltas", "members"
_PLACE = ("period_id", "region__path")
_HAS_ONE = Count("pk", filter=Q(skills=1))
_HAS_TWO = Count("pk", filter=Q(skills__gte=2))


@dataclass(frozen=True)
class Figures:
    """People in the population, and of them with exactly one skill and with two or more."""

    people: int = 0
    one_skill: int = 0
    two_skills: int = 0

    @property
    def no_skill(self) -> int:
        return self.people - self.one_skill - self.two_skills

    @property
    def share(self) -> Decimal:
        """`two_skill_coverage` in percent (docs/domain.md §6)."""
        return percent(self.two_skills, self.people)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(mine + more for mine, more in zip(self.counts, other.counts, strict=True)))

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(*(mine - less for mine, less in zip(self.counts, other.counts, strict=True)))

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.people, self.one_skill, self.two_skills


@dataclass(frozen=True)
class RegionFigures:
    """A region with its figures, those of the regions right below it, and of the people it manages itself."""

    region: Region
    figures: Figures
    below: list[tuple[Region, Figures]]
    itself: Figures


def of_region(region: Region, period: PlanPeriod, *, on: date) -> RegionFigures:
    """The figures of a region and of each region right below: two queries, however many there are."""
    counts = _read(region, period)
    regions = [child for child in region.children.all() if child.path in counts or _stands(child, on)]
    below = [(child, counts.get(child.path, Figures())) for child in regions]
    whole = counts.get(region.path, Figures())
    return RegionFigures(region, whole, below, whole - sum((figures for _, figures in below), Figures()))


def _stands(region: Region, on: date) -> bool:
    """Whether the region's code is in force; a retired one is shown only while it still has people."""
    return (region.valid_from or on) <= on <= (region.valid_to or on)


def _read(region: Region, period: PlanPeriod) -> dict[str, Figures]:
    """Figures by path, of the region and of those right below. One statement, so one moment: see `fold`."""
    totals = _totals(CoverageTotal.objects.filter(Q(region=region) | Q(region__parent=region), period=period))
    deltas = _deltas(CoverageDelta.objects.filter(period=period, region__path__startswith=region.path))
    counts: dict[str, Figures] = defaultdict(Figures)
    for source, _period, path, *numbers in totals.union(deltas, all=True):
        own = {path} if source == TOTALS else {region.path, _towards(path, region.path)}
        for counted in own:
            counts[counted] += Figures(*numbers)
    return {path: figures for path, figures in counts.items() if any(figures.counts)}


def _towards(path: str, ancestor: str) -> str:
    """The part of a path that ends one region below the ancestor; the ancestor's own path stays."""
    return "/".join(path.split("/")[: ancestor.count("/") + 1]).rstrip("/") + "/"


def _totals(rows: QuerySet[CoverageTotal]) -> QuerySet[CoverageTotal, Any]:
    """Rows as (source, period, path, people, one skill, two skills), to be united with the others."""
    return (
        rows.order_by()
        .annotate(source=Value(TOTALS, CharField()))
        .values_list("source", *_PLACE)
        .annotate(people_=F("people"), one_=F("one_skill"), two_=F("two_skills"))
    )


def _deltas(rows: QuerySet[CoverageDelta]) -> QuerySet[CoverageDelta, Any]:
    return (
        rows.order_by()
        .annotate(source=Value(DELTAS, CharField()))
        .values_list("source", *_PLACE)
        .annotate(people_=Sum("people"), one_=Sum("one_skill"), two_=Sum("two_skills"))
    )


def _members(rows: QuerySet[PopulationMember]) -> QuerySet[PopulationMember, Any]:
    return (
        rows.order_by()
        .annotate(source=Value(MEMBERS, CharField()))
        .values_list("source", *_PLACE)
        .annotate(people_=Count("pk"), one_=_HAS_ONE, two_=_HAS_TWO)
    )


def of_base(base: TrainingBase, period: PlanPeriod) -> Figures:
    """The figures of the people who are registered at a base; they are few, and counted as they are."""
    members = PopulationMember.objects.filter(period=period, person__base_registrations__base=base)
    return Figures(**members.aggregate(people=Count("pk"), one_skill=_HAS_ONE, two_skills=_HAS_TWO))


def disagreements(periods: Iterable[PlanPeriod]) -> dict[tuple[int, str], tuple[Figures, Figures]]:
    """Where totals with their deltas differ from the members: (period, region code) → (as kept, as counted).

    One statement reads all three, so that writers and folds may go on meanwhile.
    """
    held = {"period__in": list(periods)}
    rows = _members(PopulationMember.objects.filter(**held)).union(
        _deltas(CoverageDelta.objects.filter(**held)), _totals(CoverageTotal.objects.filter(**held)), all=True
    )
    kept: dict[tuple[int, str], Figures] = defaultdict(Figures)
    right: dict[tuple[int, str], Figures] = defaultdict(Figures)
    for source, period_id, path, *numbers in rows:
        codes = path.rstrip("/").split("/")
        for code in codes[-1:] if source == TOTALS else codes:
            (right if source == MEMBERS else kept)[period_id, code] += Figures(*numbers)
    return {key: (kept[key], right[key]) for key in sorted({*kept, *right}) if kept[key] != right[key]}
