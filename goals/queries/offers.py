"""Courses that are open near people: from a figure to what can be done about it (docs/domain.md §2.2 T12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courses.models import Cohort, Skill
from courses.models.cohorts import CohortState
from registry.models import Person
from registry.models.regions import RegionLevel, in_subtrees
from registry.rules.access import Actor, Permission

SHOWN = 3
"""Courses for each person: more is a catalogue, not a proposal."""
AT_MOST = 500
"""Cohorts looked at: those that begin first."""


@dataclass(frozen=True)
class Offer:
    """A cohort that takes trainees. `is_readable`: the actor may open it and refer to it by choosing it."""

    cohort: Cohort
    is_own_county: bool
    meets_needs: bool
    is_readable: bool


def near(
    people: Sequence[Person], held: Mapping[int, Sequence[Skill]], actor: Actor, *, on: date
) -> dict[int, list[Offer]]:
    """For each person the cohorts that enrol in their county, then in their prefecture, of skills they do not have;
    those that meet their needs of access first. One query for all. Who may be taught is no secret, so cohorts that the
    actor does not otherwise read are named too.
    """
    around = {person.pk: _prefecture(person) for person in people}
    cohorts = (
        Cohort.objects.filter(
            in_subtrees("region__path", tuple(sorted(set(around.values())))),
            state=CohortState.ENROLLING,
            starts_on__gte=on,
        )
        .select_related("base", "region", "course__skill")
        .order_by("starts_on", "pk")[:AT_MOST]
    )
    scope = actor.scope(Permission.COHORT_READ)
    open_now = [
        (cohort, actor.is_system or scope.covers(region_path=cohort.region.path, base_ids=[cohort.base_id]))
        for cohort in (cohorts if people else ())
    ]
    found: dict[int, list[Offer]] = {}
    for person in people:
        has = {skill.pk for skill in held[person.pk]}
        offers = [
            Offer(
                cohort,
                cohort.region.path.startswith(person.region.path),
                set(person.access_needs) <= set(cohort.course.access_provisions),
                readable,
            )
            for cohort, readable in open_now
            if cohort.region.path.startswith(around[person.pk]) and cohort.course.skill_id not in has
        ]
        offers.sort(key=lambda one: (not one.is_own_county, not one.meets_needs, one.cohort.starts_on))
        found[person.pk] = offers[:SHOWN]
    return found


def _prefecture(person: Person) -> str:
    """The subtree around the person's county; whoever a city manages itself lives somewhere in it."""
    region = person.region
    if region.level != RegionLevel.COUNTY:
        return region.path
    return region.path.rstrip("/").rpartition("/")[0] + "/"
