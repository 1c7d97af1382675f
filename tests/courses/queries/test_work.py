"""Cohorts that wait for somebody, and for whom."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.actions import rosters
from courses.models import Cohort
from courses.queries import work
from courses.workbooks.writing import write_table
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.courses.factories import ENDS_ON, STARTS_ON, a_cohort, attended, bring_to, enrolled, sessions_of
from tests.registry.factories import a_base, a_federation, an_actor, an_unsaved_actor

pytestmark = pytest.mark.django_db


def keys(actor: Actor, on: date = TODAY) -> dict[str, tuple[int, date | None]]:
    return {one.key: (one.count, one.oldest) for one in work.waiting(actor, on=on)}


def a_roster(cohort: Cohort, number: str, name: str = "张伟") -> Any:
    data = write_table(["姓名", "身份证号"], [[name, number]])
    return rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name="花名册.xlsx", data=data)


def test_an_approver_reads_of_what_was_submitted_the_first_to_start_first() -> None:
    base = a_base()
    for days in (9, 2, 5):
        a_cohort(base, state="submitted", starts_on=STARTS_ON + timedelta(days))
    a_cohort(base, state="draft")
    approver = an_actor("approver", a_federation("620500"))
    assert keys(approver) == {"cohorts_submitted": (3, STARTS_ON + timedelta(2))}
    assert keys(an_actor("base_manager", base)) == {}


def test_who_files_for_a_base_is_not_asked_to_approve_there() -> None:
    own, other = a_base(), a_base()
    for base in (own, other):
        a_cohort(base, state="submitted")
    both = an_unsaved_actor(
        {"role": "approver", "region_path": own.region.path}, {"role": "base_manager", "base_id": own.pk}
    )
    assert keys(both)["cohorts_submitted"][0] == 1


def test_a_base_reads_of_what_was_returned() -> None:
    base = a_base()
    a_cohort(base, state="returned")
    a_cohort(a_base(), state="returned")
    assert keys(an_actor("base_manager", base)) == {"cohorts_returned": (1, STARTS_ON)}
    assert keys(an_actor("approver", a_federation("620500"))) == {}


def test_a_roster_waits_until_its_bad_rows_are_corrected_or_left_out_or_its_class_is_over() -> None:
    base = a_base()
    cohort, over = a_cohort(base, state="enrolling"), a_cohort(base, state="enrolling")
    manager = an_actor("base_manager", base)
    roster = a_roster(cohort, "123")
    a_roster(cohort, "456")
    a_roster(over, "123")
    assert keys(manager)["cohorts_with_bad_rows"][0] == 2
    bring_to(over, "assessing")
    [line] = [one for one in work.waiting(manager, on=TODAY) if one.key == "cohorts_with_bad_rows"]
    assert (line.count, line.url) == (1, f"/courses/cohorts/{cohort.public_id}/roster/")
    assert line.oldest is not None
    for held in cohort.roster_imports.all():
        bad = [row.pk for row in held.rows.all()]
        rosters.correct(by=SYSTEM, on=TODAY, roster=held, corrections={}, leave_out=bad)
    assert roster.rows.get().state == "skipped"
    assert "cohorts_with_bad_rows" not in keys(manager)


@pytest.mark.parametrize("role", ["trainer", "base_manager"])
def test_attendance_waits_from_the_day_of_a_session_until_it_is_recorded(role: str) -> None:
    base = a_base()
    cohort = a_cohort(base, state="enrolling")
    trainees = enrolled(cohort, 2)
    first, second, *_rest = sessions_of(cohort)
    actor = an_actor(role, base)
    assert "cohorts_without_attendance" not in keys(actor, on=STARTS_ON - timedelta(1))
    assert keys(actor, on=STARTS_ON)["cohorts_without_attendance"] == (1, first.on)
    bring_to(cohort, "running")
    attended(cohort, [first], trainees)
    assert "cohorts_without_attendance" not in keys(actor, on=STARTS_ON)
    assert keys(actor, on=TODAY)["cohorts_without_attendance"] == (1, second.on)


@pytest.mark.parametrize("state", ["approved", "enrolling", "running", "assessing"])
def test_a_class_past_its_last_day_waits_for_its_outcome(state: str) -> None:
    base = a_base()
    cohort = a_cohort(base, state=state)
    manager = an_actor("base_manager", base)
    assert keys(manager, on=ENDS_ON) == {}
    assert keys(manager, on=ENDS_ON + timedelta(1)) == {"cohorts_overdue": (1, ENDS_ON)}
    bring_to(cohort, "cancelled" if state == "approved" else "closed")
    assert keys(manager, on=ENDS_ON + timedelta(1)) == {}


def test_each_kind_that_an_actor_deals_with_takes_one_query(django_assert_num_queries: Any) -> None:
    base = a_base()
    for _ in range(4):
        sessions_of(a_cohort(base, state="running"))
        a_cohort(base, state="returned")
    for role, place, queries in (
        ("base_manager", base, 4),
        ("trainer", base, 1),
        ("approver", a_federation("620500"), 1),
        ("auditor", a_federation("620500"), 0),
    ):
        actor = an_actor(role, place)
        with django_assert_num_queries(queries):
            work.waiting(actor, on=TODAY)
