"""The people behind a figure, for those who may see them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from certificates.models import Certificate, ExternalCertificate
from courses.models import Skill
from goals.models import PlanPeriod, Tally
from registry.models import Region
from registry.rules.access import Actor

NONE, ONE, TWO = "0", "1", "2"
"""Values of the skills filter: no skill, one short of the goal, the goal reached."""


def listed(actor: Actor, period: PlanPeriod, *, region: Region | None, skills: str = "") -> QuerySet[Tally]:
    """Members the actor may see, in a region and below or everywhere in reach, with so many skills."""
    members = Tally.objects.visible_to(actor).members().filter(period=period)
    if region is not None:
        members = members.filter(region__path__startswith=region.path)
    if skills == TWO:
        members = members.filter(skills__gte=2)
    elif skills in (NONE, ONE):
        members = members.filter(skills=int(skills))
    return members.select_related("person", "region").order_by("region__code", "person_id")


def skills_of(person_ids: Collection[int], *, on: date) -> dict[int, list[Skill]]:
    """Each one's skills in the order of their numbers; three queries."""
    pairs = {
        pair
        for proofs in (
            Certificate.objects.held_on(on),
            ExternalCertificate.objects.in_force(on).filter(issued_on__lte=on),
        )
        for pair in proofs.filter(person_id__in=person_ids).values_list("person_id", "skill_id")
    }
    skills = Skill.objects.filter(pk__in={skill_id for _person, skill_id in pairs}).in_bulk()
    held: dict[int, list[Skill]] = defaultdict(list)
    for person_id, skill_id in sorted(pairs, key=lambda pair: skills[pair[1]].number):
        held[person_id].append(skills[skill_id])
    return held
