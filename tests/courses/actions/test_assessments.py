"""Recording the completion assessment."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from courses.actions import assessments
from courses.errors import BadAssessmentDate, BadScore, NotInCohort, RecordsClosed
from courses.models import AssessmentResult, Cohort
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.courses.factories import STARTS_ON, a_cohort, bring_to, enrolled
from tests.registry.factories import an_actor


def an_assessing_cohort(size: int = 1) -> Cohort:
    cohort = a_cohort(state="enrolling")
    enrolled(cohort, size)
    return bring_to(cohort, "assessing")


@pytest.mark.django_db
def test_scores_are_written_changed_and_taken_away(today: date) -> None:
    cohort = an_assessing_cohort()
    pk = cohort.enrolments.get().pk

    def record(score: str | None) -> dict[str, int]:
        scores = {pk: None if score is None else Decimal(score)}
        return assessments.record(by=SYSTEM, on=today, cohort=cohort, scores=scores, assessed_on=today)

    assert record("85.5") == {"written": 1, "cleared": 0}
    assert record("85.5") == {"written": 0, "cleared": 0}
    assert record("60") == {"written": 1, "cleared": 0}
    assert AssessmentResult.objects.get().score == 60
    assert record(None) == {"written": 0, "cleared": 1}
    assert not AssessmentResult.objects.exists()


@pytest.mark.django_db
def test_the_audit_trail_counts_and_holds_no_score(today: date) -> None:
    cohort = an_assessing_cohort(2)
    scores = {row.pk: Decimal("77.5") for row in cohort.enrolments.all()}
    assessments.record(by=SYSTEM, on=today, cohort=cohort, scores=scores, assessed_on=today)
    event = AuditEvent.objects.get(verb="results.recorded")
    assert event.facts == {"on": str(today), "written": 2, "cleared": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("score", ["100.1", "-0.1", "85.55", "NaN", "Infinity"])
def test_what_is_no_score_is_refused(score: str, today: date) -> None:
    cohort = an_assessing_cohort()
    scores = {cohort.enrolments.get().pk: Decimal(score)}
    with pytest.raises(BadScore):
        assessments.record(by=SYSTEM, on=today, cohort=cohort, scores=scores, assessed_on=today)


@pytest.mark.django_db
def test_good_texts_are_kept_and_bad_ones_named(today: date) -> None:
    cohort = an_assessing_cohort(3)
    good, bad, empty = [row.pk for row in cohort.enrolments.all()]
    recorded = assessments.record_texts(
        by=SYSTEM, on=today, cohort=cohort, texts={good: "８５分", bad: "缺考", empty: ""}, assessed_on=today
    )
    assert (recorded.written, recorded.problems) == (1, {bad: "score_invalid"})
    assert AssessmentResult.objects.get().enrolment_id == good


@pytest.mark.django_db
def test_the_assessment_lies_between_the_first_day_and_today(today: date) -> None:
    cohort = an_assessing_cohort()
    for day in (STARTS_ON - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(BadAssessmentDate):
            assessments.record(by=SYSTEM, on=today, cohort=cohort, scores={}, assessed_on=day)


@pytest.mark.django_db
def test_scores_belong_to_the_assessment_and_to_who_is_there(today: date) -> None:
    running = a_cohort(state="running")
    with pytest.raises(RecordsClosed):
        assessments.record(by=SYSTEM, on=today, cohort=running, scores={}, assessed_on=today)
    cohort = an_assessing_cohort()
    scores = {running.enrolments.get().pk: Decimal(80)}
    with pytest.raises(NotInCohort):
        assessments.record(by=SYSTEM, on=today, cohort=cohort, scores=scores, assessed_on=today)


@pytest.mark.django_db
def test_fifty_scores_take_a_fixed_number_of_queries(django_assert_num_queries: Any, today: date) -> None:
    cohort = an_assessing_cohort(50)
    scores = {row.pk: Decimal(80) for row in cohort.enrolments.all()}
    with django_assert_num_queries(9):
        assessments.record(by=SYSTEM, on=today, cohort=cohort, scores=scores, assessed_on=today)


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_save_at_once_leave_one_score_each(today: date) -> None:
    cohort = an_assessing_cohort(20)
    trainer = an_actor("trainer", cohort.base)
    enrolments = [row.pk for row in cohort.enrolments.all()]
    failures: list[BaseException] = []

    def press(score: int) -> None:
        try:
            scores = {pk: Decimal(score) for pk in enrolments}
            assessments.record(by=trainer, on=today, cohort=cohort, scores=scores, assessed_on=today)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=(score,)) for score in (70, 70, 70, 90)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert failures == []
    kept = AssessmentResult.objects.filter(enrolment__cohort=cohort)
    assert kept.count() == 20
    assert len(set(kept.values_list("score", flat=True))) == 1  # one press as a whole, never a mixture
    # The same scores a second time are no write, so at least one of the three leaves no trace.
    assert AuditEvent.objects.filter(verb="results.recorded").count() < 4
