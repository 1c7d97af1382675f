"""What each person should add to each period, counted from the recorded facts."""

from collections.abc import Collection, Iterable
from datetime import date

from courses.rules.rates import Terms
from goals.models import PlanPeriod, Tally
from goals.queries import facts
from goals.rules import tallies
from goals.rules.facts import Facts, Span
from registry.models import Person
from registry.models.regions import NATION_CODE
from registry.queries import standards

Key = tuple[int, int]
"""Period and person."""

TERMS = ("conversion_window_days", "retention_months")
"""The standards of the nation that figures rest on."""


def recorded(people: Collection[int], periods: Iterable[PlanPeriod]) -> dict[Key, Tally]:
    """The tallies of these people in these periods, as they were last counted."""
    rows = Tally.objects.filter(person_id__in=people, period__in=periods)
    return {(tally.period_id, tally.person_id): tally for tally in rows}


def counted(people: Collection[Person], periods: Iterable[PlanPeriod], *, on: date) -> dict[Key, Tally]:
    """The tallies as the facts make them by the end of the day `on`; the rows are new, not yet written."""
    terms = terms_on(on)
    known = facts.of_people(people, terms)
    return {
        (period.pk, person.pk): row
        for period in periods
        for person in people
        if (row := tally(person, known[person.pk], period, terms, on=on))
    }


def tally(person: Person, known: Facts, period: PlanPeriod, terms: Terms, *, on: date) -> Tally | None:
    """The row of one person in one period; None where the person adds nothing."""
    found = tallies.counted(known, Span(period.first_day, period.last_day, on), terms)
    if found is None:
        return None
    return Tally(
        period_id=period.pk,
        person_id=person.pk,
        region_id=person.region_id,
        counted_on=on,
        joined_on=found.joined_on,
        skills=found.skills if found.joined_on else 0,
        counts=dict(found.counts),
        cells=list(found.cells),
        parts={cell: dict(part) for cell, part in found.parts.items()},
    )


def terms_on(on: date) -> Terms:
    """The window and the months of the two rates: the nation's, so that regions can be compared. One query."""
    held = standards.values(TERMS, region_path=f"{NATION_CODE}/", on=on)
    return Terms(*(held[key] for key in TERMS))


def periods() -> list[PlanPeriod]:
    return list(PlanPeriod.objects.all())
