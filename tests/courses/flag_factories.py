"""Cohorts with something to ask about, made by the actions that the site uses, and the checks over them."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from courses.actions import flags
from courses.actions import sessions as timetable
from courses.models import Cohort, ReviewFlag
from courses.models.flags import FlagState
from courses.rules.sessions import NewSession
from registry.models import Person, TrainingBase
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import STARTS_ON, a_cohort, enrolled
from tests.registry.factories import a_base, a_citizen_id, a_person, an_accreditation


def noon(day: date = TODAY) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def an_accredited_base(region: str = "620502", **values: Any) -> TrainingBase:
    """A base with a plaque since long before any cohort of the tests."""
    base = a_base(region, **values)
    an_accreditation(base, granted_on=date(2020, 1, 1))
    return base


def rechecked(*cohorts: Cohort, on: date = TODAY) -> None:
    flags.recheck(cohorts=[cohort.pk for cohort in cohorts], at=noon(on))


def open_checks(*cohorts: Cohort) -> set[str]:
    """The checks that have an open flag in one of these cohorts."""
    rows = ReviewFlag.objects.filter(cohort__in=cohorts, state=FlagState.OPEN)
    return set(rows.values_list("check_name", flat=True))


def a_long_day(cohort: Cohort) -> None:
    """A day of nine 课时: one more than the local standard."""
    new = [NewSession(cohort.starts_on, 9)]
    timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=new)


def a_flag(base: TrainingBase | None = None, **fields: Any) -> ReviewFlag:
    """An open flag on a running cohort: a day that is too long."""
    cohort = a_cohort(base or an_accredited_base(), state="enrolling", **fields)
    a_long_day(cohort)
    rechecked(cohort)
    return ReviewFlag.objects.get(cohort=cohort, check_name="long_days")


def an_old_person(n: int, base: TrainingBase) -> Person:
    """Known to the base, and too old for its classes."""
    return a_person(n, base=base, on=STARTS_ON, citizen_id=a_citizen_id(n, birth=date(1950, 1, 1)))


def a_flag_of_a_trainee(base: TrainingBase | None = None, n: int = 9001, **fields: Any) -> ReviewFlag:
    """An open flag on a trainee: born in 1950, too old for the class."""
    base = base or an_accredited_base()
    cohort = a_cohort(base, state="enrolling", **fields)
    enrolled(cohort, [an_old_person(n, base)])
    rechecked(cohort)
    return ReviewFlag.objects.get(cohort=cohort, check_name="out_of_working_age")
