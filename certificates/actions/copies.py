"""Counts the sheets and pictures that staff make of a certificate: the history says which copy each was."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from certificates.actions import history
from certificates.models import Certificate
from certificates.models.certificates import EventVerb
from registry.errors import NotFound
from registry.rules.access import Actor


@transaction.atomic
def record(*, by: Actor, on: date, certificates: Sequence[Certificate]) -> None:
    """One more copy of each of these of one base, which the actor reads; the statements do not grow with them.

    Raises NotFound.
    """
    wanted = [one.pk for one in certificates]
    if not wanted:
        return
    if Certificate.objects.visible_to(by).filter(pk__in=wanted).count() < len(set(wanted)):
        raise NotFound(what="certificate")
    held = history.hold(wanted)
    Certificate.objects.filter(pk__in=wanted).update(copies=F("copies") + 1)
    numbers = {one.pk: one.copies + 1 for one in held}
    history.remember(
        held,
        by=by,
        on=on,
        verb=EventVerb.PRINTED,
        region_path=held[0].base.region.path,
        reason_class="",
        copies=numbers,
        of_each={pk: {"copy": number} for pk, number in numbers.items()},
    )
