"""Changes how a person is reached."""

from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.actions.people import locked
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models import Person
from registry.queries.people import reach
from registry.rules import phones
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def change_phone(*, by: Actor, on: date, person: Person, phone: str) -> Person:
    """The number under which the person is called now. The audit row holds neither number.

    Raises NotPermitted, InvalidInput.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    number = phones.clean(phone)
    if not number or len(number) > phones.LONGEST:
        raise InvalidInput(fields={"phone": "field_too_long" if number else "field_missing"})
    if number != held.phone:
        held.phone = number
        held.save(update_fields=["phone"])
        audit.record("person.phone_changed", held, by=by, region_path=held.region.path, on=on.isoformat())
        people_changed(people=[held.pk], on=on)
    return held
