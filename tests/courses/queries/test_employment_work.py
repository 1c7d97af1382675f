"""What waits after the training, and for whom."""

from datetime import date, timedelta

import pytest

from courses.actions import follow_ups
from courses.queries import employment_work
from courses.rules.employment import add_months
from registry.queries.actors import actor_for
from registry.rules.access import Actor
from tests.conftest import TODAY
from tests.courses.employment_factories import a_counsellor, a_spell
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db

LATER = add_months(TODAY, 3)


def keys(actor: Actor, on: date = LATER) -> dict[str, tuple[int, date | None]]:
    return {one.key: (one.count, one.oldest) for one in employment_work.waiting(actor, on=on)}


def test_a_counsellor_reads_of_their_own_and_of_those_nobody_looks_after() -> None:
    rows = [row.person for row in a_completed_cohort(people=3).enrolments.all()]
    follow_ups.make_due(on=LATER)
    counsellor = actor_for(a_counsellor(*rows[:2]), on=TODAY)
    found = keys(counsellor)
    assert found["own_follow_ups"] == (2, LATER)
    assert found["follow_ups_of_nobody"] == (1, LATER)
    officer = an_actor("federation_officer", a_federation("620502"))
    assert keys(officer)["people_without_counsellor"] == (1, None)
    assert "own_follow_ups" not in keys(officer)


def test_a_base_reads_of_classes_without_any_job_until_one_is_recorded() -> None:
    cohort = a_completed_cohort()
    manager = an_actor("base_manager", cohort.base)
    over = cohort.ends_on + timedelta(days=30)
    assert "cohorts_to_place" not in keys(manager, over - timedelta(days=1))
    assert keys(manager, over)["cohorts_to_place"] == (1, cohort.ends_on)
    a_spell(enrolment=cohort.enrolments.get(), started_on=TODAY)
    assert "cohorts_to_place" not in keys(manager, over)
