"""Employment, counsellors and services for tests, made by the actions that the site uses."""

from datetime import date, timedelta
from typing import Any

from courses.actions import counsellors, employment
from courses.models import EmploymentSpell, Enrolment
from courses.rules.employment import NewSpell
from registry.models import Account, Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_federation, a_person, an_account

A_MONTH_AGO = TODAY - timedelta(days=30)


def a_job(started_on: date = A_MONTH_AGO, **fields: Any) -> NewSpell:
    """What somebody tells of a job in a factory."""
    given = {"form": "concentrated", "employer_name": "天水市长城电工厂", "post": "装配工"} | fields
    return NewSpell(started_on=started_on, **given)


def a_spell(
    person: Person | None = None,
    started_on: date = A_MONTH_AGO,
    *,
    enrolment: Enrolment | None = None,
    on: date = TODAY,
    **fields: Any,
) -> EmploymentSpell:
    """A recorded job."""
    person = person or (enrolment.person if enrolment else a_person())
    job = a_job(started_on, **fields)
    return employment.record(
        by=SYSTEM, on=on, person=person, spell=job, enrolment=enrolment, beside_another=True
    )


def a_counsellor(*people: Person, region: str = "620502") -> Account:
    """A counsellor of a county who looks after these people."""
    account = an_account("counsellor", a_federation(region))
    counsellors.assign(by=SYSTEM, on=TODAY, people=people, counsellor=account)
    return account
