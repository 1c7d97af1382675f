"""Which skills people have."""

from datetime import timedelta
from typing import Any

import pytest

from certificates.actions import external
from certificates.queries.skills import skill_counts, skills_held
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_external_certificate, an_issued_certificate
from tests.conftest import TODAY
from tests.courses.factories import a_course
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


def test_two_certificates_of_one_skill_are_one_skill() -> None:
    person = a_person(1)
    an_issued_certificate(person)
    an_issued_certificate(person)
    held = an_external_certificate(person)
    external.verify(by=SYSTEM, on=TODAY, external=held, how="网站")

    assert skill_counts([person.pk], ISSUED_ON) == {person.pk: 1}
    (skill,) = skills_held(person, ISSUED_ON)
    assert (len(skill.certificates), len(skill.external)) == (2, 1)


def test_two_skills_are_two_and_nobody_is_left_out() -> None:
    two, none = a_person(1), a_person(2)
    an_issued_certificate(two)
    an_issued_certificate(two, skill="embroidery")

    assert skill_counts([two.pk, none.pk], ISSUED_ON) == {two.pk: 2, none.pk: 0}
    assert [held.skill.code for held in skills_held(two, ISSUED_ON)] == sorted(
        ["livestreaming", "embroidery"], key=lambda code: a_course(skill=code).skill.number
    )


def test_a_certificate_counts_from_the_day_it_is_issued() -> None:
    certificate = an_issued_certificate()

    assert skill_counts([certificate.person_id], ISSUED_ON - timedelta(days=1)) == {certificate.person_id: 0}


def test_many_people_are_counted_in_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        skill_counts(range(1, 5_000), TODAY)
    with django_assert_num_queries(0):
        assert skill_counts([], TODAY) == {}


def test_more_people_than_a_statement_takes_are_counted_in_parts(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        assert len(skill_counts(range(1, 25_001), TODAY)) == 25_000
