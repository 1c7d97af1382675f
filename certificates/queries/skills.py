"""Which skills (门) a person has on a date: those proved by a certificate in force, ours or an external one.

Two levels of one skill are one skill (docs/domain.md §2.5), so skills are counted, never certificates.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from certificates.models import Certificate, ExternalCertificate
from courses.models import Skill
from registry.models import Person

# SQLite takes 32,766 parameters in one statement, and each person is named twice.
_PEOPLE_A_QUERY = 10_000


@dataclass(frozen=True)
class HeldSkill:
    """A skill a person has, with the certificates in force that prove it, newest first."""

    skill: Skill
    certificates: tuple[Certificate, ...]
    external: tuple[ExternalCertificate, ...]


def skill_counts(
    person_ids: Collection[int], on: date, *, without: QuerySet[Certificate] | None = None
) -> dict[int, int]:
    """How many distinct skills each of these people has on the date; 0 for those who have none.

    `without` these certificates, where somebody asks what their loss would mean. One query for each 10,000
    people.
    """
    lost = Certificate.objects.none() if without is None else without
    counts = dict.fromkeys(person_ids, 0)
    for ids in _parts(list(counts)):
        ours = (
            Certificate.objects.held_on(on)
            .filter(person_id__in=ids)
            .exclude(pk__in=lost.order_by().values("pk"))
            .order_by()
            .values_list("person_id", "skill_id")
        )
        external = (
            ExternalCertificate.objects.in_force(on)
            .filter(person_id__in=ids, issued_on__lte=on)
            .order_by()
            .values_list("person_id", "skill_id")
        )
        # UNION leaves each pair of person and skill once.
        for person_id, _skill_id in ours.union(external):
            counts[person_id] += 1
    return counts


def skills_held(person: Person, on: date) -> list[HeldSkill]:
    """The skills a person has on the date with their proof, in the order of their numbers. Two queries."""
    ours = list(Certificate.objects.held_on(on).filter(person=person).select_related("skill"))
    external = list(
        ExternalCertificate.objects.in_force(on)
        .filter(person=person, issued_on__lte=on)
        .select_related("skill")
    )
    skills = {proof.skill_id: proof.skill for proof in ours} | {
        proof.skill_id: proof.skill for proof in external
    }
    return [
        HeldSkill(
            skill=skill,
            certificates=tuple(proof for proof in ours if proof.skill_id == skill.pk),
            external=tuple(proof for proof in external if proof.skill_id == skill.pk),
        )
        for skill in sorted(skills.values(), key=lambda skill: skill.number)
    ]


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _PEOPLE_A_QUERY):
        yield ids[start : start + _PEOPLE_A_QUERY]
