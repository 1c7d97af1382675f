"""Whom “四个一” is still owed, “131” of a person, graduates who trained."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.actions import abilities, service_records
from courses.queries import service_records as queries
from courses.queries import services_due
from registry.actions import standing
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import a_citizen_id, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db
BEFORE = TODAY - timedelta(days=400)


def without_work(n: int, *, employment_need: bool = True, **values: Any) -> Person:
    person = a_person(n, **values)
    standing.record_employment(by=SYSTEM, on=TODAY, person=person, status="unemployed", since=BEFORE)
    in_need(person, on=BEFORE, employment_need=employment_need)
    return person


def in_need(person: Person, *, on: date, employment_need: bool = True) -> None:
    standing.record_need(
        by=SYSTEM,
        on=on,
        person=person,
        training_need=True,
        employment_need=employment_need,
        employable=True,
    )


def served(person: Person, kind: str, day: date = TODAY) -> None:
    service_records.record(by=SYSTEM, on=TODAY, person=person, kind=kind, day=day, summary="做了")


def test_verification_is_owed_once_a_year_to_unemployed_people_of_working_age() -> None:
    owed, done_last_year, done, working = (without_work(n) for n in (1, 2, 3, 4))
    without_work(5, citizen_id=a_citizen_id(5, birth=date(1950, 1, 1)))
    a_person(6)
    standing.record_employment(by=SYSTEM, on=TODAY, person=working, status="employed", since=TODAY)
    served(done, "verification")
    served(done_last_year, "verification", date(TODAY.year - 1, 12, 31))
    found = services_due.due(SYSTEM, kind="verification", on=TODAY)
    assert list(found) == [owed, done_last_year]
    county, other = (an_actor("counsellor", a_federation(code)) for code in ("620502", "211104"))
    assert services_due.due(county, kind="verification", on=TODAY).count() == 2
    assert services_due.due(other, kind="verification", on=TODAY).count() == 0


def test_the_rest_is_owed_to_who_wants_work() -> None:
    wants = without_work(1)
    without_work(2, employment_need=False)
    for kind in ("ability_assessment", "employment_service", "need_registration"):
        assert list(services_due.due(SYSTEM, kind=kind, on=TODAY)) == [wants]
    abilities.record(by=SYSTEM, on=TODAY, person=wants, assessed_on=TODAY, assessor="就业服务中心")
    served(wants, "employment_service")
    in_need(wants, on=TODAY)
    for kind in ("ability_assessment", "employment_service", "need_registration"):
        assert not services_due.due(SYSTEM, kind=kind, on=TODAY)
    done = {step.kind: step.done for step in queries.steps(wants, year=TODAY.year)["four_ones"]}
    assert done == {
        "verification": 0,
        "ability_assessment": 1,
        "need_registration": 1,
        "employment_service": 1,
    }


def test_131_counts_the_services_of_the_year() -> None:
    person = a_person()
    for kind in ("guidance", "vacancy", "vacancy"):
        served(person, kind)
    served(person, "referral", date(TODAY.year - 1, 5, 1))
    steps = {step.kind: step for step in queries.steps(person, year=TODAY.year)["one_three_one"]}
    assert [(step.done, step.asked, step.is_done) for step in steps.values()] == [
        (1, 1, True),
        (2, 3, False),
        (0, 1, False),
    ]


def test_graduates_in_need_are_counted_once_with_those_who_trained() -> None:
    people = [without_work(n) for n in (1, 2, 3)]
    for person in people[:2]:
        for day in (date(2022, 6, 30), date(2023, 6, 30)):
            service_records.record_graduation(
                by=SYSTEM, on=TODAY, person=person, graduated_on=day, level="bachelor"
            )
    assert queries.graduates(SYSTEM, on=TODAY).share == 0
    a_completed_cohort(people=people[:1])
    found = queries.graduates(SYSTEM, on=TODAY)
    assert (found.in_need, found.trained, found.share) == (2, 1, 50)
    assert queries.graduates(SYSTEM, on=TODAY, year=1999).share is None
