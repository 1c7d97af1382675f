"""What follows every change of certificates: their own history, the audit rows, and the figures above.

Whoever changes certificates first holds their people, then the certificates, each in one statement and in the
order of their ids: two who meet on the same people then wait, and never for each other in a ring.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from certificates.models import Certificate, CertificateEvent
from certificates.models.certificates import EventVerb
from registry import facts
from registry.actions import audit
from registry.models import Person
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor

OfEach = Mapping[int, Mapping[str, Any]]
"""Facts of single certificates, by primary key."""

AT_ONCE = 100
"""Certificates in one transaction: an eighth of a second. Half as many cost a tenth more each, twice as many a
tenth less, and a base's other issuers wait for it."""


def hold_people(people: Collection[int]) -> dict[int, str]:
    """The names of these people, who now wait for this transaction's end if others want to change them."""
    held = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    return dict(held.values_list("pk", "name"))


def hold(certificates: Collection[int]) -> list[Certificate]:
    """These certificates with base, region and skill, in the order of their ids, their people held first."""
    rows = Certificate.objects.filter(pk__in=certificates)
    hold_people(set(rows.order_by().values_list("person_id", flat=True)))
    return list(
        rows.select_for_update(of=("self",), no_key=True)
        .select_related("base__region", "skill")
        .order_by("pk")
    )


def tell(
    certificates: Sequence[Certificate],
    *,
    by: Actor,
    on: date,
    verb: EventVerb,
    region_path: str,
    note: str = "",
    of_each: OfEach | None = None,
    **more: Any,
) -> None:
    """`remember`, and the figures above are told that these people's skills may have changed."""
    if not certificates:
        return
    remember(
        certificates,
        by=by,
        on=on,
        verb=verb,
        region_path=region_path,
        note=note,
        of_each=of_each,
        **more,
    )
    facts.people_changed(people={certificate.person_id for certificate in certificates}, on=on)


def remember(
    certificates: Sequence[Certificate],
    *,
    by: Actor,
    on: date,
    verb: EventVerb,
    region_path: str,
    note: str = "",
    reason_class: str | None = None,
    copies: Mapping[int, int] | None = None,
    of_each: OfEach | None = None,
    **more: Any,
) -> None:
    """One event and one audit row for each, in few statements.

    `more` stands in every audit row, `of_each` in that of one certificate; `reason_class` is the certificate's own
    unless another is meant.
    """
    CertificateEvent.objects.bulk_create(
        [
            CertificateEvent(
                certificate=certificate,
                verb=verb,
                on=on,
                actor_name=by.name,
                reason_class=certificate.reason_class if reason_class is None else reason_class,
                note=note,
                copy=(copies or {}).get(certificate.pk),
            )
            for certificate in certificates
        ],
        batch_size=BATCH_ROWS,
    )
    each = of_each or {}
    audit.record_many(
        f"certificate.{verb}",
        [
            (
                certificate,
                region_path,
                _facts(certificate, on, reason_class) | more | dict(each.get(certificate.pk, {})),
            )
            for certificate in certificates
        ],
        by=by,
    )


def _facts(certificate: Certificate, on: date, reason_class: str | None) -> dict[str, Any]:
    facts = {"on": on.isoformat(), "number": certificate.number}
    why = certificate.reason_class if reason_class is None else reason_class
    return facts | ({"reason_class": why} if why else {})
