"""Filings, packages and vouchers for tests, made by the actions that the site uses."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from courses.actions import abilities, cohorts, filings, packages, trainers, vouchers
from courses.actions.filings import NewLine
from courses.models import AbilityAssessment, Cohort, Course, TrainingPackage, Voucher
from registry.models import Federation, Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course, a_trainer, sessions_of
from tests.registry.factories import a_base, a_federation, a_person

BUDGET = (
    NewLine("teaching", Decimal("12000"), "security_fund"),
    NewLine("materials", Decimal("3600.50"), "security_fund"),
)


def complete(cohort: Cohort) -> Cohort:
    """All that a filing must hold: number and place, timetable, one trainer, two lines of budget."""
    cohorts.edit(by=SYSTEM, on=TODAY, cohort=cohort, planned_trainees=30, venue="秦州区文化路1号")
    sessions_of(cohort)
    trainers.assign(by=SYSTEM, on=TODAY, cohort=cohort, trainers=[a_trainer(cohort.base, name="教师乙")])
    filings.set_budget(by=SYSTEM, on=TODAY, cohort=cohort, lines=BUDGET)
    cohort.refresh_from_db()
    return cohort


def a_filing(**fields: Any) -> Cohort:
    """A draft that can be submitted, a fortnight before it starts."""
    soon = TODAY + timedelta(days=14)
    given = {"starts_on": soon, "ends_on": soon + timedelta(days=20)} | fields
    return complete(a_cohort(**given))


def a_package(
    federation: Federation | None = None, courses: Sequence[Course] = (), **fields: Any
) -> TrainingPackage:
    """A package of a federation with these courses, or with one of a base in its region."""
    federation = federation or a_federation("620500")
    courses = courses or [a_course(a_base("620502"))]
    number = TrainingPackage.objects.count() + 1
    given = {"name": f"电商职业培训包{number}", "hours": 20, "document": "天水残联〔2024〕8号"} | fields
    return packages.create(by=SYSTEM, on=TODAY, federation=federation, courses=courses, **given)


def a_voucher(
    person: Person | None = None,
    *,
    course: Course | None = None,
    package: TrainingPackage | None = None,
    federation: Federation | None = None,
    on: date = TODAY,
    expires_on: date | None = None,
) -> Voucher:
    """A voucher of 800 元 that is good for half a year."""
    if course is None and package is None:
        course = a_course(a_base("620502"))
    [voucher] = vouchers.issue(
        by=SYSTEM,
        on=on,
        federation=federation or a_federation("620500"),
        people=[person or a_person()],
        value=Decimal("800"),
        expires_on=expires_on or on + timedelta(days=180),
        package=package,
        course=course,
    )
    return voucher


def an_ability_assessment(person: Person, *, on: date = TODAY, **fields: Any) -> AbilityAssessment:
    given = {"assessor": "天水市残疾人就业服务中心", "conclusion": "适合电脑操作"} | fields
    return abilities.record(by=SYSTEM, on=TODAY, person=person, assessed_on=on, **given)
