"""Records dated facts about a person: employment and needs."""

from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models import EmploymentStatus, NeedRegistration, Person
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def record_employment(*, by: Actor, on: date, person: Person, status: str, since: date) -> EmploymentStatus:
    """The person is employed or not, from a day on. A second record for the same day corrects the first.

    Raises NotPermitted, InvalidInput.
    """
    held = Person.objects.select_for_update(of=("self",)).select_related("region").get(pk=person.pk)
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
    held = Person.objects.select_for_update(of=("self",)).select_related("region").get(pk=person.pk)
    require(by, Permission.PERSON_EDIT, **reach(held))
    after = {"training_need": training_need, "employment_need": employment_need, "employable": employable}
    before = NeedRegistration.objects.filter(person=held, registered_on=on).values(*after).first()
    row, _created = NeedRegistration.objects.update_or_create(person=held, registered_on=on, defaults=after)
    audit.record(
        "person.need_recorded", held, by=by, region_path=held.region.path, before=before, after=after
    )
    people_changed(people=[held.pk], on=on)
    return row
