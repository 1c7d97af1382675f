"""Certificates of other authorities: recorded by one, verified by another."""

from datetime import date, timedelta
from typing import Any

import pytest

from certificates import errors
from certificates.actions import external
from certificates.models import ExternalCertificate
from certificates.queries.skills import skill_counts
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, Evidence
from registry.rules.access import SYSTEM, Actor
from tests.certificates.factories import an_external_certificate
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db


def approver() -> Actor:
    return an_actor("approver", a_federation("620500"))


def officer() -> Actor:
    return an_actor("federation_officer", a_federation("620500"))


def test_it_counts_once_a_second_person_has_verified_it() -> None:
    held = an_external_certificate(by=officer())
    assert skill_counts([held.person_id], TODAY)[held.person_id] == 0

    verified = external.verify(by=approver(), on=TODAY, external=held, how="全国联网查询网站")

    assert skill_counts([held.person_id], TODAY)[held.person_id] == 1
    assert verified.verified_how == "全国联网查询网站"
    facts = AuditEvent.objects.filter(subject_type="externalcertificate").values_list("facts", flat=True)
    assert len(facts) == 2
    assert held.number not in str(list(facts))


def test_whoever_recorded_it_does_not_verify_it() -> None:
    federation = a_federation("620500")
    held = an_external_certificate()
    actor = an_actor("approver", federation)
    type(held).objects.filter(pk=held.pk).update(recorder=actor.account_id)

    with pytest.raises(errors.SecondPersonNeeded):
        external.verify(by=actor, on=TODAY, external=held, how="网站")


def test_cancelling_ends_its_count_and_it_stays_on_record() -> None:
    held = an_external_certificate()
    external.verify(by=SYSTEM, on=TODAY, external=held, how="网站")

    external.cancel(by=approver(), on=TODAY, external=held, reason="登记有误")

    assert skill_counts([held.person_id], TODAY)[held.person_id] == 0
    with pytest.raises(errors.ExternalState):
        external.cancel(by=approver(), on=TODAY, external=held, reason="再次")
    with pytest.raises(errors.ExternalState):
        external.verify(by=approver(), on=TODAY, external=held, how="网站")


def test_it_counts_until_it_expires() -> None:
    held = an_external_certificate(valid_until=TODAY + timedelta(days=1))
    external.verify(by=SYSTEM, on=TODAY, external=held, how="网站")
    person = held.person_id

    assert skill_counts([person], TODAY + timedelta(days=1)) == {person: 1}
    assert skill_counts([person], TODAY + timedelta(days=2)) == {person: 0}


def test_one_number_of_a_family_is_recorded_once() -> None:
    held = an_external_certificate()

    with pytest.raises(errors.AlreadyRecorded):
        an_external_certificate(a_person(2), number=f" {held.number[:4]} {held.number[4:]} ")


@pytest.mark.parametrize(
    ("values", "field", "problem"),
    [
        ({"issued_on": TODAY + timedelta(days=1)}, "issued_on", "date_in_future"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until", "date_before_start"),
        ({"number": " "}, "number", "field_missing"),
        ({"family": "diploma"}, "family", "field_choice"),
        ({"issuer": "长" * 81}, "issuer", "field_too_long"),
    ],
)
def test_what_cannot_be_recorded_is_told_by_field(values: dict[str, Any], field: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        an_external_certificate(**values)
    assert refused.value.facts["fields"] == {field: problem}


def test_verifying_needs_to_say_how() -> None:
    with pytest.raises(InvalidInput):
        external.verify(by=approver(), on=TODAY, external=an_external_certificate(), how=" ")


def test_each_step_is_for_its_role_in_the_person_s_region() -> None:
    held = an_external_certificate()
    for actor in (officer(), an_actor("approver", a_federation("360000"))):
        with pytest.raises(NotPermitted):
            external.verify(by=actor, on=TODAY, external=held, how="网站")
        with pytest.raises(NotPermitted):
            external.cancel(by=actor, on=TODAY, external=held, reason="有误")
    with pytest.raises(NotPermitted):
        an_external_certificate(a_person(3), by=approver())


def test_a_scan_is_kept_for_the_second_person_and_hidden_from_the_bases() -> None:
    base = a_base()
    person = a_person(base=base)
    held = an_external_certificate(person, by=officer(), papers=[("证书.pdf", b"%PDF-1.7 a")])
    external.add_evidence(by=officer(), on=TODAY, external=held, name="背面.jpg", data=b"\xff\xd8\xff b")
    assert Evidence.objects.visible_to(approver()).about(held).count() == 2
    assert not Evidence.objects.visible_to(an_actor("base_manager", base)).about(held).exists()


def test_a_paper_that_cannot_be_kept_refuses_the_whole_record() -> None:
    with pytest.raises(InvalidInput) as refusal:
        an_external_certificate(papers=[("证书.txt", b"text")])
    assert refusal.value.facts["fields"] == {"file": "evidence_type"}
    assert not ExternalCertificate.objects.exists()


def test_nobody_adds_evidence_to_what_is_cancelled_or_without_the_permission() -> None:
    held = an_external_certificate()
    paper = {"on": TODAY, "external": held, "name": "证书.pdf", "data": b"%PDF-1.7"}
    with pytest.raises(NotPermitted):
        external.add_evidence(by=an_actor("auditor", a_federation("620500")), **paper)
    external.cancel(by=SYSTEM, on=TODAY, external=held, reason="登记错了")
    with pytest.raises(errors.ExternalState):
        external.add_evidence(by=officer(), **paper)


@pytest.mark.parametrize("family", ["blind_medical_massage", "title"])
def test_medical_massage_and_titles_are_recorded_as_external_certificates(family: str) -> None:
    held = an_external_certificate(family=family, number="YL2024-001", skill="health-massage", level=0)
    external.verify(by=approver(), on=TODAY, external=held, how="看了原件")
    assert skill_counts([held.person_id], TODAY)[held.person_id] == 1
