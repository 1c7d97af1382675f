"""Making, keeping and retiring signing keys."""

from datetime import date, timedelta

import pytest

from certificates import errors
from certificates.actions import certificates, keys
from certificates.keystore import key_store
from certificates.models import SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof import base64url
from certificates.proof.errors import ProofError
from certificates.proof.verify import verify
from certificates.queries.keys import installation_key, signing_key_for, touched_by, trust_bundle
from registry.errors import NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_signing_key, an_earned_enrolment, an_issued_certificate
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_only_the_operator_makes_and_retires_keys() -> None:
    key = a_signing_key()
    for role in ("federation_officer", "approver"):
        actor = an_actor(role, a_federation("620500"))
        with pytest.raises(NotPermitted):
            keys.create(by=actor, on=ISSUED_ON, owner=key.owner, not_before=ISSUED_ON)
        with pytest.raises(NotPermitted):
            keys.retire(by=actor, on=ISSUED_ON, key=key)
        with pytest.raises(NotPermitted):
            keys.close(by=actor, on=ISSUED_ON, key=key, from_=ISSUED_ON, reason="…")
        with pytest.raises(NotPermitted):
            keys.rotate(by=actor, on=ISSUED_ON, owner=key.owner, purpose=KeyPurpose.CERTIFICATE)
        with pytest.raises(NotPermitted):
            keys.equip(by=actor, on=ISSUED_ON + timedelta(days=400))


def test_after_rotation_old_certificates_verify_and_new_ones_are_signed_with_the_new_key() -> None:
    old = an_issued_certificate()
    key = old.signing_key
    assert key
    keys.retire(by=SYSTEM, on=ISSUED_ON, key=key)
    tomorrow = ISSUED_ON + timedelta(days=1)
    newer = a_signing_key(key.owner, not_before=tomorrow)

    new = certificates.issue(by=SYSTEM, on=tomorrow, enrolment=an_earned_enrolment())

    assert new.signing_key == newer
    bundle = trust_bundle(tomorrow)
    assert verify(old.code, old.fragment, bundle).kid == base64url.decode(key.kid)
    assert verify(new.code, new.fragment, bundle).kid == base64url.decode(newer.kid)
    with pytest.raises(errors.KeyNotActive):
        keys.retire(by=SYSTEM, on=tomorrow, key=key)


def service_ring() -> list[tuple[str, str]]:
    return list(SigningKey.objects.filter(purpose="service").order_by("pk").values_list("kid", "state"))


def test_the_second_key_of_a_ring_waits_and_takes_over_with_one_step() -> None:
    first = a_signing_key()
    following = keys.create(by=SYSTEM, on=ISSUED_ON, owner=first.owner, not_before=ISSUED_ON)

    assert (first.state, following.state) == ("active", "next")
    assert an_issued_certificate().signing_key == first
    keys.rotate(by=SYSTEM, on=ISSUED_ON, owner=first.owner, purpose=KeyPurpose.CERTIFICATE)
    first.refresh_from_db()
    following.refresh_from_db()
    assert (first.state, first.not_after, following.state) == ("retired", ISSUED_ON, "active")
    assert an_issued_certificate(a_person(5)).signing_key == following


def test_a_ring_without_a_next_key_does_not_rotate() -> None:
    first = a_signing_key()

    with pytest.raises(errors.NoNextKey):
        keys.rotate(by=SYSTEM, on=ISSUED_ON, owner=first.owner, purpose=KeyPurpose.CERTIFICATE)
    first.refresh_from_db()
    assert first.state == "active"


def test_the_installation_gets_its_keys_once() -> None:
    made = keys.equip(by=SYSTEM, on=ISSUED_ON)

    assert [(key.purpose, key.state, key.owner) for key in made] == [
        ("service", "active", None),
        ("service", "next", None),
        ("credential", "active", None),
    ]
    assert made[2].y == ""
    assert keys.equip(by=SYSTEM, on=ISSUED_ON) == []
    assert installation_key(KeyPurpose.SERVICE, ISSUED_ON) == made[0]
    assert installation_key(KeyPurpose.CREDENTIAL, ISSUED_ON) == made[2]
    with pytest.raises(errors.NoServiceKey):
        installation_key(KeyPurpose.SERVICE, ISSUED_ON - timedelta(days=1))


def test_a_service_key_never_signs_a_certificate() -> None:
    keys.equip(by=SYSTEM, on=date(2022, 1, 1))
    base = a_base("620502")

    with pytest.raises(errors.NoSigningKey):
        signing_key_for(base, ISSUED_ON)


def test_a_closed_key_hands_over_to_the_next_which_verifiers_know_already() -> None:
    active, following, _credential = keys.equip(by=SYSTEM, on=date(2024, 1, 1))

    successor = keys.close(by=SYSTEM, on=ISSUED_ON, key=active, from_=date(2024, 3, 1), reason="laptop lost")

    assert successor == following
    assert service_ring() == [(active.kid, "compromised"), (following.kid, "active")]
    keys.equip(by=SYSTEM, on=ISSUED_ON)
    assert [state for _kid, state in service_ring()] == ["compromised", "active", "next"]


def test_a_closed_key_without_a_next_one_hands_over_to_a_new_one() -> None:
    key = a_signing_key()
    successor = keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON, reason="backup was public")

    assert successor
    assert successor != key
    assert an_issued_certificate().signing_key == successor


def test_closing_the_key_that_waits_changes_nothing_for_the_active_one() -> None:
    active, following, _credential = keys.equip(by=SYSTEM, on=date(2024, 1, 1))

    assert keys.close(by=SYSTEM, on=ISSUED_ON, key=following, from_=date(2024, 3, 1), reason="…") is None
    assert service_ring() == [(active.kid, "active"), (following.kid, "compromised")]


def test_the_day_of_a_leak_moves_back_and_never_forward() -> None:
    key = a_signing_key()
    keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON, reason="…")
    with pytest.raises(errors.KeyNotActive):
        keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON + timedelta(days=1), reason="…")

    assert keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=date(2024, 1, 1), reason="earlier") is None
    key.refresh_from_db()
    assert key.compromised_from == date(2024, 1, 1)


def test_after_a_leak_earlier_certificates_need_the_registry_and_later_ones_fail() -> None:
    certificate = an_issued_certificate()
    key = certificate.signing_key
    assert key
    keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON + timedelta(days=1), reason="…")
    assert verify(certificate.code, certificate.fragment, trust_bundle(ISSUED_ON)).registry_needed
    assert not touched_by(SigningKey.objects.get(pk=key.pk))

    keys.close(by=SYSTEM, on=ISSUED_ON, key=key, from_=ISSUED_ON, reason="earlier than thought")
    with pytest.raises(ProofError) as refused:
        verify(certificate.code, certificate.fragment, trust_bundle(ISSUED_ON))
    assert refused.value.code == "key_compromised"
    assert list(touched_by(SigningKey.objects.get(pk=key.pk))) == [certificate]


def test_a_key_that_is_in_the_store_already_is_taken_into_use() -> None:
    owner, store = a_federation("620500"), key_store()
    before = set(store.kids())
    store.create(KeyPurpose.CERTIFICATE)
    (kid,) = set(store.kids()) - before

    key = keys.create(by=SYSTEM, on=ISSUED_ON, owner=owner, not_before=date(2022, 1, 1), kid=kid)

    assert base64url.decode(key.kid) == kid
    assert an_issued_certificate().signing_key == key


@pytest.mark.parametrize("there", [KeyPurpose.CREDENTIAL, KeyPurpose.SERVICE])
def test_a_key_of_the_wrong_kind_is_refused(there: KeyPurpose) -> None:
    store = key_store()
    before = set(store.kids())
    store.create(there)
    (kid,) = set(store.kids()) - before
    asked = KeyPurpose.SERVICE if there == KeyPurpose.CREDENTIAL else KeyPurpose.CREDENTIAL

    with pytest.raises(errors.KeyKindWrong):
        keys.create(by=SYSTEM, on=ISSUED_ON, not_before=ISSUED_ON, purpose=asked, kid=kid)
    assert not SigningKey.objects.exists()


def test_every_step_in_a_key_s_life_leaves_one_audit_row_and_never_a_key() -> None:
    owner = a_federation("620500")
    first = keys.create(by=SYSTEM, on=ISSUED_ON, owner=owner, not_before=ISSUED_ON)
    keys.create(by=SYSTEM, on=ISSUED_ON, owner=owner, not_before=ISSUED_ON)
    keys.rotate(by=SYSTEM, on=ISSUED_ON, owner=owner, purpose=KeyPurpose.CERTIFICATE)
    keys.close(by=SYSTEM, on=ISSUED_ON, key=first, from_=ISSUED_ON, reason="laptop lost")
    rows = AuditEvent.objects.filter(verb__startswith="signing_key.").order_by("pk")

    assert [row.verb.split(".")[1] for row in rows] == [
        "created",
        "created",
        "retired",
        "activated",
        "closed",
    ]
    assert {row.region_path for row in rows} == {owner.region.path}
    assert rows[4].facts["reason"] == "laptop lost"
    assert rows[4].facts["compromised_from"] == ISSUED_ON.isoformat()
    keys.equip(by=SYSTEM, on=ISSUED_ON)
    assert set(AuditEvent.objects.filter(facts__purpose="service").values_list("region_path", flat=True)) == {
        "000000/"
    }
