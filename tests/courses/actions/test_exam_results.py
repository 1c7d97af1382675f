"""Results of examinations: recorded by the examiner, final once submitted, corrected with a reason."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from courses.actions import exam_results, outcomes
from courses.errors import BadScore, NotInCohort, ReasonMissing, RecordsClosed
from courses.models import AssessmentResult, ExamCorrection
from courses.queries.exams import entries_of
from courses.rules.exams import Mark
from courses.teaching_errors import ExamAhead, ExamFinal, ExamIncomplete, ExamNotFinal, NotTheExaminer
from registry.errors import NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.exam_factories import (
    a_cohort_to_examine,
    actor_of,
    an_exam,
    an_examiner,
    examined_apart,
    marked,
    submitted,
)
from tests.courses.factories import bring_to
from tests.registry.factories import an_actor

pytestmark = pytest.mark.django_db


def test_the_examiner_records_both_parts_and_the_weighted_score_counts() -> None:
    examiner = an_examiner()
    exam = an_exam(a_cohort_to_examine(people=1), examiner, kind="both", theory_weight=40)
    entry = exam.entries.get()
    by = actor_of(examiner)
    marks = {entry.pk: Mark(Decimal("71.5"), Decimal("80"))}
    assert exam_results.record(by=by, on=TODAY, exam=exam, marks=marks) == 1
    assert exam_results.record(by=by, on=TODAY, exam=exam, marks=marks) == 0
    exam_results.submit(by=by, on=TODAY, exam=exam)
    entry.refresh_from_db()
    assert entry.score == Decimal("76.6")  # 71.5 × 0.4 + 80 × 0.6
    result = AssessmentResult.objects.get()
    assert (result.score, result.assessed_on) == (Decimal("76.6"), exam.held_on)
    facts = str(list(AuditEvent.objects.filter(verb__startswith="exam.").values_list("facts", flat=True)))
    assert "76.6" not in facts
    assert "71.5" not in facts


@pytest.mark.parametrize("role", ["base_manager", "trainer", "approver", "federation_officer"])
def test_nobody_without_the_examiners_role_records(role: str) -> None:
    exam = an_exam(a_cohort_to_examine(people=1))
    organisation = exam.cohort.base if role in ("base_manager", "trainer") else None
    with pytest.raises(NotPermitted):
        exam_results.record(by=an_actor(role, organisation), on=TODAY, exam=exam, marks={})


def test_another_examiner_neither_records_nor_submits_nor_corrects() -> None:
    exam = marked(an_exam(a_cohort_to_examine(people=1)), 80)
    other = actor_of(an_examiner())
    with pytest.raises(NotTheExaminer):
        exam_results.record(by=other, on=TODAY, exam=exam, marks={})
    with pytest.raises(NotTheExaminer):
        exam_results.submit(by=other, on=TODAY, exam=exam)
    submitted(exam, 80)
    with pytest.raises(NotTheExaminer):
        exam_results.submit(by=other, on=TODAY, exam=exam)
    with pytest.raises(NotTheExaminer):
        exam_results.correct(
            by=other, on=TODAY, entry=exam.entries.get(), mark=Mark(practice=Decimal(90)), reason="算错"
        )


def test_texts_are_read_as_people_type_them_and_bad_ones_are_told() -> None:
    exam = an_exam(a_cohort_to_examine(people=3), kind="both")
    first, second, third = entries_of(exam)
    texts = {
        first.pk: {"theory": "８０分", "practice": "90.5"},
        second.pk: {"theory": "缺考", "practice": ""},
        third.pk: {"theory": "70", "practice": "优秀"},
    }
    recorded = exam_results.record_texts(by=SYSTEM, on=TODAY, exam=exam, texts=texts)
    assert (recorded.written, recorded.problems) == (2, {(third.pk, "practice"): "score_invalid"})
    first, second, third = entries_of(exam)
    assert (first.theory, first.practice, second.is_absent) == (Decimal(80), Decimal("90.5"), True)
    assert third.theory is None
    # A part that is not in the sheet stays.
    exam_results.record_texts(by=SYSTEM, on=TODAY, exam=exam, texts={first.pk: {"theory": "60"}})
    assert exam_results.mark_of(entries_of(exam)[0]) == Mark(Decimal(60), Decimal("90.5"))


@pytest.mark.parametrize(
    "mark",
    [Mark(practice=Decimal("100.1")), Mark(practice=Decimal("60.55")), Mark(theory=Decimal(60))],
)
def test_a_mark_out_of_range_too_fine_or_of_another_part_is_refused(mark: Mark) -> None:
    exam = an_exam(a_cohort_to_examine(people=1))
    with pytest.raises(BadScore):
        exam_results.record(by=SYSTEM, on=TODAY, exam=exam, marks={exam.entries.get().pk: mark})


def test_marks_of_another_examination_are_refused_whole() -> None:
    exam, other = an_exam(a_cohort_to_examine(people=1)), an_exam(a_cohort_to_examine(people=1))
    marks = {one.entries.get().pk: Mark(is_absent=True) for one in (exam, other)}
    with pytest.raises(NotInCohort):
        exam_results.record(by=SYSTEM, on=TODAY, exam=exam, marks=marks)
    assert not exam.entries.filter(is_absent=True).exists()


def test_what_is_still_ahead_has_no_results() -> None:
    exam = an_exam(a_cohort_to_examine(people=1), held_on=TODAY + timedelta(days=1))
    for act in (lambda: marked(exam, 80), lambda: exam_results.submit(by=SYSTEM, on=TODAY, exam=exam)):
        with pytest.raises(ExamAhead):
            act()


def test_results_are_whole_when_they_become_final_and_stay_so() -> None:
    exam = an_exam(a_cohort_to_examine(people=2))
    with pytest.raises(ExamIncomplete) as refusal:
        exam_results.submit(by=SYSTEM, on=TODAY, exam=exam)
    assert refusal.value.facts == {"count": 2}
    submitted(exam, 80, None)
    exam_results.submit(by=SYSTEM, on=TODAY, exam=exam)
    assert AuditEvent.objects.filter(verb="exam.submitted").count() == 1
    assert AssessmentResult.objects.count() == 1
    with pytest.raises(ExamFinal):
        exam_results.record(by=SYSTEM, on=TODAY, exam=exam, marks={})


def test_a_correction_keeps_what_stood_there_and_why() -> None:
    examiner = an_examiner()
    exam = submitted(an_exam(a_cohort_to_examine(people=1), examiner), 55)
    entry = exam.entries.get()
    by = actor_of(examiner)
    with pytest.raises(ReasonMissing):
        exam_results.correct(by=by, on=TODAY, entry=entry, mark=Mark(practice=Decimal(65)), reason=" ")
    for _time in range(2):
        exam_results.correct(
            by=by, on=TODAY, entry=entry, mark=Mark(practice=Decimal(65)), reason="第三题漏算"
        )
    kept = ExamCorrection.objects.get()
    assert (kept.practice_before, kept.reason, kept.corrected_by) == (
        Decimal(55),
        "第三题漏算",
        examiner.name,
    )
    assert AssessmentResult.objects.get().score == 65


def test_what_is_not_final_is_changed_and_what_is_frozen_is_not_corrected() -> None:
    exam = marked(an_exam(a_cohort_to_examine(people=1)), 80)
    entry = exam.entries.get()

    def correct(mark: Mark) -> Any:
        return exam_results.correct(by=SYSTEM, on=TODAY, entry=entry, mark=mark, reason="更正")

    with pytest.raises(ExamNotFinal):
        correct(Mark(practice=Decimal(90)))
    submitted(exam, 80)
    with pytest.raises(ExamIncomplete):
        correct(Mark())
    outcomes.decide(by=SYSTEM, on=TODAY, cohort=exam.cohort)
    bring_to(exam.cohort, "completed")
    with pytest.raises(RecordsClosed):
        correct(Mark(practice=Decimal(90)))


@pytest.mark.parametrize(("best", "counts"), [(True, 55), (False, 50)])
def test_the_best_or_the_last_attempt_counts_by_the_local_standard(best: bool, counts: int) -> None:
    examined_apart(best_attempt_counts=best)
    cohort = a_cohort_to_examine(people=1)
    submitted(an_exam(cohort), 55)
    submitted(an_exam(cohort, is_resit=True), 50)
    assert AssessmentResult.objects.get().score == counts


def test_a_correction_to_absent_takes_the_score_away() -> None:
    exam = submitted(an_exam(a_cohort_to_examine(people=1)), 80)
    exam_results.correct(
        by=SYSTEM, on=TODAY, entry=exam.entries.get(), mark=Mark(is_absent=True), reason="替考"
    )
    assert not AssessmentResult.objects.exists()


def test_recording_and_submitting_a_hundred_takes_a_fixed_number_of_queries(
    django_assert_num_queries: Any,
) -> None:
    for people in (2, 40):
        exam = an_exam(a_cohort_to_examine(people=people))
        marks = {entry.pk: Mark(practice=Decimal(70)) for entry in entries_of(exam)}
        with django_assert_num_queries(8):
            exam_results.record(by=SYSTEM, on=TODAY, exam=exam, marks=marks)
        with django_assert_num_queries(12):
            exam_results.submit(by=SYSTEM, on=TODAY, exam=exam)
