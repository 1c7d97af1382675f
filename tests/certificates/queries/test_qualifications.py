from datetime import date

import pytest

from certificates.actions import certificates, external
from certificates.models import Certificate
from certificates.models.external import Family
from certificates.queries.qualifications import held
from courses.models.schemes import CertificateFamily
from registry.rules.access import SYSTEM
from tests.certificates.factories import an_issued_certificate
from tests.conftest import TODAY
from tests.courses.subsidy_factories import a_qualification
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


def test_the_families_of_the_schemes_are_those_of_certificates_and_our_own():
    assert dict(CertificateFamily.choices) == dict(Family.choices) | {"completion": "培训合格证"}


def test_verified_certificates_of_others_are_told_the_oldest_first_with_those_that_ran_out():
    person = a_person()
    new = a_qualification(person)
    old = a_qualification(
        person,
        "skill_level",
        number="S000044000012400000001",
        issued_on=date(2010, 1, 1),
        valid_until=date(2015, 1, 1),
    )
    told = held([person.pk], on=TODAY)
    assert [(one.public_id, one.family, one.in_force) for one in told] == [
        (old.public_id, "skill_level", False),
        (new.public_id, "qualification", True),
    ]
    assert held([a_person(2).pk], on=TODAY) == []


def test_a_cancelled_certificate_is_none():
    person = a_person()
    external.cancel(by=SYSTEM, on=TODAY, external=a_qualification(person), reason="查无此证")
    assert held([person.pk], on=TODAY) == []


def test_ours_is_a_certificate_of_completion_until_it_is_withdrawn():
    certificate = an_issued_certificate()
    on = certificate.issued_on
    [ours] = held([certificate.person_id], on=on)
    assert (ours.family, ours.skill_id, ours.in_force) == ("completion", certificate.skill_id, True)
    certificates.withdraw(
        by=SYSTEM, on=on, certificate=Certificate.objects.get(), reason_class="fraud", note="冒名"
    )
    assert held([certificate.person_id], on=on) == []


def test_many_people_are_told_of_in_two_queries(django_assert_num_queries):
    people = [a_qualification(a_person(n)).person_id for n in range(1, 6)]
    with django_assert_num_queries(2):
        assert len(held(people, on=TODAY)) == 5
