"""Changes of certificates for tests, asked for by the actions that the site uses."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from certificates.actions import changes
from certificates.models import Certificate, Change
from courses.models import Cohort
from registry.rules.access import Actor
from tests.certificates.factories import AT

MINUTE = timedelta(minutes=1)


def withdraw(by: Actor, certificate: Certificate, at: datetime = AT, **values: Any) -> Change:
    return changes.ask(
        by=by, at=at, kind="withdraw", certificate=certificate, **{"reason_class": "fraud"} | values
    )


def status(certificate: Certificate) -> str:
    return Certificate.objects.values_list("status", flat=True).get(pk=certificate.pk)


def verbs(certificate: Certificate) -> list[str]:
    return list(certificate.events.values_list("verb", flat=True))


def ask_all(
    by: Actor,
    cohort: Cohort,
    held: Sequence[Certificate],
    kind: str = "withdraw",
    reason_class: str = "fraud",
) -> Change:
    return changes.ask_many(
        by=by,
        at=AT,
        kind=kind,
        base=cohort.base,
        cohort=cohort,
        wanted=[(one, {}) for one in held],
        reason_class=reason_class,
    )
