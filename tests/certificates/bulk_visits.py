"""Pages of a class's files that the browser visits."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone

from certificates.actions import bulk_files, certificates
from certificates.errors import NotEarned
from certificates.models import BulkFile
from certificates.views import making
from registry.actions import leases
from registry.queries.workers import WORKER
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify
from tests.registry.factories import an_account


def asked(*, worker: bool = True) -> BulkFile:
    cohort = a_cohort_to_certify(2)
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
    if worker:
        leases.take(name=f"{WORKER}one", holder="one", at=timezone.now())
    return bulk_files.ask(by=SYSTEM, on=ISSUED_ON, at=timezone.now(), cohort=cohort, kind="images")


def ready() -> BulkFile:
    held = asked()
    making.make(held.pk)
    return held


def failed() -> BulkFile:
    held = asked()
    bulk_files.cannot(held=held, error=NotEarned())
    return held


def of(held: BulkFile) -> Visit:
    account = an_account("base_manager", held.cohort.base)
    return Visit(account, reverse("certificates:bulk-file", args=[held.public_id]))


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:bulk-file, being made": lambda: of(asked()),
    "certificates:bulk-file, nobody works": lambda: of(asked(worker=False)),
    "certificates:bulk-file, ready": lambda: of(ready()),
    "certificates:bulk-file, failed": lambda: of(failed()),
}
