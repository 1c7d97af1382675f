"""`two_skill_coverage` as people read it: the population, who has one skill, who has two or more."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goals.models import PlanPeriod
from goals.queries import figures
from goals.queries.figures import Counts
from registry.models import Region, TrainingBase
from registry.rules.shares import percent


@dataclass(frozen=True)
class Figures:
    """People in the population, and of them with exactly one skill and with two or more."""

    people: int = 0
    one_skill: int = 0
    two_skills: int = 0

    @classmethod
    def of(cls, counts: Counts) -> "Figures":
        return cls(counts.get("members", 0), counts.get("one", 0), counts.get("two", 0))

    @property
    def no_skill(self) -> int:
        return self.people - self.one_skill - self.two_skills

    @property
    def share(self) -> Decimal:
        """`two_skill_coverage` in percent (docs/domain.md §6)."""
        return percent(self.two_skills, self.people)

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
    found = figures.of_region(region, period, on=on)
    below = [(child, Figures.of(counts)) for child, counts in found.below]
    return RegionFigures(region, Figures.of(found.counts), below, Figures.of(found.itself))


def of_base(base: TrainingBase, period: PlanPeriod) -> Figures:
    """The figures of the people who are registered at a base."""
    return Figures.of(figures.of_base(base, period))
