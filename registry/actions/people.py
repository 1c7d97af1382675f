"""Registers people, and moves them from one region to another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import InvalidInput, ManagedElsewhere, NameDiffers
from registry.facts import people_changed
from registry.models import BaseRegistration, DisabilityCertificate, Person, Region, TrainingBase
from registry.models.batches import BATCH_ROWS
from registry.models.fields import blind_index
from registry.models.people import AccessNeed
from registry.queries.people import (
    CITIZEN_ID_COLUMN,
    DISABILITY_NUMBER_COLUMN,
    may_see,
    reach,
)
from registry.rules import citizen_ids, disability_numbers, names, phones
from registry.rules.access import Actor, Permission, require
from registry.rules.disability_numbers import DisabilityNumber, DisabilityNumberError
from registry.rules.people import NewPerson

# Filled when they are empty, never overwritten: another base's roster is no correction.
_FILLED = ("residence", "ethnicity", "education", "phone", "access_needs")


class DisabilityNumberMismatch(DisabilityNumberError):
    """The first 18 characters of the 残疾人证 number are not the person's citizen ID."""

    code = "disability_number_mismatch"


@dataclass(frozen=True, slots=True)
class _Checked:
    """A new person whose every value was read and found right."""

    asked: NewPerson = field(repr=False)
    person: Person = field(repr=False)
    disability: DisabilityNumber | None = field(repr=False)


@transaction.atomic
def register(
    *,
    by: Actor,
    on: date,
    region: Region,
    name: str,
    citizen_id: str,
    kind: str = "disabled",
    disability_number: str = "",
    base: TrainingBase | None = None,
    residence: str = "",
    ethnicity: str = "",
    education: str = "",
    phone: str = "",
    access_needs: Sequence[str] = (),
    household_of: Person | None = None,
) -> Person:
    """Register a person, or return the one with this citizen ID.

    An existing person keeps what is recorded: only empty fields are filled, and a 残疾人证 that changed
    is a new dated row. With `base`, the person becomes known to that base.
    Raises NotPermitted, CitizenIdError, DisabilityNumberError, DisabilityNumberMismatch, PersonNameError,
    InvalidInput, NameDiffers, ManagedElsewhere.
    """
    asked = NewPerson(
        name=name,
        citizen_id=citizen_id,
        region_code=region.code,
        kind=kind,
        disability_number=disability_number,
        residence=residence,
        ethnicity=ethnicity,
        education=education,
        phone=phone,
        access_needs=tuple(access_needs),
        household_of_id=household_of.pk if household_of else None,
    )
    return _register(by=by, on=on, base=base, people=[asked], regions={region.code: region})[0]


@transaction.atomic
def register_many(*, by: Actor, on: date, base: TrainingBase, people: Sequence[NewPerson]) -> list[Person]:
    """Register the people of a roster at a base, in the order given, in few statements.

    All or nothing; raises as `register` does (`NameDiffers.facts["rows"]` lists the positions, from 1).
    """
    codes = {person.region_code for person in people if person.region_code}
    regions = {region.code: region for region in Region.objects.filter(code__in=codes)}
    return _register(by=by, on=on, base=base, people=people, regions={**regions, "": base.region})


def _register(
    *, by: Actor, on: date, base: TrainingBase | None, people: Sequence[NewPerson], regions: dict[str, Region]
) -> list[Person]:
    if base is None:
        for region in regions.values():
            require(by, Permission.PERSON_EDIT, region_path=region.path)
    else:
        require(by, Permission.PERSON_EDIT, region_path=base.region.path, base_ids=[base.pk])
    checked = [_check(asked, regions, on) for asked in people]
    wanted = {one.person.citizen_id_index: one.person for one in checked}
    known = set(
        Person.objects.filter(citizen_id_index__in=list(wanted)).values_list("citizen_id_index", flat=True)
    )
    # In one order for everybody, so that two rosters with the same people never wait for each other in a ring.
    new = [wanted[index] for index in sorted(wanted) if index not in known]
    # When two register one person at the same moment, the second waits here and then finds the first's row.
    Person.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH_ROWS)
    held = {
        person.citizen_id_index: person
        for person in Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("region")
        .filter(citizen_id_index__in=list(wanted))
        .order_by("pk")
    }
    rows = [(one, held[one.person.citizen_id_index]) for one in checked]
    same = [names.same_name(one.person.name, person.name) for one, person in rows]
    if differing := [n for n, is_same in enumerate(same, 1) if not is_same]:
        raise NameDiffers(rows=differing)
    # A row is ours if it carries the public id we made up for it.
    created = [person for index, person in held.items() if person.public_id == wanted[index].public_id]
    if base is None and any(not may_see(by, person) for person in held.values()):
        raise ManagedElsewhere()
    changed = _fill(rows, by=by) | _record_disability(rows, by=by, on=on)
    if base is not None:
        BaseRegistration.objects.bulk_create(
            [BaseRegistration(person=person, base=base, since=on) for person in held.values()],
            ignore_conflicts=True,
            batch_size=BATCH_ROWS,
        )
    audit.record_many(
        "person.registered",
        [(p, p.region.path, {"base": base.public_id if base else None, "kind": p.kind}) for p in created],
        by=by,
    )
    people_changed(people=changed | {person.pk for person in created}, on=on)
    return [person for _one, person in rows]


def _check(asked: NewPerson, regions: dict[str, Region], on: date) -> _Checked:
    """Read every value; raises what `register` raises."""
    citizen_id = citizen_ids.parse(asked.citizen_id, on=on)
    disability = None
    if asked.disability_number.strip():
        disability = disability_numbers.parse(asked.disability_number, on=on)
        if disability.citizen_id.value != citizen_id.value:
            raise DisabilityNumberMismatch()
    region = regions.get(asked.region_code)
    if region is None:
        raise InvalidInput(fields={"region": "region_unknown"})
    if region.valid_to is not None and region.valid_to < on:
        raise InvalidInput(fields={"region": "region_retired"})
    if unknown := set(asked.access_needs) - set(AccessNeed.values):
        raise InvalidInput(fields={"access_needs": "field_choice"}, count=len(unknown))
    phone = phones.clean(asked.phone)
    if len(phone) > phones.LONGEST:
        raise InvalidInput(fields={"phone": "field_too_long"})
    texts = {
        "kind": asked.kind,
        "residence": asked.residence,
        "ethnicity": asked.ethnicity.strip(),
        "education": asked.education.strip(),
    }
    require_valid(Person, **texts)
    person = Person(
        name=names.parse(asked.name),
        citizen_id=citizen_id.value,
        citizen_id_index=blind_index(CITIZEN_ID_COLUMN, citizen_id.value),
        birth_date=citizen_id.birth_date,
        sex=citizen_id.sex.value,
        region=region,
        phone=phone,
        access_needs=sorted(set(asked.access_needs)),
        household_of_id=asked.household_of_id,
        registered_on=on,
        **texts,
    )
    return _Checked(asked=asked, person=person, disability=disability)


def _fill(rows: Sequence[tuple[_Checked, Person]], *, by: Actor) -> set[int]:
    """Fill empty fields of people who were registered before; whose were filled."""
    filled: dict[int, tuple[Person, list[str]]] = {}
    for one, person in rows:
        empty = [name for name in _FILLED if not getattr(person, name) and getattr(one.person, name)]
        for name in empty:
            setattr(person, name, getattr(one.person, name))
        if empty:
            filled.setdefault(person.pk, (person, []))[1].extend(empty)
    Person.objects.bulk_update([person for person, _empty in filled.values()], _FILLED)
    audit.record_many(
        "person.filled",
        [(person, person.region.path, {"fields": empty}) for person, empty in filled.values()],
        by=by,
    )
    return set(filled)


def _record_disability(rows: Sequence[tuple[_Checked, Person]], *, by: Actor, on: date) -> set[int]:
    """A new dated row for each 残疾人证 that is not the one last recorded; whose it is."""
    latest: dict[int, bytes] = {}
    for person_id, index in (
        DisabilityCertificate.objects.filter(person__in=[person.pk for one, person in rows if one.disability])
        .order_by("recorded_on", "pk")
        .values_list("person_id", "number_index")
    ):
        latest[person_id] = bytes(index)
    new: dict[int, tuple[Person, DisabilityCertificate]] = {}
    for one, person in rows:
        if one.disability is None:
            continue
        index = blind_index(DISABILITY_NUMBER_COLUMN, one.disability.value)
        if latest.get(person.pk) != index:
            latest[person.pk] = index
            new[person.pk] = (
                person,
                DisabilityCertificate(
                    person=person,
                    number=one.disability.value,
                    number_index=index,
                    category=one.disability.category.value,
                    grade=int(one.disability.grade),
                    reissue_no=one.disability.reissue_no,
                    recorded_on=on,
                ),
            )
    DisabilityCertificate.objects.bulk_create(
        [row for _person, row in new.values()], ignore_conflicts=True, batch_size=BATCH_ROWS
    )
    audit.record_many(
        "person.disability_certificate_recorded",
        [(person, person.region.path, {"reissue_no": row.reissue_no}) for person, row in new.values()],
        by=by,
    )
    return set(new)


def locked(person: Person) -> Person:
    """The person as they stand now, with their region; whoever else changes them waits for this transaction's end."""
    return lock(person, "region")


@transaction.atomic
def move(*, by: Actor, on: date, person: Person, region: Region) -> Person:
    """Hand a person over to the region they moved to; whoever manages them decides, as with a hukou transfer.

    Raises NotPermitted, InvalidInput (`region_retired`).
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, region_path=held.region.path)
    if region.valid_to is not None and region.valid_to < on:
        raise InvalidInput(fields={"region": "region_retired"})
    before = held.region
    if before.pk == region.pk:
        return held
    held.region = region
    held.save(update_fields=["region"])
    for path in (before.path, region.path):  # the auditors of both places read of it
        audit.record("person.moved", held, by=by, region_path=path, before=before.code, after=region.code)
    people_changed(people=[held.pk], on=on)
    return held


@transaction.atomic
def rename(*, by: Actor, on: date, person: Person, name: str) -> Person:
    """The person's name as their identity card has it, where it was registered wrongly.

    Certificates keep what they printed (certificates/actions/corrections.py corrects those). The audit row holds
    neither name. Raises NotPermitted, PersonNameError.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    name = names.parse(name)
    if name != held.name:
        held.name = name
        held.save(update_fields=["name"])
        audit.record("person.renamed", held, by=by, region_path=held.region.path, on=on.isoformat())
    return held
