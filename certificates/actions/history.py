"""What follows every change of certificates: their own history, the audit rows, and the figures above.

Whoever changes certificates first holds their people, then the certificates, each in one statement and in the
order of their ids: two who meet on the same people then wait, and never for each other in a ring.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from certificates.models import Certificate, CertificateEvent
from certificates.models.certificates import EventVerb
from registry import facts
from registry.actions import audit
from registry.models import Person
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor


def hold_people(people: Collection[int]) -> dict[int, str]:
    """The names of these people, who now wait for this transaction's end if others want to change them."""
    held = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    return dict(held.values_list("pk", "name"))


def tell(
    certificates: Sequence[Certificate],
    *,
    by: Actor,
    on: date,
    verb: EventVerb,
    region_path: str,
    note: str = "",
    **more: Any,
) -> None:
    """One event and one audit row for each, in few statements; `more` stands in every audit row."""
    if not certificates:
        return
    CertificateEvent.objects.bulk_create(
        [
            CertificateEvent(
                certificate=certificate,
                verb=verb,
                on=on,
                actor_name=by.name,
                reason_class=certificate.reason_class,
                note=note,
            )
            for certificate in certificates
        ],
        batch_size=BATCH_ROWS,
    )
    audit.record_many(
        f"certificate.{verb}",
        [(certificate, region_path, _facts(certificate, on) | more) for certificate in certificates],
        by=by,
    )
    facts.people_changed(people={certificate.person_id for certificate in certificates}, on=on)


def _facts(certificate: Certificate, on: date) -> dict[str, Any]:
    facts = {"on": on.isoformat(), "number": certificate.number}
    return facts | ({"reason_class": certificate.reason_class} if certificate.reason_class else {})
