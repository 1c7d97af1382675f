"""Each statement of an issue made to fail in turn: all of the batch stands or none of it, and it can be tried again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection

from certificates.actions import certificates
from certificates.models import Certificate, CertificateEvent, NumberSeries
from certificates.proof.verify import verify
from certificates.queries.keys import trust_bundle
from courses.models import Cohort
from goals.actions import recounts
from goals.models import FigureDelta
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify, an_issued_certificate
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db(transaction=True)


class _Cut(DatabaseError):
    """The database went away at this very statement."""


@contextmanager
def cut_at(statement: int) -> Iterator[list[str]]:
    """The statement with this number, counted from 0, fails; what was begun before is listed."""
    begun: list[str] = []

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        begun.append(sql)
        if len(begun) == statement + 1:
            raise _Cut(sql[:60])
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield begun


def written() -> dict[str, Any]:
    """Everything that an issue or a change of status writes."""
    return {
        "certificates": list(
            Certificate.objects.order_by("pk").values_list("pk", "status", "number", "fragment")
        ),
        "events": CertificateEvent.objects.count(),
        "audit": AuditEvent.objects.count(),
        "numbers": list(NumberSeries.objects.values_list("base", "year", "last")),
        "figures": FigureDelta.objects.count(),
    }


def cut_everywhere(work: Callable[[], Any]) -> int:
    """Does the work with its first, second, third … statement cut until it is done; how many were cut before.

    It is done once something stands, be it that what was cut only counts what was done.
    """
    before, statement = written(), 0
    while written() == before:
        with suppress(_Cut), cut_at(statement):
            work()
        statement += 1
    return statement - 1


def issue(cohort: Cohort) -> certificates.Progress:
    return certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)


def test_an_issue_cut_at_any_statement_leaves_nothing_and_the_next_one_begins_with_number_one() -> None:
    cohort = a_cohort_to_certify([a_person(n) for n in range(3)])

    statements = cut_everywhere(lambda: issue(cohort))

    assert statements > 10
    held = list(Certificate.objects.order_by("pk"))
    assert [str(one.number)[13:19] for one in held] == ["000001", "000002", "000003"]
    bundle = trust_bundle(ISSUED_ON)
    for one in held:
        verify(one.code, one.fragment, bundle)
    assert CertificateEvent.objects.count() == 3
    assert AuditEvent.objects.filter(verb="certificate.issued").count() == 3
    assert recounts.recount(on=ISSUED_ON, check=True).agrees


@pytest.mark.parametrize("deed", ["suspend", "withdraw"])
def test_a_change_of_status_cut_at_any_statement_changes_nothing(deed: str) -> None:
    held = an_issued_certificate()
    reason = {"suspend": "under_review", "withdraw": "issued_in_error"}[deed]

    cut_everywhere(
        lambda: getattr(certificates, deed)(by=SYSTEM, on=ISSUED_ON, certificate=held, reason_class=reason)
    )

    held.refresh_from_db()
    assert held.status == {"suspend": "suspended", "withdraw": "withdrawn"}[deed]
    assert CertificateEvent.objects.filter(certificate=held).count() == 2
