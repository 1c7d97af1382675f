"""Keeps the employment status of people in step with what the apps above know of their jobs."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from registry.actions import audit
from registry.facts import people_changed
from registry.models import EmploymentStatus, Person
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor


@transaction.atomic
def set_statuses(
    *, by: Actor, on: date, people: Sequence[Person], statuses: Mapping[int, Mapping[date, str | None]]
) -> None:
    """Write each person's status from each day on, or take away what is None; one statement for each kind of write.

    The caller's action decided who may, and holds the rows of these people locked, with their regions.
    """
    held = {person.pk: person for person in people}
    rows = [
        EmploymentStatus(person_id=pk, since=since, status=status)
        for pk, days in statuses.items()
        for since, status in days.items()
        if status is not None
    ]
    gone = [(pk, since) for pk, days in statuses.items() for since, status in days.items() if status is None]
    EmploymentStatus.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "since"],
        update_fields=["status"],
        batch_size=BATCH_ROWS,
    )
    for pk, since in gone:  # only what is undone, one person at a time
        EmploymentStatus.objects.filter(person_id=pk, since=since).delete()
    written = [(pk, since, status) for pk, days in statuses.items() for since, status in days.items()]
    audit.record_many(
        "person.employment_recorded",
        [
            (held[pk], held[pk].region.path, {"after": status, "since": since.isoformat()})
            for pk, since, status in written
        ],
        by=by,
    )
    people_changed(people={pk for pk, _since, _status in written}, on=on)
