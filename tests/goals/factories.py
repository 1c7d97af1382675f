"""Rows of `goals` for tests. People and their standing come from the registry's actions.

Only certificates are written here as rows, just as issuing leaves them, since the counting tests make hundreds of
them on any day; tests/goals/actions/test_issuing_moves_the_figures.py goes through the real issuing.
"""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import transaction

from certificates.actions import certificates as issuing
from certificates.actions import external
from certificates.models import Certificate, ExternalCertificate, SigningKey
from courses.models import Enrolment
from goals.models import PlanPeriod
from registry import facts
from registry.actions import people, standing
from registry.models import Person, Region
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course, a_skill
from tests.registry.factories import a_base, a_federation, a_person, a_region

BEFORE = date(2021, 12, 1)
_numbers = count(1)


def a_period(first_year: int = 2022, last_year: int = 2024) -> PlanPeriod:
    """A period of plans, here without the plans."""
    return PlanPeriod.objects.get_or_create(first_year=first_year, last_year=last_year)[0]


def a_member(n: int = 1, region: Region | str = "620502", on: date = TODAY, **values: Any) -> Person:
    """A person who meets the four conditions on `on`: disabled, of working age, not employed, fit and in
    need.
    """
    person = a_person(n, region=region, on=on, **values)
    not_employed(person, since=BEFORE, on=on)
    in_need(person, on=on)
    return person


def in_need(person: Person, on: date = TODAY, training_need: bool = True, employable: bool = True) -> None:
    standing.record_need(
        by=SYSTEM,
        on=on,
        person=person,
        training_need=training_need,
        employment_need=True,
        employable=employable,
    )


def employed(person: Person, since: date, on: date = TODAY) -> None:
    standing.record_employment(by=SYSTEM, on=on, person=person, status="employed", since=since)


def not_employed(person: Person, since: date, on: date = TODAY) -> None:
    standing.record_employment(by=SYSTEM, on=on, person=person, status="unemployed", since=since)


def moved(person: Person, region: Region | str, on: date = TODAY) -> None:
    region = a_region(region) if isinstance(region, str) else region
    people.move(by=SYSTEM, on=on, person=person, region=region)


def enrolments(people: list[Person], skill: str = "livestreaming") -> list[Enrolment]:
    """One enrolment for each, in a new cohort of the skill."""
    base = a_base(n=next(_numbers) + 500_000)
    cohort = a_cohort(base, course=a_course(base, skill=skill))
    return Enrolment.objects.bulk_create(
        [Enrolment(cohort=cohort, person=person, enrolled_on=cohort.starts_on) for person in people]
    )


@transaction.atomic
def certificates(enrolled: list[Enrolment], on: date = TODAY) -> list[Certificate]:
    """Certificates in force for these enrolments."""
    numbers = {enrolment.pk: next(_numbers) for enrolment in enrolled}
    rows = Certificate.objects.bulk_create(
        Certificate(
            number=f"T{numbers[enrolment.pk]:08d}",
            code=f"T{numbers[enrolment.pk]:011d}",
            enrolment=enrolment,
            person_id=enrolment.person_id,
            skill_id=enrolment.cohort.course.skill_id,
            base_id=enrolment.cohort.base_id,
            title="培训合格证书",
            holder_name="—",
            course_name="—",
            skill_name="—",
            hours=20,
            starts_on=enrolment.cohort.starts_on,
            ends_on=enrolment.cohort.ends_on,
            issued_on=on,
            base_name="—",
            status="issued",
            status_since=on,
            status_index=numbers[enrolment.pk],
            signing_key=a_signing_key(),
            fragment="1",
        )
        for enrolment in enrolled
    )
    facts.people_changed(people=[enrolment.person_id for enrolment in enrolled], on=on)
    return rows


def certified(person: Person, skill: str = "livestreaming", on: date = TODAY) -> Certificate:
    """A certificate in force for a skill."""
    return certificates(enrolments([person], skill), on=on)[0]


def withdrawn(certificate: Certificate, on: date = TODAY) -> None:
    issuing.withdraw(by=SYSTEM, on=on, certificate=certificate, reason_class="issued_in_error")


def suspended(certificate: Certificate, on: date = TODAY) -> None:
    issuing.suspend(by=SYSTEM, on=on, certificate=certificate, reason_class="under_review")


def reinstated(certificate: Certificate, on: date = TODAY) -> None:
    issuing.reinstate(by=SYSTEM, on=on, certificate=certificate)


def externally_certified(
    person: Person,
    skill: str = "livestreaming",
    on: date = TODAY,
    valid_until: date | None = None,
    verified: bool = True,
) -> ExternalCertificate:
    """A certificate that others issued, verified by somebody unless said otherwise."""
    row = external.record(
        by=SYSTEM,
        on=on,
        person=person,
        skill=a_skill(skill),
        family="skill_level",
        number=f"S{next(_numbers):021d}",
        issuer="评价机构",
        issued_on=on - timedelta(days=30),
        valid_until=valid_until,
    )
    return external.verify(by=SYSTEM, on=on, external=row, how="全国联网查询") if verified else row


def externally_cancelled(row: ExternalCertificate, on: date = TODAY) -> None:
    external.cancel(by=SYSTEM, on=on, external=row, reason="登记有误")


def a_signing_key() -> SigningKey:
    federation = a_federation("620000")
    given = {"x": "x" * 43, "y": "y" * 43, "owner": federation, "not_before": BEFORE}
    return SigningKey.objects.get_or_create(kid="test", defaults=given)[0]
