"""`two_skill_coverage` of a region and of those right below: now, at the end of the last quarter, against the target."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import Length

from goals.models import FigureSnapshot, PlanPeriod, Target
from goals.models.plans import Operator, PlanState
from goals.queries import figures
from goals.rules.coverage import Figures, Finding, Yardstick
from goals.rules.trends import last_quarter_end
from registry.models import Region, TrainingBase


@dataclass(frozen=True)
class Line:
    """One region below, or (None) the people that the region itself manages; `change` as in `Finding`."""

    region: Region | None
    figures: Figures
    change: Decimal | None = None
    is_behind: bool = False


@dataclass(frozen=True)
class RegionCoverage:
    """A region with its figures, those of the regions right below it, and of the people it manages itself."""

    region: Region
    figures: Figures
    change: Decimal | None
    yardstick: Yardstick
    is_behind: bool
    below: list[Line]
    itself: Figures

    @property
    def finding(self) -> Finding:
        units = [line for line in self.below if line.region.is_statutory and line.figures.people]  # type: ignore[union-attr]
        return Finding(
            name=self.region.name,
            people=self.figures.people,
            share=self.figures.share,
            change=self.change,
            level=units[0].region.level if units and units[0].region else "",
            units=len(units),
            behind=sum(line.is_behind for line in units),
            by_target=self.yardstick.is_target,
        )


def of_region(region: Region, period: PlanPeriod, *, on: date) -> RegionCoverage:
    """The coverage of a region and of each region right below: four queries, however many there are."""
    found = figures.of_region(region, period, on=on)
    whole = Figures.of(found.counts)
    before = _at_quarter_end(region, period, on)
    yardstick = target(region, period) or Yardstick(whole.share)
    below = []
    for child, counts in found.below:
        own = Figures.of(counts)
        behind = yardstick.is_behind(own, on)
        below.append(Line(child, own, _change(own, before.get(child.pk)), behind))
    return RegionCoverage(
        region,
        whole,
        _change(whole, before.get(region.pk)),
        yardstick,
        yardstick.is_target and yardstick.is_behind(whole, on),
        below,
        Figures.of(found.itself),
    )


def target(region: Region, period: PlanPeriod) -> Yardstick | None:
    """The share that a plan of the region, or of the nearest one above it, sets for the period. The plans of the seed
    set none (docs/domain.md §2.5); one query.
    """
    found = (
        Target.objects.filter(
            metric="two_skill_coverage",
            operator=Operator.AT_LEAST,
            value__isnull=False,
            plan__period=period,
            plan__state=PlanState.IN_FORCE,
            plan__region__code__in=region.ancestor_codes,
        )
        .order_by(Length("plan__region__path").desc(), "code")
        .values_list("value", flat=True)
        .first()
    )
    return None if found is None else Yardstick(found * 100, period.first_day, period.last_day)


def of_base(base: TrainingBase, period: PlanPeriod) -> Figures:
    """The figures of the people who are registered at a base."""
    return Figures.of(figures.of_base(base, period))


def _at_quarter_end(region: Region, period: PlanPeriod, on: date) -> dict[int, Figures]:
    """By region, of the one and of those right below it, what was kept at the end of the last quarter."""
    kept = FigureSnapshot.objects.filter(
        Q(region=region) | Q(region__parent=region), period=period, month_end=last_quarter_end(on)
    )
    rows = kept.order_by().values_list("region_id", "counts")
    return {pk: Figures.of(counts) for pk, counts in rows}


def _change(now: Figures, before: Figures | None) -> Decimal | None:
    """Percentage points; None where there is nothing to compare."""
    return now.share - before.share if before and before.people and now.people else None
