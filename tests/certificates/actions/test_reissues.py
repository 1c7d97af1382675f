"""After a leak, every certificate that lost its proof is issued again, whole and once."""

from datetime import timedelta
from typing import Any

import pytest

from certificates.actions import certificates, keys, reissues
from certificates.models import Certificate, SigningKey
from certificates.proof.verify import verify
from certificates.queries.keys import touched_by, trust_bundle
from registry.errors import NotPermitted
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_approver, an_issued_certificate, issued_cohort

pytestmark = pytest.mark.django_db
TOMORROW = ISSUED_ON + timedelta(days=1)


def closed(key: Any) -> SigningKey:
    """The key, in other hands since the day the certificates were issued."""
    keys.close(by=SYSTEM, on=TOMORROW, key=key, from_=ISSUED_ON, reason="…")
    return SigningKey.objects.get(pk=key.pk)


def test_each_gets_a_new_certificate_with_the_same_content_and_a_good_signature() -> None:
    _cohort, held = issued_cohort(3)
    key = closed(held[0].signing_key)

    assert reissues.reissue(by=SYSTEM, on=TOMORROW, key=key) == (3, {})
    bundle = trust_bundle(TOMORROW)
    for old in held:
        new = Certificate.objects.get(replaces=old)
        assert verify(new.code, new.fragment, bundle).claims.name == old.holder_name
        assert (new.hours, new.title, new.first_issued_on) == (old.hours, old.title, ISSUED_ON)
        old.refresh_from_db()
        assert (old.status, old.reason_class) == ("replaced", "corrected")
    assert not touched_by(key)
    assert reissues.reissue(by=SYSTEM, on=TOMORROW, key=key) == (0, {})


def test_a_suspended_one_waits_and_a_withdrawn_one_is_left_alone() -> None:
    _cohort, held = issued_cohort(3)
    certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=held[0], reason_class="under_review")
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=held[1], reason_class="fraud")

    made, problems = reissues.reissue(by=SYSTEM, on=TOMORROW, key=closed(held[2].signing_key))

    assert (made, problems) == (1, {held[0].number: "certificate_status"})


def test_what_was_signed_before_the_leak_stays_as_it_is() -> None:
    certificate = an_issued_certificate()
    key: Any = certificate.signing_key
    keys.close(by=SYSTEM, on=TOMORROW, key=key, from_=TOMORROW, reason="…")
    key.refresh_from_db()

    assert reissues.reissue(by=SYSTEM, on=TOMORROW, key=key) == (0, {})


def test_only_the_operator_does_it() -> None:
    key = closed(an_issued_certificate().signing_key)
    with pytest.raises(NotPermitted):
        reissues.reissue(by=an_approver(), on=TOMORROW, key=key)
