"""Who is registered: the pages' lists, the person behind a citizen ID, and where a person may be reached."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from registry.models import (
    BaseRegistration,
    DisabilityCertificate,
    EmploymentStatus,
    NeedRegistration,
    Person,
    Region,
)
from registry.models.fields import blind_index
from registry.rules import citizen_ids
from registry.rules.access import Actor

CITIZEN_ID_COLUMN = "person.citizen_id"
DISABILITY_NUMBER_COLUMN = "disabilitycertificate.number"


def citizen_id_index(citizen_id: str) -> bytes:
    """The blind index of a citizen ID as people type it."""
    return blind_index(CITIZEN_ID_COLUMN, citizen_ids.clean(citizen_id))


def by_citizen_ids(texts: Iterable[str]) -> dict[str, Person]:
    """The registered people among these citizen IDs, whoever manages them: for rosters, never for showing.

    Keys are the texts as given; unknown numbers are left out.
    """
    wanted: dict[bytes, list[str]] = {}
    for text in texts:
        wanted.setdefault(citizen_id_index(text), []).append(text)
    found = Person.objects.filter(citizen_id_index__in=list(wanted)).select_related("region")
    return {text: person for person in found for text in wanted[person.citizen_id_index]}


def search(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """People of this exact citizen ID, or whose name contains the text; all of them for an empty text."""
    text = text.strip()
    if not text:
        return people
    number = citizen_ids.clean(text)
    if len(number) == citizen_ids.LENGTH and number[:17].isdecimal():
        return people.filter(citizen_id_index=citizen_id_index(number))
    return people.filter(name__icontains=text)


def reach(person: Person) -> dict[str, Any]:
    """Where a permission over this person can come from, as arguments of `require`."""
    bases = BaseRegistration.objects.filter(person=person).values_list("base_id", flat=True)
    return {"region_path": person.region.path, "base_ids": list(bases)}


def current_disability_certificate(person: Person, *, on: date) -> DisabilityCertificate | None:
    """The 残疾人证 last recorded on or before the day, unless it was cancelled by then."""
    held = person.disability_certificates.filter(recorded_on__lte=on).first()
    return None if held is None or (held.cancelled_on and held.cancelled_on <= on) else held


def standing(person: Person, *, on: date) -> dict[str, Any]:
    """What holds on the day: 残疾人证, employment and need; None where nothing was recorded."""
    return {
        "certificate": current_disability_certificate(person, on=on),
        "employment": EmploymentStatus.objects.filter(person=person, since__lte=on).first(),
        "need": NeedRegistration.objects.filter(person=person, registered_on__lte=on).first(),
    }


def may_see(actor: Actor, person: Person) -> bool:
    """Whether the actor's scope holds this person."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


def listed(
    people: QuerySet[Person], *, region: Region | None = None, kind: str = "", missing: str = "", on: date
) -> QuerySet[Person]:
    """People of a region subtree and kind, or those of whom something is `missing`: "need" or "employment"."""
    if region is not None:
        people = people.filter(region__path__startswith=region.path)
    if kind:
        people = people.filter(kind=kind)
    if missing == "need":
        people = people.filter(
            ~Exists(NeedRegistration.objects.filter(person=OuterRef("pk"), registered_on__lte=on))
        )
    if missing == "employment":
        people = people.filter(~Exists(EmploymentStatus.objects.filter(person=OuterRef("pk"), since__lte=on)))
    return people.select_related("region")
