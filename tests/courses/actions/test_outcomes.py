"""Deciding the outcomes of a cohort."""

from datetime import date, timedelta
from typing import Any

import pytest

from courses.actions import assessments, enrolments, outcomes
from courses.errors import RecordsClosed
from courses.models import Cohort
from registry.errors import NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.courses.factories import (
    a_cohort,
    a_completed_cohort,
    attended,
    bring_to,
    enrolled,
    scored,
    sessions_of,
)
from tests.registry.factories import an_actor

pytestmark = pytest.mark.django_db


def a_mixed_cohort(size: int = 5) -> Cohort:
    """One trainee passes, one was away, one scored low, one was not assessed, one left."""
    cohort = a_cohort(state="enrolling")
    trainees = enrolled(cohort, size)
    sessions = sessions_of(cohort)
    bring_to(cohort, "running")
    attended(cohort, sessions[:3], [trainees[1]])
    attended(cohort, sessions[:4], [row for row in trainees if row != trainees[1]])
    bring_to(cohort, "assessing")
    scored(cohort, trainees[:2], "90")
    scored(cohort, [trainees[2]], "59.5")
    scored(cohort, trainees[5:], "60")
    enrolments.withdraw(by=SYSTEM, on=cohort.starts_on, enrolment=trainees[4])
    return cohort


def decisions(cohort: Cohort) -> list[tuple[str, str]]:
    return list(cohort.enrolments.values_list("outcome", "outcome_rule"))


def test_each_outcome_names_the_rule_that_decided_it(today: date) -> None:
    cohort = a_mixed_cohort()
    counts = outcomes.decide(by=an_actor("base_manager", cohort.base), on=today, cohort=cohort)
    assert counts == {"completed": 1, "failed": 3, "withdrew": 1, "pending": 0}
    assert decisions(cohort) == [
        ("completed", "passed"),
        ("failed", "attendance_short"),
        ("failed", "mark_short"),
        ("failed", "not_assessed"),
        ("withdrew", "left"),
    ]
    event = AuditEvent.objects.get(verb="outcomes.decided")
    assert event.facts == {
        "on": str(today),
        "passed": 1,
        "attendance_short": 1,
        "mark_short": 1,
        "not_assessed": 1,
    }


def test_deciding_again_keeps_dates_and_leaves_no_trace_and_a_change_moves_only_its_own(today: date) -> None:
    cohort = a_mixed_cohort()
    outcomes.decide(by=SYSTEM, on=today, cohort=cohort)
    tomorrow = today + timedelta(days=1)
    outcomes.decide(by=SYSTEM, on=tomorrow, cohort=cohort)
    assert AuditEvent.objects.filter(verb="outcomes.decided").count() == 1
    low = cohort.enrolments.get(outcome_rule="mark_short")
    assessments.record_texts(
        by=SYSTEM, on=tomorrow, cohort=cohort, texts={low.pk: "61"}, assessed_on=tomorrow
    )
    outcomes.decide(by=SYSTEM, on=tomorrow, cohort=cohort)
    changed = cohort.enrolments.filter(outcome_on=tomorrow)
    assert [row.pk for row in changed] == [low.pk]
    assert changed[0].outcome == "completed"


@pytest.mark.parametrize("state", ["enrolling", "running"])
def test_before_the_assessment_there_is_nothing_to_decide(state: str, today: date) -> None:
    with pytest.raises(RecordsClosed):
        outcomes.decide(by=SYSTEM, on=today, cohort=a_cohort(state=state))


def test_after_completion_outcomes_are_frozen(today: date) -> None:
    cohort = a_completed_cohort()
    with pytest.raises(RecordsClosed):
        outcomes.decide(by=SYSTEM, on=today, cohort=cohort)


def test_a_federation_does_not_decide_for_the_base(today: date) -> None:
    cohort = a_mixed_cohort()
    with pytest.raises(NotPermitted):
        outcomes.decide(by=an_actor("approver"), on=today, cohort=cohort)


def test_fifty_trainees_take_as_many_queries_as_five(
    settings: Any, django_assert_num_queries: Any, today: date
) -> None:
    settings.FACT_LISTENERS = []  # the figures above count their own
    for size in (5, 50):
        cohort = a_mixed_cohort(size)
        with django_assert_num_queries(11):
            outcomes.decide(by=SYSTEM, on=today, cohort=cohort)
