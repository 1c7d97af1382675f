"""Records hardship classes of people (困难类别), and that one is over."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.people import locked
from registry.actions.values import require_valid
from registry.errors import Conflict, InvalidInput, NotFound
from registry.facts import people_changed
from registry.models import HardshipStatus, Person, TrainingBase
from registry.models.batches import BATCH_ROWS
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require


class HardshipOver(Conflict):
    """This class was ended before."""

    code = "hardship_over"


@transaction.atomic
def record(*, by: Actor, on: date, person: Person, kind: str, since: date) -> HardshipStatus:
    """The person is of this class from a day on. While it stands, a second record corrects the day.

    Raises NotPermitted, InvalidInput.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    require_valid(HardshipStatus, kind=kind)
    if since > on:
        raise InvalidInput(fields={"since": "date_in_future"})
    if since < held.birth_date:
        raise InvalidInput(fields={"since": "date_before_birth"})
    row = HardshipStatus.objects.filter(person=held, kind=kind, ended_on=None).first()
    before = row.since if row else None
    if row is not None and before == since:
        return row
    if row is None:
        row = HardshipStatus(person=held, kind=kind, recorded_on=on, recorded_by=by.name)
    row.since = since
    row.save()
    facts = {"kind": kind, "before": str(before) if before else None, "after": str(since)}
    audit.record("person.hardship_recorded", held, by=by, region_path=held.region.path, **facts)
    people_changed(people=[held.pk], on=on)
    return row


@transaction.atomic
def record_many(*, by: Actor, on: date, base: TrainingBase, kinds: Mapping[int, Collection[str]]) -> int:
    """The classes that a roster says of people registered at a base, from today on; how many were new.

    A class that stands is not recorded again. Raises NotPermitted, InvalidInput, and NotFound for people
    unknown at the base.
    """
    require(by, Permission.PERSON_EDIT, region_path=base.region.path, base_ids=[base.pk])
    wanted = {pk: dict.fromkeys(own) for pk, own in kinds.items() if own}
    for kind in {kind for own in wanted.values() for kind in own}:
        require_valid(HardshipStatus, kind=kind)
    held = {
        person.pk: person
        for person in Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("region")
        .only("public_id", "region__path")
        .filter(pk__in=wanted, base_registrations__base=base)
        .order_by("pk")
    }
    if len(held) < len(wanted):
        raise NotFound(what="person", count=len(wanted) - len(held))
    standing = HardshipStatus.objects.filter(person__in=held, ended_on=None)
    there = set(standing.values_list("person_id", "kind"))
    made = HardshipStatus.objects.bulk_create(
        [
            HardshipStatus(person=held[pk], kind=kind, since=on, recorded_on=on, recorded_by=by.name)
            for pk, own in wanted.items()
            for kind in own
            if (pk, kind) not in there
        ],
        batch_size=BATCH_ROWS,
    )
    audit.record_many(
        "person.hardship_recorded",
        [
            (row.person, row.person.region.path, {"kind": row.kind, "before": None, "after": str(on)})
            for row in made
        ],
        by=by,
    )
    people_changed(people={row.person_id for row in made}, on=on)
    return len(made)


@transaction.atomic
def end(*, by: Actor, on: date, status: HardshipStatus, ended_on: date) -> HardshipStatus:
    """From this day the person is of the class no more; ended on its first day, it never held.

    Raises NotPermitted, InvalidInput, HardshipOver.
    """
    person = locked(status.person)
    require(by, Permission.PERSON_EDIT, **reach(person))
    held = HardshipStatus.objects.get(pk=status.pk)
    if held.ended_on is not None:
        raise HardshipOver()
    if ended_on > on:
        raise InvalidInput(fields={"ended_on": "date_in_future"})
    if ended_on < held.since:
        raise InvalidInput(fields={"ended_on": "date_before_start"})
    held.ended_on = ended_on
    held.save(update_fields=["ended_on"])
    facts = {"kind": held.kind, "ended_on": str(ended_on)}
    audit.record("person.hardship_ended", person, by=by, region_path=person.region.path, **facts)
    people_changed(people=[person.pk], on=on)
    return held
