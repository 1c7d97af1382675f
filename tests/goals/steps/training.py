"""Classes and enrolments."""

from datetime import timedelta

from courses.actions import (
    cohorts,
    enrolments,
    outcomes,
)
from courses.actions import courses as catalogue
from courses.models import Enrolment
from registry.rules.access import SYSTEM
from tests.courses.factories import a_skill
from tests.goals.world import SKILLS, START, World, nth, step


@step
def enrolled(world: World, n: int) -> None:
    enrolments.enrol(by=SYSTEM, on=world.on, cohort=world.draft, people=[world.person(n)])


@step
def left(world: World, n: int) -> None:
    enrolments.withdraw(by=SYSTEM, on=world.on, enrolment=nth(Enrolment.objects, n))


@step
def back(world: World, n: int) -> None:
    row = nth(Enrolment.objects.filter(outcome="withdrew"), n)
    enrolments.take_back(by=SYSTEM, on=world.on, enrolment=row)


@step
def decided(world: World) -> None:
    outcomes.decide(by=SYSTEM, on=world.on, cohort=world.assessing)


@step
def class_moved(world: World, days: int) -> None:
    starts_on = START + timedelta(days=days)
    cohorts.edit(by=SYSTEM, on=world.on, cohort=world.draft, starts_on=starts_on)


@step
def class_cancelled(world: World) -> None:
    cohorts.move_to(by=SYSTEM, on=world.on, cohort=world.draft, state="cancelled", reason="人数不足")


@step
def course_changed(world: World, skill: int) -> None:
    catalogue.edit(by=SYSTEM, on=world.on, course=world.draft.course, skill=a_skill(SKILLS[skill]))
