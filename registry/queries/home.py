"""The work list: what waits for this actor, each with how many."""

from dataclasses import dataclass
from datetime import date

from registry.models import Person, TrainingBase
from registry.queries import bases, people
from registry.rules.access import Actor, Permission


@dataclass(frozen=True)
class Waiting:
    """How many of what wait; `what` is a permanent key, `page` and `filters` the list that shows them."""

    what: str
    count: int
    page: str
    filters: str


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """What the registry's facts ask of this actor; things of which there are none are left out."""
    found: list[Waiting] = []
    if actor.may_somewhere(Permission.BASE_ACCREDIT):
        seen = TrainingBase.objects.visible_to(actor)
        without = bases.listed(seen, on=on, accredited=False).count()
        ending = bases.ending_soon(seen, on=on).count()
        found.append(Waiting("bases_without_plaque", without, "registry:bases", "?accredited=no"))
        found.append(Waiting("plaques_ending", ending, "registry:bases", "?accredited=ending"))
    if actor.may_somewhere(Permission.PERSON_EDIT):
        scope = actor.scope(Permission.PERSON_EDIT)
        mine = Person.objects.all() if actor.is_system else Person.objects.in_scope(scope)
        for missing in ("need", "employment"):
            count = people.listed(mine, on=on, missing=missing).count()
            found.append(
                Waiting(f"people_without_{missing}", count, "registry:people", f"?missing={missing}")
            )
    return [one for one in found if one.count]
