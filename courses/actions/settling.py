"""Settles what a comparison found to differ: keep ours, take theirs by the action that changes it, or ask."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction

from courses.errors import ComparisonForgotten, OnlyVerified
from courses.models import Comparison, Discrepancy
from courses.models.comparisons import ComparisonMode, ComparisonState, Resolution
from registry.actions import audit, contacts, people, standing
from registry.errors import InvalidInput, NotFound
from registry.facts import told_once
from registry.models import Person
from registry.rules.access import Actor, Permission, require

SETTLED = (Resolution.KEPT, Resolution.TAKEN)


@transaction.atomic
def settle(*, by: Actor, on: date, comparison: Comparison, choices: Mapping[int, str]) -> int:
    """What is done about each of these discrepancies, by primary key; all or none. How many were settled anew.

    What was kept or taken stays so; what was asked about can still be settled. Raises NotPermitted, NotFound,
    InvalidInput, ComparisonForgotten, OnlyVerified, and what the action that takes theirs raises.
    """
    require(by, Permission.DATA_COMPARE, region_path=comparison.region.path)
    if comparison.state == ComparisonState.FORGOTTEN:
        raise ComparisonForgotten()
    known = set(Resolution.values) - {Resolution.OPEN}
    if set(choices.values()) - known:
        raise InvalidInput(fields={"resolution": "field_choice"})
    if comparison.mode == ComparisonMode.VERIFY and Resolution.TAKEN in choices.values():
        raise OnlyVerified()
    rows = Discrepancy.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    held = {
        row.pk: row
        for row in rows.select_related("row__person__region").filter(
            pk__in=list(choices), row__comparison=comparison
        )
    }
    if len(held) < len(choices):
        raise NotFound(what="discrepancy")
    changed = [row for pk, row in held.items() if row.resolution not in (*SETTLED, choices[pk])]
    with told_once():
        for row in changed:
            row.resolution, row.resolved_by, row.resolved_on = choices[row.pk], by.name, on
            person = row.row.person
            if row.resolution == Resolution.TAKEN and person is not None:
                _TAKE[row.field](by, on, person, row.theirs)
    Discrepancy.objects.bulk_update(changed, ["resolution", "resolved_by", "resolved_on"])
    audit.record_many(
        "comparison.settled",
        [
            (
                comparison,
                comparison.region.path,
                {"field": row.field, "resolution": row.resolution, "row": row.row.number},
            )
            for row in changed
        ],
        by=by,
    )
    return len(changed)


def _name(by: Actor, on: date, person: Person, value: str) -> None:
    people.rename(by=by, on=on, person=person, name=value)


def _disability_number(by: Actor, on: date, person: Person, value: str) -> None:
    # Registering somebody who is registered already adds the card, and nothing else that is filled. The name may have
    # been taken a moment ago.
    people.register(
        by=by,
        on=on,
        region=person.region,
        name=Person.objects.values_list("name", flat=True).get(pk=person.pk),
        citizen_id=person.citizen_id,
        kind=person.kind,
        disability_number=value,
    )


def _phone(by: Actor, on: date, person: Person, value: str) -> None:
    contacts.change_phone(by=by, on=on, person=person, phone=value)


def _employment(by: Actor, on: date, person: Person, value: str) -> None:
    standing.record_employment(by=by, on=on, person=person, status=value, since=on)


_TAKE: Mapping[str, Callable[[Actor, date, Person, str], None]] = {
    "name": _name,
    "disability_number": _disability_number,
    "phone": _phone,
    "employment": _employment,
}
