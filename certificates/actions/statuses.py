"""The one way to another status, for one certificate or many: row, status list, history, audit, figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from certificates.actions import history, status_lists
from certificates.errors import ReasonNeeded
from certificates.models import Certificate
from certificates.models.certificates import CertificateStatus as Status
from certificates.models.certificates import EventVerb, ReasonClass
from registry.rules.access import Actor

_LEADS_TO = {
    EventVerb.SUSPENDED: Status.SUSPENDED,
    EventVerb.REINSTATED: Status.ISSUED,
    EventVerb.WITHDRAWN: Status.WITHDRAWN,
    EventVerb.REPLACED: Status.REPLACED,
}


def require_reason(verb: EventVerb, reason_class: str) -> None:
    """Raises ReasonNeeded: whatever ends or interrupts a certificate tells the public why."""
    if verb != EventVerb.REINSTATED and (not reason_class or reason_class not in ReasonClass.values):
        raise ReasonNeeded(fields={"reason_class": "field_missing"})


def put(
    certificates: Sequence[Certificate],
    *,
    by: Actor,
    on: date,
    verb: EventVerb,
    reason_class: str = "",
    note: str = "",
    of_each: history.OfEach | None = None,
    **more: Any,
) -> None:
    """Changes the status of certificates of one base that `history.hold` holds and `ALLOWED` allows.

    A replacement tells the figures nothing: the one that follows does. The statements do not grow with the
    number of certificates.
    """
    if not certificates:
        return
    facts = {one.pk: {"before": one.status, **(of_each or {}).get(one.pk, {})} for one in certificates}
    for certificate in certificates:
        certificate.status, certificate.status_since = _LEADS_TO[verb], on
        certificate.reason_class = reason_class
    # All alike, so one statement does it; `bulk_update` would write a CASE for each.
    Certificate.objects.filter(pk__in=[one.pk for one in certificates]).update(
        status=_LEADS_TO[verb], status_since=on, reason_class=reason_class
    )
    status_lists.record(certificates)
    record = history.remember if verb == EventVerb.REPLACED else history.tell
    path = certificates[0].base.region.path
    record(certificates, by=by, on=on, verb=verb, region_path=path, note=note, of_each=facts, **more)
