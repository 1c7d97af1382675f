"""Records dated facts about a person: employment and needs."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.people import locked
from registry.actions.values import require_valid
from registry.errors import InvalidInput, NotFound
from registry.facts import people_changed
from registry.models import EmploymentStatus, NeedRegistration, Person, TrainingBase
from registry.models.batches import BATCH_ROWS
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require
from registry.rules.people import NewStanding


@transaction.atomic
def record_employment(*, by: Actor, on: date, person: Person, status: str, since: date) -> EmploymentStatus:
    """The person is employed or not, from a day on. A second record for the same day corrects the first.

    Raises NotPermitted, InvalidInput.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    require_valid(EmploymentStatus, status=status)
    if since > on:
        raise InvalidInput(fields={"since": "date_in_future"})
    if since < held.birth_date:
        raise InvalidInput(fields={"since": "date_before_birth"})
    before = (
        EmploymentStatus.objects.filter(person=held, since=since).values_list("status", flat=True).first()
    )
    row, _created = EmploymentStatus.objects.update_or_create(
        person=held, since=since, defaults={"status": status}
    )
    audit.record(
        "person.employment_recorded",
        held,
        by=by,
        region_path=held.region.path,
        before=before,
        after=status,
        since=since.isoformat(),
    )
    people_changed(people=[held.pk], on=on)
    return row


@transaction.atomic
def record_need(
    *, by: Actor, on: date, person: Person, training_need: bool, employment_need: bool, employable: bool
) -> NeedRegistration:
    """就业需求登记 as of today. A second record on the same day corrects the first.

    Raises NotPermitted.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    after = {"training_need": training_need, "employment_need": employment_need, "employable": employable}
    before = NeedRegistration.objects.filter(person=held, registered_on=on).values(*after).first()
    row, _created = NeedRegistration.objects.update_or_create(person=held, registered_on=on, defaults=after)
    audit.record(
        "person.need_recorded", held, by=by, region_path=held.region.path, before=before, after=after
    )
    people_changed(people=[held.pk], on=on)
    return row


@transaction.atomic
def record_many(*, by: Actor, on: date, base: TrainingBase, standings: Sequence[NewStanding]) -> int:
    """What a roster says of people registered at a base, in few statements; how many were changed.

    Only what differs from the record is written, as of today. A roster knows one need, that for training:
    someone without a 就业需求登记 is taken to want work as well, and to be fit for it, since they enrol
    for a trade; someone with one keeps what it says of both.
    Raises NotPermitted, InvalidInput, and NotFound for people unknown at the base.
    """
    require(by, Permission.PERSON_EDIT, region_path=base.region.path, base_ids=[base.pk])
    for status in {standing.employment for standing in standings} - {""}:
        require_valid(EmploymentStatus, status=status)
    ids = {standing.person_id for standing in standings}
    held = {
        person.pk: person
        for person in Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("region")
        .only("public_id", "region__path")
        .filter(pk__in=ids, base_registrations__base=base)
        .order_by("pk")
    }
    if len(held) < len(ids):
        raise NotFound(what="person", count=len(ids) - len(held))
    employment = _record_employment(standings, held, by=by, on=on)
    needs = _record_needs(standings, held, by=by, on=on)
    changed = employment | needs
    people_changed(people=changed, on=on)
    return len(changed)


def _record_employment(
    standings: Iterable[NewStanding], held: dict[int, Person], *, by: Actor, on: date
) -> set[int]:
    rows = EmploymentStatus.objects.filter(person__in=held, since__lte=on).order_by("since", "pk")
    latest = dict(rows.values_list("person_id", "status"))
    new = {
        standing.person_id: standing.employment
        for standing in standings
        if standing.employment and standing.employment != latest.get(standing.person_id)
    }
    EmploymentStatus.objects.bulk_create(
        [EmploymentStatus(person_id=pk, status=status, since=on) for pk, status in new.items()],
        update_conflicts=True,
        unique_fields=["person", "since"],
        update_fields=["status"],
        batch_size=BATCH_ROWS,
    )
    audit.record_many(
        "person.employment_recorded",
        [
            (
                held[pk],
                held[pk].region.path,
                {"before": latest.get(pk), "after": status, "since": on.isoformat()},
            )
            for pk, status in new.items()
        ],
        by=by,
    )
    return set(new)


def _record_needs(
    standings: Iterable[NewStanding], held: dict[int, Person], *, by: Actor, on: date
) -> set[int]:
    rows = NeedRegistration.objects.filter(person__in=held, registered_on__lte=on)
    latest = {row.person_id: row for row in rows.order_by("registered_on", "pk")}
    new: dict[int, NeedRegistration] = {}
    for standing in standings:
        before = latest.get(standing.person_id)
        need = standing.training_need
        if need is None or (before is not None and before.training_need == need):
            continue
        new[standing.person_id] = NeedRegistration(
            person_id=standing.person_id,
            training_need=need,
            employment_need=before.employment_need if before else need,
            employable=before.employable if before else True,
            registered_on=on,
        )
    NeedRegistration.objects.bulk_create(
        new.values(),
        update_conflicts=True,
        unique_fields=["person", "registered_on"],
        update_fields=["training_need", "employment_need", "employable"],
        batch_size=BATCH_ROWS,
    )
    audit.record_many(
        "person.need_recorded",
        [
            (held[pk], held[pk].region.path, {"before": _need(latest.get(pk)), "after": _need(row)})
            for pk, row in new.items()
        ],
        by=by,
    )
    return set(new)


def _need(row: NeedRegistration | None) -> dict[str, bool] | None:
    if row is None:
        return None
    return {
        "training_need": row.training_need,
        "employment_need": row.employment_need,
        "employable": row.employable,
    }
