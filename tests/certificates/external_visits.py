"""Pages of other authorities' certificates that the browser visits."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from certificates.actions import external
from certificates.models import ExternalCertificate
from registry.actions import accounts
from registry.models import Account
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates.factories import an_external_certificate
from tests.certificates.visited import staff
from tests.conftest import TODAY
from tests.registry.factories import a_federation, a_person
from tests.registry.visits import LONG_NAME


def others() -> ExternalCertificate:
    """Three certificates of other authorities: one waits, one is verified, one cancelled; gives the first."""
    first, second, third = (
        an_external_certificate(a_person(1, name=LONG_NAME), skill=skill)
        for skill in ("livestreaming", "embroidery", "health-massage")
    )
    external.verify(by=SYSTEM, on=TODAY, external=second, how="在全国联网查询网站查到，姓名和编号一致")
    external.cancel(by=SYSTEM, on=TODAY, external=third, reason="编号登记错了")
    return first


def of_other(
    row: ExternalCertificate,
    name: str = "external-certificate",
    post: Mapping[str, Any] | None = None,
    account: Account | None = None,
) -> Visit:
    return Visit(account or staff(), reverse(f"certificates:{name}", args=[row.public_id]), post)


def recorded_by_oneself() -> Visit:
    """Who recorded it may not verify it, whatever other roles they hold."""
    account = staff("federation_officer")
    accounts.grant(by=SYSTEM, on=TODAY, account=account, role="approver", federation=a_federation("620500"))
    row = an_external_certificate(
        by=actor_for(account, on=TODAY), number="ABC123", valid_until=date(2099, 1, 1)
    )
    return of_other(row, account=account)


def list_of_others(query: str = "", some: bool = True) -> Visit:
    if some:
        others()
    return Visit(staff(), reverse("certificates:external") + query)


def verified() -> ExternalCertificate:
    others()
    return ExternalCertificate.objects.get(verified_on__isnull=False)


def with_a_scan() -> ExternalCertificate:
    row = others()
    external.add_evidence(by=SYSTEM, on=TODAY, external=row, name="证书.pdf", data=b"%PDF-1.7")
    return row


def cancelled() -> ExternalCertificate:
    others()
    return ExternalCertificate.objects.get(cancelled_on__isnull=False)


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:external": list_of_others,
    "certificates:external, none": lambda: list_of_others(some=False),
    "certificates:external-certificate, waiting": lambda: of_other(others()),
    "certificates:external-certificate, recorded by oneself": recorded_by_oneself,
    "certificates:external-certificate, verified": lambda: of_other(verified()),
    "certificates:external-certificate, cancelled": lambda: of_other(cancelled()),
    "certificates:external-certificate, with a scan": lambda: of_other(with_a_scan()),
    "certificates:external-evidence, no paper": lambda: of_other(
        others(), "external-evidence", {}, staff("federation_officer")
    ),
    "certificates:verify-external, without saying how": lambda: of_other(others(), "verify-external", {}),
    "certificates:cancel-external, without a reason": lambda: of_other(others(), "cancel-external", {}),
}
