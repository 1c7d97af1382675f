"""What a holder may open without an account, and what they see then: their own certificates, nobody else's."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db.models import QuerySet

from certificates.models import Certificate, ExternalCertificate, Share, Slip
from certificates.queries.skills import HeldSkill, skills_held
from certificates.rules import link_tokens
from registry.models import AuditEvent, Person
from registry.models.fields import key_ring
from registry.rules.last_four import ends_with
from registry.rules.names import same_name

# Compared when there is no such certificate, so that a miss of every kind does the same work.
_NOBODY = "不存在"
_NOBODYS_ID = "000000000000000000"
_CITIZEN_ID_COLUMN = "registry_person.citizen_id"


def proved_by_number(*, number: str, name: str, last_four: str) -> int | None:
    """The person whose certificate has this number, if name and last four signs of the ID are theirs.

    None for each kind of miss, after the same work: one query, one sealed number opened, two comparisons.
    """
    held = (
        Certificate.objects.numbered()
        .filter(number=number)
        .order_by()
        .values_list("person_id", "holder_name", "person__citizen_id")
        .first()
    )
    if held is None:
        nobodys_id = key_ring().open(_sealed_nobody(), _CITIZEN_ID_COLUMN)
        held = (0, _NOBODY, nobodys_id)
    person_id, printed_name, citizen_id = held
    name_fits = same_name(name, printed_name)
    id_fits = ends_with(citizen_id, last_four)
    return person_id if person_id and name_fits and id_fits else None


@cache
def _sealed_nobody() -> bytes:
    return key_ring().seal(_NOBODYS_ID, _CITIZEN_ID_COLUMN)


def slip_of(token: str) -> Slip | None:
    """The slip with this link, in force or not."""
    digest = link_tokens.digest(token)
    return Slip.objects.select_related("person__region").filter(digest=digest).first() if digest else None


@dataclass(frozen=True)
class Overview:
    """All that one holder has, in force or not."""

    skills: list[HeldSkill]
    certificates: list[Certificate]
    external: list[ExternalCertificate]
    open_shares: int
    opened_before: datetime | None
    """When they were last opened before this visit: whoever reads a time that was not theirs is warned."""


def overview(person: Person, on: date) -> Overview:
    """Six queries, however many certificates there are."""
    opened = AuditEvent.objects.filter(
        subject_type="person", subject_id=person.public_id, verb="holder.opened"
    ).order_by("-pk")
    return Overview(
        skills=skills_held(person, on),
        certificates=list(certificates_of(person)),
        external=list(
            ExternalCertificate.objects.filter(person=person, verified_on__isnull=False).select_related(
                "skill"
            )
        ),
        open_shares=Share.objects.in_force(on).filter(person=person).count(),
        opened_before=next(iter(opened.values_list("at", flat=True)[1:2]), None),
    )


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """Every certificate of ours that was ever issued to the person, with the one that replaced it."""
    return Certificate.objects.numbered().filter(person=person).select_related("replaced_by")
