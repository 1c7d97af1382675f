"""Issuing, suspending, reinstating and withdrawing certificates."""

import pytest

from certificates.actions import certificates
from certificates.models import Certificate
from certificates.proof import codes
from certificates.proof.verify import verify
from certificates.queries.keys import trust_bundle
from certificates.queries.skills import skill_counts
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_earned_enrolment, an_issued_certificate

pytestmark = pytest.mark.django_db


def test_a_certificate_is_numbered_signed_and_counted() -> None:
    certificate = an_issued_certificate()

    certificate.refresh_from_db()
    assert certificate.status == "issued"
    assert codes.parse_number(certificate.number) == certificate.number
    verified = verify(certificate.code, certificate.fragment, trust_bundle(ISSUED_ON))
    assert verified.claims.name == certificate.holder_name
    assert verified.claims.base == certificate.base.serial
    assert skill_counts([certificate.person_id], ISSUED_ON) == {certificate.person_id: 1}
    assert [event.verb for event in certificate.events.all()] == ["issued"]
    assert AuditEvent.objects.filter(verb="certificate.issued", subject_id=certificate.public_id).count() == 1
