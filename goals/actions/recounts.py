"""Counting from scratch: what the two-skills figures must be, told or mended."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from goals.actions.figures import add_to_totals, lock, recount_people, same, write
from goals.actions.periods import PEOPLE_AT_ONCE
from goals.models import PlanPeriod
from goals.queries.figures import Counts, disagreements
from registry.actions import audit
from registry.models import Person, Region
from registry.models.regions import NATION_CODE
from registry.rules.access import SYSTEM, Actor


@dataclass(frozen=True)
class WrongTotal:
    """A region whose kept figures are not the sum of its people's."""

    period: str
    region_code: str
    cell: str
    kept: Counts
    counted: Counts


@dataclass
class Recount:
    """What a recount found: people counted wrong by period and region, and totals that do not add up."""

    people: int = 0
    wrong_people: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong_totals: list[WrongTotal] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.wrong_people and not self.wrong_totals


def recount(*, on: date, check: bool, by: Actor = SYSTEM) -> Recount:
    """Count everybody as of `on` and every region's sum, and mend what differs, or with `check` only tell.

    Works while others write: people are locked in portions, and sums are compared in one statement.
    """
    found = Recount()
    periods = list(PlanPeriod.objects.all())
    for people in _portions():
        _recount_portion(people, periods, found, on=on, check=check, by=by)
    _recount_totals(found, check=check, by=by)
    return found


def _portions() -> Iterator[list[int]]:
    last = 0
    while ids := list(
        Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PEOPLE_AT_ONCE]
    ):
        yield ids
        last = ids[-1]


@transaction.atomic
def _recount_portion(
    people: list[int], periods: list[PlanPeriod], found: Recount, *, on: date, check: bool, by: Actor
) -> None:
    before, after = recount_people(lock(people), periods, on=on)
    found.people += len(people)
    wrong = [key for key in before.keys() | after.keys() if not same(before.get(key), after.get(key))]
    if not wrong:
        return
    rows = [after.get(key) or before[key] for key in wrong]
    codes = dict(Region.objects.filter(pk__in={row.region_id for row in rows}).values_list("pk", "code"))
    names = {period.pk: str(period) for period in periods}
    found.wrong_people.update((names[row.period_id], codes[row.region_id]) for row in rows)
    if check:
        return
    write(
        {key: before[key] for key in wrong if key in before},
        {key: after[key] for key in wrong if key in after},
    )
    audit.record(
        "figures.people_recounted",
        periods[-1],
        by=by,
        region_path=f"{NATION_CODE}/",
        wrong=len(wrong),
        regions=sorted(codes.values()),
    )


@transaction.atomic
def _recount_totals(found: Recount, *, check: bool, by: Actor) -> None:
    # The same lock as `fold`; members and deltas may still be written, since they change both sides alike.
    periods = {
        period.pk: period for period in PlanPeriod.objects.select_for_update(no_key=True).order_by("pk")
    }
    wrong = disagreements(list(periods.values()))
    found.wrong_totals += [
        WrongTotal(str(periods[period_id]), code, cell, kept, counted)
        for (period_id, code, cell), (kept, counted) in wrong.items()
    ]
    if check or not wrong:
        return
    add_to_totals({place: _less(counted, kept) for place, (kept, counted) in wrong.items()})
    for period_id in sorted({period_id for period_id, _code, _cell in wrong}):
        audit.record(
            "figures.totals_recounted",
            periods[period_id],
            by=by,
            region_path=f"{NATION_CODE}/",
            regions=sorted({code for held, code, _cell in wrong if held == period_id}),
        )


def _less(counted: Counts, kept: Counts) -> Counter[str]:
    change = Counter(counted)
    change.subtract(kept)
    return change
