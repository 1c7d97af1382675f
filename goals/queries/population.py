"""Who should be in the population of each period, with how many skills, counted from the recorded facts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from certificates.queries.skills import skill_counts
from goals.models import PlanPeriod, PopulationMember
from goals.rules.population import Need, Standing, Status, joined_on
from registry.models import EmploymentStatus, NeedRegistration, Person
from registry.models.people import PersonKind
from registry.models.standing import Employment
from registry.rules.citizen_ids import Sex

Key = tuple[int, int]
"""Period and person."""


def recorded(people: Collection[int], periods: Iterable[PlanPeriod]) -> dict[Key, PopulationMember]:
    """The members of these periods among the people, as they were last counted."""
    members = PopulationMember.objects.filter(person_id__in=people, period__in=periods)
    return {(member.period_id, member.person_id): member for member in members}


def counted(
    people: Iterable[Person], periods: Collection[PlanPeriod], *, on: date
) -> dict[Key, PopulationMember]:
    """The members as the facts make them by the end of the day `on`; the rows are new, not yet written.

    Only disabled people belong: family members who train are counted elsewhere (docs/domain.md §2.1 C07).
    """
    disabled = {person.pk: person for person in people if person.kind == PersonKind.DISABLED}
    joined = {
        (period.pk, person_id): day
        for person_id, standing in _standings(disabled).items()
        for period in periods
        if (day := joined_on(standing, period.first_day, min(period.last_day, on)))
    }
    skills = skill_counts(list({person_id for _period, person_id in joined}), on) if joined else {}
    return {
        key: PopulationMember(
            period_id=key[0],
            person_id=key[1],
            region_id=disabled[key[1]].region_id,
            joined_on=day,
            counted_on=on,
            skills=skills.get(key[1], 0),
        )
        for key, day in joined.items()
    }


def _standings(people: Mapping[int, Person]) -> dict[int, Standing]:
    """What is recorded of the people who ever registered a need; nobody else can qualify."""
    needs: dict[int, list[Need]] = defaultdict(list)
    for person_id, day, training_need, employable in (
        NeedRegistration.objects.filter(person_id__in=people.keys())
        .order_by("registered_on")
        .values_list("person_id", "registered_on", "training_need", "employable")
    ):
        needs[person_id].append(Need(day, training_need, employable))
    if not needs:
        return {}
    statuses: dict[int, list[Status]] = defaultdict(list)
    for person_id, since, status in (
        EmploymentStatus.objects.filter(person_id__in=needs.keys())
        .order_by("since")
        .values_list("person_id", "since", "status")
    ):
        statuses[person_id].append(Status(since, status == Employment.EMPLOYED))
    return {
        person_id: Standing(
            sex=Sex(people[person_id].sex),
            birth_date=people[person_id].birth_date,
            needs=own,
            statuses=statuses[person_id],
        )
        for person_id, own in needs.items()
    }
