"""Two clerks press the same button at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from courses.actions import rosters
from courses.models import RosterImport
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort
from tests.courses.workbooks import messy

pytestmark = pytest.mark.django_db(transaction=True)

CLERKS = 4


def at_once(act: Callable[[], object]) -> list[object]:
    """What each of several threads gets from doing the same at the same moment."""
    start = Barrier(CLERKS)

    def alone() -> object:
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        return [future.result() for future in [pool.submit(alone) for _ in range(CLERKS)]]


def test_a_roster_loaded_by_several_at_once_is_loaded_once():
    cohort = a_cohort(state="enrolling")
    data = messy.messy_roster(messy.people(20))
    roster = rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name="a.xlsx", data=data)
    counts = at_once(lambda: rosters.load(by=SYSTEM, on=TODAY, roster=roster))
    assert sorted(one["loaded_now"] for one in counts) == [0, 0, 0, 20]
    assert cohort.enrolments.count() == Person.objects.count() == 20
    assert roster.rows.filter(state="loaded", enrolment__isnull=False).count() == 20


def test_a_file_uploaded_by_several_at_once_makes_one_import():
    cohort = a_cohort(state="enrolling")
    data = messy.messy_roster(messy.people(5))
    made = at_once(lambda: rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name="a.xlsx", data=data))
    assert len(set(made)) == RosterImport.objects.count() == 1
    assert RosterImport.objects.get().rows.count() == 5
