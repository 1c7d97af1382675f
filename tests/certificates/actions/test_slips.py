"""Slips: who may print one, what ends it, what the trail keeps."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from certificates.actions import slips
from certificates.errors import NothingToOpen
from certificates.models import Slip
from certificates.queries.holders import slip_of
from registry.errors import NotPermitted
from registry.models import AuditEvent
from tests.certificates.factories import an_issued_certificate, an_issuing_base
from tests.certificates.holder_factories import a_slip
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_a_slip_lasts_as_long_as_the_installation_says_and_only_its_hash_is_kept(settings) -> None:
    settings.SLIP_DAYS = 10
    slip, token = a_slip(an_issued_certificate().person)

    assert slip.expires_on == localdate() + timedelta(days=10)
    assert slip_of(token) == slip
    assert token.encode() not in bytes(slip.digest)
    assert token not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


def test_printing_another_ends_the_first() -> None:
    person = an_issued_certificate().person
    first, _token = a_slip(person)
    second, _token = a_slip(person)

    first.refresh_from_db()
    assert first.ended_at is not None
    assert list(Slip.objects.in_force(localdate())) == [second]


def test_ending_it_twice_leaves_one_row_in_the_trail() -> None:
    slip, _token = a_slip(an_issued_certificate().person)
    actor = an_actor("federation_officer", a_federation("620502"))
    ended = slips.end(by=actor, at=now(), slip=slip)
    slips.end(by=actor, at=now() + timedelta(hours=1), slip=slip)

    slip.refresh_from_db()
    assert slip.ended_at == ended.ended_at
    assert AuditEvent.objects.filter(verb="slip.ended", actor_id=actor.account_id).count() == 1


def test_the_base_of_the_person_prints_it_and_the_trail_says_who() -> None:
    base = an_issuing_base()
    person = an_issued_certificate(a_person(1, base=base), base=base).person
    manager = an_actor("base_manager", base)
    slip, _token = a_slip(person, by=manager)

    assert slip.issued_by == manager.name
    event = AuditEvent.objects.get(verb="slip.issued")
    assert (event.actor_id, event.subject_id) == (manager.account_id, slip.public_id)
    assert event.facts["person"] == person.public_id


@pytest.mark.parametrize("role", ["base_manager", "read_only", "approver"])
def test_nobody_else_prints_or_ends_one(role: str) -> None:
    person = an_issued_certificate().person
    slip, _token = a_slip(person)
    stranger = an_actor(role, a_base("620503") if role == "base_manager" else a_federation("620502"))

    with pytest.raises(NotPermitted):
        a_slip(person, by=stranger)
    with pytest.raises(NotPermitted):
        slips.end(by=stranger, at=now(), slip=slip)
    assert Slip.objects.get().ended_at is None


def test_who_has_no_certificate_gets_no_slip() -> None:
    with pytest.raises(NothingToOpen):
        a_slip(a_person())
