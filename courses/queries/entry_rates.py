"""录入率: of the people whom a region should have in the national system, how many are registered here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from courses.models import PopulationFigure
from courses.queries.ledgers.national import registered
from courses.queries.ledgers.wanted import Wanted
from registry.models import Region
from registry.queries import regions


@dataclass(frozen=True)
class EntryRate:
    """One unit: `registered` people of employment age, the figure they are held against, its place among its like."""

    region: Region
    registered: int
    figure: PopulationFigure | None
    rank: int | None = None
    is_below: bool = False
    """Below the rate of the region above it."""

    @property
    def share(self) -> float | None:
        """Registered by figure, over 1 where more are registered than the figure says; None without a figure."""
        return None if self.figure is None else self.registered / self.figure.people


def table(region: Region, *, on: date) -> list[EntryRate]:
    """The region, then the units straight below it by rate, those without a figure last; four queries."""
    units = [region, *regions.children(region.code, on=on)]
    figures: dict[int, PopulationFigure] = {}
    for figure in PopulationFigure.objects.filter(region__in=units, on__lte=on).order_by("on", "pk"):
        figures[figure.region_id] = figure
    people = registered(Wanted(region_path=region.path, on=on)).order_by().values_list("region__path")
    counted = list(people.annotate(n=Count("pk")))
    rates = [
        EntryRate(
            unit,
            sum(n for path, n in counted if path.startswith(unit.path)),
            figures.get(unit.pk),
        )
        for unit in units
    ]
    whole, below = rates[0], rates[1:]
    ranked = sorted(
        (rate for rate in below if rate.share is not None),
        key=lambda rate: (-(rate.share or 0), rate.region.code),
    )
    line = whole.share
    placed = [
        EntryRate(
            rate.region,
            rate.registered,
            rate.figure,
            rank=1 + sum((other.share or 0) > (rate.share or 0) for other in ranked),
            is_below=line is not None and (rate.share or 0) < line,
        )
        for rate in ranked
    ]
    return [whole, *placed, *(rate for rate in below if rate.share is None)]
