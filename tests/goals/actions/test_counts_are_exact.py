"""After any series of writes the figures equal a recount, and both equal a count by hand over raw rows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.models import Certificate, ExternalCertificate
from courses.models import Enrolment
from goals.actions import dates, figures, recounts
from goals.models import PlanPeriod
from goals.queries.coverage import of_region
from registry.models import EmploymentStatus, NeedRegistration, Person, Region
from registry.rules.citizen_ids import age
from tests.goals.factories import (
    a_period,
    certificates,
    employed,
    enrolments,
    externally_cancelled,
    externally_certified,
    in_need,
    moved,
    not_employed,
    reinstated,
    suspended,
    withdrawn,
)
from tests.registry.factories import a_citizen_id, a_person, a_region

COUNTIES = ["620502", "620503", "211102"]
SKILLS = ["livestreaming", "embroidery", "paper-cutting"]
START = date(2024, 1, 10)
PEOPLE = 4

CHANGES = {
    "withdraw": (withdrawn, ["issued", "suspended"]),
    "suspend": (suspended, ["issued"]),
    "reinstate": (reinstated, ["suspended"]),
}

person = st.integers(0, PEOPLE - 1)
which = st.integers(0, 20)
back = st.integers(0, 20)
STEP = st.one_of(
    st.tuples(st.just("issue"), st.lists(person, min_size=1, max_size=4, unique=True), st.integers(0, 2)),
    st.tuples(st.just("change"), which, st.sampled_from(sorted(CHANGES))),
    st.tuples(st.just("external"), person, st.integers(0, 2), st.one_of(st.none(), st.integers(0, 9))),
    st.tuples(st.just("cancel"), which),
    st.tuples(st.just("move"), person, st.sampled_from(COUNTIES)),
    st.tuples(st.just("need"), person, st.booleans(), st.booleans()),
    st.tuples(st.just("employment"), person, st.booleans(), back),
    st.tuples(st.just("days pass"), st.integers(1, 6)),
    st.tuples(st.just("fold")),
)


@dataclass
class World:
    """The people, what they can be certified for, and the day it is."""

    people: list[Person]
    enrolled: list[list[Enrolment]]
    period: PlanPeriod
    on: date = START
    certificates: list[Certificate] = field(default_factory=list)
    external: list[ExternalCertificate] = field(default_factory=list)

    def do(self, step: tuple[Any, ...]) -> None:
        match step:
            case "issue", people, skill:
                waiting = [self.enrolled[skill][n] for n in people]
                held = set(Certificate.objects.values_list("enrolment_id", flat=True))
                self.certificates += certificates([one for one in waiting if one.pk not in held], on=self.on)
            case "change", n, change if self.certificates:
                act, allowed = CHANGES[change]
                row = Certificate.objects.get(pk=self.certificates[n % len(self.certificates)].pk)
                if row.status in allowed:
                    act(row, on=self.on)
            case "external", n, skill, days:
                until = None if days is None else self.on + timedelta(days=days)
                self.external.append(
                    externally_certified(self.people[n], SKILLS[skill], on=self.on, valid_until=until)
                )
            case "cancel", n if self.external:
                row = ExternalCertificate.objects.get(pk=self.external[n % len(self.external)].pk)
                if not row.cancelled_on:
                    externally_cancelled(row, on=self.on)
            case "move", n, county if Person.objects.get(pk=self.people[n].pk).region.code != county:
                moved(self.people[n], county, on=self.on)
            case "need", n, training_need, employable:
                in_need(self.people[n], on=self.on, training_need=training_need, employable=employable)
            case "employment", n, works, days:
                record = employed if works else not_employed
                record(self.people[n], since=self.on - timedelta(days=days), on=self.on)
            case "days pass", days:
                dates.beat(since=self.on, on=self.on + timedelta(days=days))
                self.on += timedelta(days=days)
            case ("fold",):
                figures.fold()


def by_hand(world: World) -> dict[str, tuple[int, int, int]]:
    """The figures from the raw rows: every person, every day, in plain loops. Shares no code with the
    counting.
    """
    counts: Counter[tuple[str, str]] = Counter()
    ours = list(Certificate.objects.filter(status="issued").values_list("person_id", "skill__code"))
    others = [
        (row.person_id, row.skill.code)
        for row in ExternalCertificate.objects.select_related("skill")
        if row.verified_on and not row.cancelled_on and (not row.valid_until or row.valid_until >= world.on)
    ]
    for one in Person.objects.select_related("region"):
        needs = dict(
            NeedRegistration.objects.filter(person=one).values_list("registered_on", "training_need")
        )
        fit = dict(NeedRegistration.objects.filter(person=one).values_list("registered_on", "employable"))
        works = dict(EmploymentStatus.objects.filter(person=one).values_list("since", "status"))
        if one.kind != "disabled" or not _ever_met(one, needs, fit, works, world):
            continue
        skills = {skill for person_id, skill in ours + others if person_id == one.pk}
        for code in one.region.path.rstrip("/").split("/"):
            counts[code, "people"] += 1
            counts[code, "one"] += len(skills) == 1
            counts[code, "two"] += len(skills) > 1
    codes = Region.objects.values_list("code", flat=True)
    return {code: (counts[code, "people"], counts[code, "one"], counts[code, "two"]) for code in codes}


def _ever_met(
    one: Person,
    needs: dict[date, bool],
    fit: dict[date, bool],
    works: dict[date, str],
    world: World,
) -> bool:
    need = able = free = False
    day = min([*needs, *works, world.period.first_day])
    while day <= min(world.period.last_day, world.on):
        need, able = needs.get(day, need), fit.get(day, able)
        free = works[day] == "unemployed" if day in works else free
        of_age = 16 <= age(one.birth_date, day) <= (59 if one.sex == "male" else 54)
        if day >= world.period.first_day and need and able and free and of_age:
            return True
        day += timedelta(days=1)
    return False


@pytest.fixture
def world(db: None) -> World:
    period = a_period(2024, 2024)
    births = [date(1985, 3, 15), date(2008, 1, 25), date(1964, 2, 3), date(1969, 1, 12)]
    people = [
        a_person(n, citizen_id=a_citizen_id(n, birth=birth), on=START) for n, birth in enumerate(births, 1)
    ]
    for county in COUNTIES:
        a_region(county)
    return World(people=people, enrolled=[enrolments(people, skill) for skill in SKILLS], period=period)


@given(steps=st.lists(STEP, min_size=1, max_size=14))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_counts_stay_exact_after_every_step(world: World, steps: list[tuple[Any, ...]]) -> None:
    fresh = World(people=world.people, enrolled=world.enrolled, period=world.period)
    with transaction.atomic():
        for n in range(PEOPLE):  # a start from which certificates matter
            not_employed(fresh.people[n], since=START - timedelta(days=40), on=START)
        in_need(fresh.people[0], on=START)
        in_need(fresh.people[1], on=START)
        for step in steps:
            fresh.do(step)
            expected = by_hand(fresh)
            shown = {
                region.code: of_region(region, fresh.period, on=fresh.on).figures.counts
                for region in Region.objects.all()
            }
            assert shown == expected, step
            assert recounts.recount(on=fresh.on, check=True).agrees, step
        transaction.set_rollback(True)
