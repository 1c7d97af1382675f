"""Periods that figures are counted for: opened with a plan or a new year, then counted portion by portion."""

from datetime import date

from django.db import transaction

from goals.actions.figures import fold, lock, recount_people, write
from goals.models import PlanPeriod
from goals.queries.tallies import TERMS
from registry.actions import tasks
from registry.models import Person
from registry.models.regions import NATION_CODE

PEOPLE_AT_ONCE = 1_000
"""People that one transaction locks and counts; issuers of their certificates wait that long, others not at
all.
"""

COUNT_TASK = "goals.tasks.count_period"


@transaction.atomic
def ensure(first_year: int, last_year: int) -> PlanPeriod:
    """The period of these years, with each single year in it. What is new is counted by the worker.

    Until then `counted_to` says how far: pages tell that the figures are of a part.
    """
    years = [(year, year) for year in range(first_year, last_year + 1)]
    waiting = 0 if Person.objects.exists() else None
    made, wanting = {}, []
    for years_of_one in dict.fromkeys([(first_year, last_year), *years]):
        made[years_of_one], is_new = PlanPeriod.objects.get_or_create(
            first_year=years_of_one[0], last_year=years_of_one[1], defaults={"counted_to": waiting}
        )
        # That of a draft (actions/plan_edits.py) is there, and nobody is counted in it yet.
        if is_new or made[years_of_one].counted_to == 0:
            wanting.append(made[years_of_one])
    if waiting is not None:
        for period in wanting:
            tasks.enqueue(COUNT_TASK, period.pk)
    return made[first_year, last_year]


@transaction.atomic
def open_year(*, on: date) -> None:
    """The year of this day has its figures, and so have the plans that begin with it, which were entered before.

    Every night: whoever was there when a period began is counted in it once, then stays in step.
    """
    ensure(on.year, on.year)
    for period in PlanPeriod.objects.filter(first_year=on.year, counted_to__isnull=False):
        tasks.enqueue(COUNT_TASK, period.pk)


@transaction.atomic
def standard_decided(*, key: str, region_path: str) -> None:
    """Everybody is counted afresh where the nation decided a standard that figures rest on (docs/indicators.md)."""
    if key not in TERMS or region_path != f"{NATION_CODE}/":
        return
    for period in PlanPeriod.objects.select_for_update(no_key=True).order_by("pk"):
        period.counted_to = 0
        period.save(update_fields=["counted_to"])
        tasks.enqueue(COUNT_TASK, period.pk)


def count(pk: int, *, on: date) -> int:
    """Count everybody in a period who is not counted in it yet; how many. Killed, it goes on behind the last portion.

    A period that is still to come waits for its first day.
    """
    counted = 0
    while people := _portion(pk, on=on):
        counted += people
    while fold():
        continue
    return counted


@transaction.atomic
def _portion(pk: int, *, on: date) -> int:
    # The period's row: another worker at the same task waits, and then goes on where this one stopped.
    period = PlanPeriod.objects.select_for_update(no_key=True).get(pk=pk)
    if period.is_counted or on < period.first_day:
        return 0
    waiting = Person.objects.filter(pk__gt=period.counted_to).order_by("pk")
    people = list(waiting.values_list("pk", flat=True)[:PEOPLE_AT_ONCE])
    if people:
        write(*recount_people(lock(people), [period], on=on))
    period.counted_to = people[-1] if people else None
    period.save(update_fields=["counted_to"])
    return len(people)
