"""A small world for the test of exact counts: a few people and classes, and the nights that pass."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from certificates.models import Certificate
from courses.actions import (
    assessments,
    attendance,
    cohorts,
    enrolments,
    sessions,
)
from courses.models import Cohort, Enrolment
from courses.rules.sessions import NewSession
from goals.actions import dates, periods
from goals.models import PlanPeriod
from registry.actions import standing
from registry.errors import RegistryError
from registry.models import Federation, Person
from registry.rules.access import SYSTEM
from tests.courses.factories import a_cohort, a_course
from tests.goals.factories import enrolments as a_class_of
from tests.registry.factories import a_base, a_citizen_id, a_federation, a_person, a_region

START = date(2024, 12, 20)
COUNTIES = ["620502", "620503", "211102", "620500"]
SKILLS = ["livestreaming", "embroidery", "paper-cutting"]
# Two ordinary people; one who turns 16 on 27 December; a woman who turns 55 on 2 January.
BIRTHS = [date(1985, 3, 15), date(1990, 7, 1), date(2008, 12, 27), date(1970, 1, 2)]
PAPER = b"%PDF-1.4"


@dataclass
class World:
    """The rows that steps are about, and the day it is."""

    people: list[Person]
    relatives: list[Person]
    waiting: list[list[Enrolment]]  # by skill: who has completed nothing yet, but can be certified
    assessing: Cohort
    draft: Cohort
    federation: Federation
    on: date = START
    certificates: list[Certificate] = field(default_factory=list)

    def pass_days(self, days: int) -> None:
        """The worker's nights: what dates change, a new year is opened, what is new is counted."""
        before, self.on = self.on, self.on + timedelta(days=days)
        dates.beat(since=before, on=self.on)
        periods.open_year(on=self.on)
        self.count()

    def count(self) -> None:
        for period in PlanPeriod.objects.filter(counted_to__isnull=False):
            periods.count(period.pk, on=self.on)

    def ago(self, days: int) -> date:
        return self.on - timedelta(days=days)

    def person(self, n: int) -> Person:
        everybody = [*self.people, *self.relatives]
        return everybody[n % len(everybody)]


STEPS: dict[str, Callable[..., None]] = {}
"""What can happen, by name (tests/goals/steps/)."""


def step(function: Callable[..., None]) -> Callable[..., None]:
    STEPS[function.__name__] = function
    return function


def do(world: World, name: str, *given: Any) -> None:
    """One step by its name. What the action refuses changes nothing, and is no failure here."""
    with suppress(RegistryError):
        STEPS[name](world, *given)


def nth(rows: Any, n: int) -> Any:
    """One of the rows; a refusal where there are none."""
    found = list(rows.order_by("pk"))
    if not found:
        raise RegistryError
    return found[n % len(found)]


def a_world() -> World:
    """The people, a class that is examined, one that is being prepared, and one for each skill to certify."""
    periods.ensure(2023, 2025)
    for code in COUNTIES:
        a_region(code)
    base = a_base("620502")
    known = [
        a_person(n, citizen_id=a_citizen_id(n, birth=birth), on=date(2024, 1, 10), base=base, phone="")
        for n, birth in enumerate(BIRTHS, 1)
    ]
    relative = a_person(
        9, on=date(2024, 1, 10), base=base, kind="household_member", category="", household_of=known[0]
    )
    for person in known:
        standing.record_employment(
            by=SYSTEM, on=START, person=person, status="unemployed", since=START - timedelta(days=300)
        )
    assessing, draft = _classes(base, known, relative)
    world = World(
        people=known,
        relatives=[relative],
        waiting=[a_class_of(known, skill) for skill in SKILLS],
        assessing=assessing,
        draft=draft,
        federation=a_federation("000000"),
    )
    for person in known[:3]:
        standing.record_need(
            by=SYSTEM, on=START, person=person, training_need=True, employment_need=True, employable=True
        )
    return world


def _classes(base: Any, known: list[Person], relative: Person) -> tuple[Cohort, Cohort]:
    course = a_course(base)
    taught = a_cohort(base, course=course, starts_on=date(2024, 5, 20), ends_on=date(2024, 6, 1))
    draft = a_cohort(base, course=a_course(base), starts_on=date(2024, 12, 18), ends_on=date(2025, 1, 20))
    enrolled = enrolments.enrol(by=SYSTEM, on=date(2024, 5, 1), cohort=taught, people=[*known, relative])
    for state in ("submitted", "approved", "enrolling"):
        cohorts.move_to(by=SYSTEM, on=START, cohort=taught, state=state)
    days = [NewSession(on=taught.starts_on + timedelta(days=n), hours=4) for n in range(5)]
    held = sessions.add_sessions(by=SYSTEM, on=START, cohort=taught, sessions=days)
    cohorts.move_to(by=SYSTEM, on=START, cohort=taught, state="running")
    marks = {(day.pk, one.pk): "present" for day in held for one in enrolled}
    attendance.record(by=SYSTEM, on=START, cohort=taught, marks=marks)
    cohorts.move_to(by=SYSTEM, on=START, cohort=taught, state="assessing")
    scores = {one.pk: Decimal(85) for one in enrolled}
    assessments.record(by=SYSTEM, on=START, cohort=taught, scores=scores, assessed_on=START)
    return taught, draft
