"""Examinations apart from teaching: who arranges, who examines, who may sit, and again."""

from datetime import timedelta
from typing import Any

import pytest

from courses.actions import assessments, cohorts, enrolments, exams, outcomes, trainers
from courses.errors import RecordsClosed
from courses.models import Exam
from courses.queries.exams import entries_of, examiners
from courses.teaching_errors import ExamFinal, ExamHasMarks, ExaminedApart, ExamsOpen, NobodyToExamine
from registry.actions import accounts
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.exam_factories import (
    HELD_ON,
    a_cohort_to_examine,
    an_exam,
    an_examiner,
    examined_apart,
    marked,
    submitted,
)
from tests.courses.factories import STARTS_ON, a_cohort, a_trainer, scored
from tests.registry.factories import a_federation, an_account, an_actor

pytestmark = pytest.mark.django_db


def test_the_approver_arranges_it_and_the_audit_row_says_when_and_of_how_many() -> None:
    cohort = a_cohort_to_examine(people=2)
    examiner = an_examiner()
    approver = an_actor("approver", a_federation("620500"))
    exam = exams.arrange(
        by=approver, on=TODAY, cohort=cohort, held_on=HELD_ON, examiner=examiner, place=" 二楼 "
    )
    assert (exam.place, exam.kind, exam.theory_weight, exam.is_resit) == ("二楼", "both", 40, False)
    assert [entry.attempt for entry in entries_of(exam)] == [1, 1]
    facts = AuditEvent.objects.get(verb="exam.arranged").facts
    assert (facts["candidates"], facts["examiner"]) == (2, examiner.public_id)


@pytest.mark.parametrize("role", ["base_manager", "trainer", "examiner", "federation_officer"])
def test_neither_the_base_nor_the_examiner_arranges_it(role: str) -> None:
    cohort = a_cohort_to_examine(people=1)
    at_base = role in ("base_manager", "trainer")
    actor = an_actor(role, cohort.base if at_base else a_federation("620500"))
    with pytest.raises(NotPermitted):
        exams.arrange(by=actor, on=TODAY, cohort=cohort, held_on=HELD_ON, examiner=an_examiner())


def test_an_examiner_reaches_the_cohort_and_does_not_teach_there() -> None:
    cohort = a_cohort_to_examine(people=1)
    good, above = an_examiner(), an_examiner("620000")
    an_examiner("210000")  # of another province
    an_account("approver", a_federation("620500"))  # no examiner
    both = an_examiner()
    accounts.grant(by=SYSTEM, on=STARTS_ON, account=both, role="trainer", base=cohort.base)
    namesake = an_examiner()
    assert {good, above, namesake} == set(examiners(cohort, on=TODAY))
    trainer = a_trainer(cohort.base, name=namesake.name)
    cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state="running")
    trainers.assign(by=SYSTEM, on=TODAY, cohort=cohort, trainers=[trainer])
    assert namesake not in examiners(cohort, on=TODAY)
    with pytest.raises(InvalidInput) as refusal:
        an_exam(cohort, examiner=both)
    assert refusal.value.facts["fields"] == {"examiner": "exam_examiner"}


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"held_on": STARTS_ON - timedelta(days=1)}, {"held_on": "exam_before_cohort"}),
        ({"kind": "both", "theory_weight": 100}, {"theory_weight": "exam_weight"}),
        ({"kind": "dance"}, {"kind": "field_choice"}),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(values: dict[str, Any], problems: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        an_exam(**values)
    assert refusal.value.facts["fields"] == problems
    assert not Exam.objects.exists()


def test_it_is_arranged_while_the_cohort_is_taught_or_assessed_only() -> None:
    with pytest.raises(RecordsClosed):
        an_exam(a_cohort(state="enrolling"))


def test_where_examination_is_apart_the_base_records_no_scores() -> None:
    examined_apart()
    cohort = a_cohort_to_examine(people=1)
    scores = {enrolment.pk: None for enrolment in cohort.enrolments.all()}
    manager = an_actor("base_manager", cohort.base)
    with pytest.raises(ExaminedApart) as refusal:
        assessments.record(by=manager, on=TODAY, cohort=cohort, scores=scores, assessed_on=TODAY)
    assert refusal.value.status == 409


def test_a_standard_that_began_after_the_first_day_leaves_the_present_way() -> None:
    cohort = a_cohort_to_examine(people=1)
    examined_apart(since=STARTS_ON + timedelta(days=1))
    scored(cohort, cohort.enrolments.all())
    assert cohort.enrolments.get().assessment.score == 85


def test_an_arranged_examination_is_the_way_for_its_cohort_whatever_the_standard() -> None:
    cohort = a_cohort_to_examine(people=1)
    exam = an_exam(cohort)
    with pytest.raises(ExaminedApart):
        scored(cohort, cohort.enrolments.all())
    exams.cancel(by=SYSTEM, on=TODAY, exam=exam)
    scored(cohort, cohort.enrolments.all())


def test_who_sat_once_sits_again_only_in_a_re_sit_and_only_who_failed() -> None:
    cohort = a_cohort_to_examine(people=3)
    submitted(an_exam(cohort), 59, 60, None)
    with pytest.raises(NobodyToExamine):
        an_exam(cohort)
    resit = an_exam(cohort, is_resit=True)
    failed, _passed, absent = cohort.enrolments.all()
    assert [(entry.enrolment, entry.attempt) for entry in entries_of(resit)] == [(failed, 2), (absent, 2)]


def test_re_sits_are_limited_by_the_local_standard() -> None:
    cohort = a_cohort_to_examine(people=1)
    submitted(an_exam(cohort), 40)
    submitted(an_exam(cohort, is_resit=True), 50)
    with pytest.raises(NobodyToExamine):
        an_exam(cohort, is_resit=True)
    examined_apart(resits_allowed=2)
    assert submitted(an_exam(cohort, is_resit=True), 61).entries.get().attempt == 3


def test_nobody_re_sits_while_results_are_open() -> None:
    cohort = a_cohort_to_examine(people=1)
    marked(an_exam(cohort), 40)
    with pytest.raises(NobodyToExamine):
        an_exam(cohort, is_resit=True)


def test_it_moves_until_it_is_final_and_goes_only_without_marks() -> None:
    exam = an_exam(a_cohort_to_examine(people=1))
    moved = exams.edit(by=SYSTEM, on=TODAY, exam=exam, held_on=TODAY, place="三楼")
    assert (moved.held_on, moved.place) == (TODAY, "三楼")
    marked(exam, 70)
    with pytest.raises(ExamHasMarks):
        exams.cancel(by=SYSTEM, on=TODAY, exam=exam)
    submitted(exam, 70)
    with pytest.raises(ExamFinal):
        exams.edit(by=SYSTEM, on=TODAY, exam=exam, place="四楼")


def test_a_cohort_is_not_completed_while_an_examination_is_open() -> None:
    cohort = a_cohort_to_examine(people=1)
    exam = an_exam(cohort)
    outcomes.decide(by=SYSTEM, on=TODAY, cohort=cohort)
    with pytest.raises(ExamsOpen) as refusal:
        cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state="completed")
    assert refusal.value.facts == {"count": 1}
    submitted(exam, 90)
    outcomes.decide(by=SYSTEM, on=TODAY, cohort=cohort)
    cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state="completed")
    assert cohort.enrolments.get().outcome == "completed"


def test_who_left_is_not_examined() -> None:
    cohort = a_cohort_to_examine(people=2)
    first, second = cohort.enrolments.all()
    enrolments.withdraw(by=SYSTEM, on=TODAY, enrolment=first)
    exam = an_exam(cohort)
    assert [entry.enrolment for entry in entries_of(exam)] == [second]
