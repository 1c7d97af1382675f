"""Periods that figures are counted for: opened with a plan or a new year, then counted portion by portion."""

from datetime import date

from django.db import transaction

from goals.actions.figures import fold, lock, recount_people, write
from goals.models import PlanPeriod
from registry.actions import tasks
from registry.models import Person

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


def count(pk: int, *, on: date) -> int:
    """Count everybody in a period who is not counted in it yet; how many. Killed, it goes on behind the last portion."""
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
    if period.is_counted:
        return 0
    waiting = Person.objects.filter(pk__gt=period.counted_to).order_by("pk")
    people = list(waiting.values_list("pk", flat=True)[:PEOPLE_AT_ONCE])
    if people:
        write(*recount_people(lock(people), [period], on=on))
    period.counted_to = people[-1] if people else None
    period.save(update_fields=["counted_to"])
    return len(people)
