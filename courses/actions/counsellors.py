"""Gives people a counsellor (就业辅导员), takes one away, hands them over; who did before stays on record."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from courses.errors import NotACounsellor
from courses.models import CounsellorAssignment
from registry.actions import audit
from registry.models import Account, Person
from registry.models.batches import BATCH_ROWS
from registry.queries.actors import actor_for
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def assign(*, by: Actor, on: date, people: Sequence[Person], counsellor: Account | None) -> int:
    """Let the counsellor look after these people from today, or nobody; how many were changed.

    Raises NotPermitted, NotACounsellor when the account is no counsellor where one of them is managed.
    """
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    held = list(rows.filter(pk__in=[person.pk for person in people]).order_by("pk"))
    for path in {person.region.path for person in held}:
        require(by, Permission.COUNSELLOR_ASSIGN, region_path=path)
    if counsellor is not None:
        other = actor_for(counsellor, on=on)
        strange = sum(
            not other.may(Permission.FOLLOW_UP_RECORD, region_path=person.region.path) for person in held
        )
        if strange:
            raise NotACounsellor(field="counsellor", count=strange)
    standing = CounsellorAssignment.objects.standing().filter(person__in=held)
    before = dict(standing.values_list("person_id", "counsellor__public_id"))
    after = counsellor.public_id if counsellor else None
    changed = [person for person in held if before.get(person.pk) != after]
    standing.filter(person__in=changed).update(ended_on=on)
    if counsellor is not None:
        CounsellorAssignment.objects.bulk_create(
            [CounsellorAssignment(person=person, counsellor=counsellor, since=on) for person in changed],
            batch_size=BATCH_ROWS,
        )
    audit.record_many(
        "counsellor.assigned",
        [
            (person, person.region.path, {"before": before.get(person.pk), "after": after, "on": str(on)})
            for person in changed
        ],
        by=by,
    )
    return len(changed)
