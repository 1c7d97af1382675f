"""Keeps the figures of all regions as they are at the end of each month; a snapshot is never counted again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.db import transaction

from goals.actions.figures import ROWS_A_STATEMENT, fold
from goals.models import FigureSnapshot, FigureTotal, PlanPeriod
from goals.queries import facts
from goals.queries.tallies import tally, terms_on
from goals.rules.indicators import DEFINITIONS
from registry.models import Person, Region

PEOPLE_AT_ONCE = 2_000


def month_end_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


@transaction.atomic
def take(*, on: date) -> int:
    """Keep the figures of the month that ended last, of every region and period; how many rows are new.

    Run again it changes nothing: the first one taken stays.
    """
    month_end = month_end_before(on)
    # Who folds holds the periods to the end of the transaction, so that totals and deltas stay as they are.
    while fold():
        continue
    totals = FigureTotal.objects.filter(cell="", period__first_year__lte=month_end.year).order_by("pk")
    rows = [
        FigureSnapshot(
            period_id=total.period_id,
            region_id=total.region_id,
            month_end=month_end,
            counts=total.counts,
            definitions=DEFINITIONS,
            taken_on=on,
        )
        for total in totals
        if total.counts
    ]
    return _keep(rows)


def reconstruct(period: PlanPeriod, month_ends: Iterable[date], *, on: date) -> int:
    """Snapshots of months before the register ran, from the dates of what is recorded now; how many rows are new.

    A certificate that was withdrawn since is missing in them; `taken_on` tells them from those taken in time.
    """
    return reconstruct_several({period: month_ends}, on=on)


def reconstruct_several(
    wanted: Mapping[PlanPeriod, Iterable[date]], *, on: date, within: Region | None = None
) -> int:
    """The same of several periods, with each person's facts read once; of a region and those below it alone."""
    ends = [(period, day) for period, days in wanted.items() for day in days if period.first_day <= day < on]
    found: dict[tuple[PlanPeriod, date, str], Counter[str]] = defaultdict(Counter)
    terms = terms_on(on)
    top = within.path.count("/") - 1 if within else 0
    for people in _portions(within.path if within else ""):
        known = facts.of_people(people, terms)
        for person in people:
            codes = person.region.path.rstrip("/").split("/")[top:]
            for period, end in ends:
                row = tally(person, known[person.pk], period, terms, on=end)
                for code in codes if row else ():
                    found[period, end, code].update(row.counts if row else {})
    codes_found = {code for _period, _end, code in found}
    regions = dict(Region.objects.filter(code__in=codes_found).values_list("code", "pk"))
    rows = [
        FigureSnapshot(
            period=period,
            region_id=regions[code],
            month_end=end,
            counts=dict(sorted(counts.items())),
            definitions=DEFINITIONS,
            taken_on=on,
        )
        for (period, end, code), counts in found.items()
    ]
    with transaction.atomic():
        return _keep(rows)


def _keep(rows: list[FigureSnapshot]) -> int:
    before = FigureSnapshot.objects.count()
    FigureSnapshot.objects.bulk_create(rows, ROWS_A_STATEMENT, ignore_conflicts=True)
    return FigureSnapshot.objects.count() - before


def _portions(path: str) -> Iterator[list[Person]]:
    last, held = 0, Person.objects.filter(region__path__startswith=path).select_related("region")
    while people := list(facts.with_facts(held.filter(pk__gt=last)).order_by("pk")[:PEOPLE_AT_ONCE]):
        yield people
        last = people[-1].pk
