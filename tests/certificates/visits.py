"""Pages of `certificates` that staff visit, in the states that look different; the others' in the files beside."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from certificates.actions import reports
from certificates.models import Certificate, CertificateReport
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.certificates import (
    bulk_visits,
    change_visits,
    external_visits,
    holder_visits,
    public_visits,
    template_visits,
)
from tests.certificates.factories import (
    a_cohort_to_certify,
    a_report,
    a_waiting_withdrawal,
    an_external_certificate,
    an_issuing_base,
)
from tests.certificates.visited import NO_SUCH_CODE, all_issued, issued, staff, suspended, withdrawn
from tests.conftest import TODAY
from tests.courses.factories import a_cohort
from tests.registry.factories import a_federation, a_person


def of_cohort(
    cohort: Any,
    post: Mapping[str, Any] | None = None,
    status: int = 0,
    role: str = "base_manager",
) -> Visit:
    account = staff(role, cohort.base if role == "base_manager" else None)
    return Visit(account, reverse("certificates:cohort", args=[cohort.public_id]), post, status)


def publishing(cohort: Any, post: Mapping[str, Any] | None = None) -> Visit:
    a_federation("620502")
    path = reverse("certificates:publish-cohort", args=[cohort.public_id])
    return Visit(staff("federation_officer"), path, post)


def list_of_cohorts(some: int = 2) -> Visit:
    base = an_issuing_base()
    for _cohort in range(some):
        a_cohort_to_certify(2, base=base)
    return Visit(staff("base_manager", base), reverse("certificates:cohorts"))


def a_cohort_where_one_failed() -> Any:
    cohort = a_cohort_to_certify(3)
    last = cohort.enrolments.order_by("pk").last()
    cohort.enrolments.filter(pk=last.pk).update(outcome="failed", outcome_rule="mark_short")
    return cohort


def one_cannot_be_printed() -> Visit:
    """A name with a sign that no font holds: the others get theirs."""
    cohort = a_cohort_to_certify(2)
    enrolment = cohort.enrolments.select_related("person").first()
    enrolment.person.name = "王\U000f0000"
    enrolment.person.save()
    return of_cohort(cohort, {"title": "职业技能培训合格证书"}, 200)


def without_a_plaque() -> Any:
    cohort = a_cohort_to_certify(1)
    cohort.base.accreditations.all().delete()
    return cohort


def held(
    certificate: Certificate,
    name: str = "certificate",
    post: Mapping[str, Any] | None = None,
    role: str = "approver",
) -> Visit:
    return Visit(staff(role), reverse(f"certificates:{name}", args=[certificate.public_id]), post)


def of_person(name: str, post: Mapping[str, Any] | None = None, known: bool = False) -> Visit:
    """The certificates of a person with ours and another's, or without any."""
    person = issued().person if known else a_person(1)
    if known:
        an_external_certificate(person, skill="embroidery")
    return Visit(staff("federation_officer"), reverse(f"certificates:{name}", args=[person.public_id]), post)


def of_report(
    row: CertificateReport,
    name: str = "reported",
    post: Mapping[str, Any] | None = None,
    closed: bool = False,
) -> Visit:
    if closed:
        reports.close(by=SYSTEM, on=TODAY, report=row, note="查明是涂改过的复印件，已告知对方。")
    return Visit(staff(), reverse(f"certificates:{name}", args=[row.public_id]), post)


def an_unknown_report() -> CertificateReport:
    an_issuing_base()
    return a_report(NO_SUCH_CODE, reason="other_site")


def list_of_reports(some: bool = True) -> Visit:
    if some:
        closed = a_report(issued())
        reports.close(by=SYSTEM, on=TODAY, report=closed, note="已查明。")
        a_report(NO_SUCH_CODE, reason="other_site")
    return Visit(staff(), reverse("certificates:reports"))


def with_a_change_waiting() -> Certificate:
    return a_waiting_withdrawal(issued()).items.get().certificate


VISITS: dict[str, Callable[[], Visit]] = {
    "certificates:certificate, a change waits": lambda: held(with_a_change_waiting()),
    "certificates:reports": list_of_reports,
    "certificates:reports, none": lambda: list_of_reports(some=False),
    "certificates:reported": lambda: of_report(a_report(issued())),
    "certificates:reported, no such certificate": lambda: of_report(an_unknown_report()),
    "certificates:reported, closed": lambda: of_report(a_report(issued()), closed=True),
    "certificates:close-report, without a result": lambda: of_report(
        a_report(issued()), "close-report", {"note": ""}
    ),
    "certificates:cohorts": list_of_cohorts,
    "certificates:cohorts, none": lambda: list_of_cohorts(some=0),
    "certificates:publish-cohort": lambda: publishing(a_cohort_to_certify(3)),
    "certificates:publish-cohort, nobody": lambda: publishing(all_issued()),
    "certificates:publish-cohort, nothing filled in": lambda: publishing(a_cohort_to_certify(2), {}),
    "certificates:cohort, not completed": lambda: of_cohort(a_cohort(an_issuing_base(), state="running")),
    "certificates:cohort, to check": lambda: of_cohort(a_cohort_where_one_failed()),
    "certificates:cohort, bad title": lambda: of_cohort(a_cohort_to_certify(2), {"title": "盲人培训证书"}),
    "certificates:cohort, something in the way": lambda: of_cohort(without_a_plaque()),
    "certificates:cohort, one cannot be printed": one_cannot_be_printed,
    "certificates:cohort, issued": lambda: of_cohort(all_issued()),
    "certificates:cohort, to look at": lambda: of_cohort(all_issued(), role="read_only"),
    "certificates:certificate": lambda: held(issued()),
    "certificates:certificate, suspended": lambda: held(suspended()),
    "certificates:certificate, withdrawn": lambda: held(withdrawn()),
    "certificates:certificate, to look at": lambda: held(issued(), role="read_only"),
    "certificates:withdraw, without a reason": lambda: held(issued(), "withdraw", {}),
    "certificates:suspend, without a reason": lambda: held(issued(), "suspend", {}),
    "certificates:reinstate, too long a note": lambda: held(
        suspended(), "reinstate", {"reinstate-note": "查" * 301}
    ),
    "certificates:person": lambda: of_person("person", known=True),
    "certificates:person, none": lambda: of_person("person"),
    "certificates:record-external": lambda: of_person("record-external"),
    "certificates:record-external, nothing filled in": lambda: of_person("record-external", {}),
}
for part in (public_visits, change_visits, external_visits, bulk_visits, holder_visits, template_visits):
    VISITS |= part.VISITS
