"""Evaluations: one answer a code, nothing that leads from an answer to anybody."""

from datetime import timedelta

import pytest

from courses.actions import evaluations
from courses.errors import CodeUsed, EvaluationNeeded, EvaluationNotOpen, EvaluationTooEarly
from courses.models import Evaluation, EvaluationAnswer, EvaluationCode, EvaluationMark
from registry.actions import standards
from registry.errors import AlreadyHeld, InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import ANONYMOUS, SYSTEM
from tests.conftest import TODAY
from tests.courses.evaluation_factories import (
    CLOSED,
    CLOSES_ON,
    a_running_cohort,
    an_evaluation,
    marks,
)
from tests.courses.factories import a_cohort, bring_to
from tests.registry.factories import a_base, a_federation, an_actor

pytestmark = pytest.mark.django_db


def slips(evaluation, by=SYSTEM, on=TODAY):
    return evaluations.print_slips(by=by, on=on, evaluation=evaluation)


def give(code, evaluation, *, on=TODAY, mark=4, comment=""):
    evaluations.answer(by=ANONYMOUS, on=on, code=code, marks=marks(evaluation, mark), comment=comment)


@pytest.mark.parametrize("role", ["base_manager", "trainer", "federation_officer"])
def test_the_base_or_the_federation_opens_it_once(role):
    cohort = a_running_cohort(2)
    place = cohort.base if role != "federation_officer" else a_federation("620502")
    held = an_evaluation(cohort, by=an_actor(role, place))
    assert (held.opened_on, held.closes_on, held.is_open(CLOSES_ON), held.is_open(CLOSED)) == (
        TODAY,
        CLOSES_ON,
        True,
        False,
    )
    with pytest.raises(AlreadyHeld):
        an_evaluation(cohort)


def test_others_do_not_and_not_before_the_class_begins():
    cohort = a_running_cohort(1)
    for role, place in [("auditor", a_federation("620502")), ("base_manager", a_base())]:
        with pytest.raises(NotPermitted):
            an_evaluation(cohort, by=an_actor(role, place))
    with pytest.raises(EvaluationTooEarly):
        an_evaluation(a_cohort(state="enrolling"))


@pytest.mark.parametrize("closes_on", [TODAY - timedelta(days=1), TODAY + timedelta(days=93)])
def test_it_closes_within_three_months(closes_on):
    with pytest.raises(InvalidInput) as error:
        an_evaluation(closes_on=closes_on)
    assert list(error.value.facts["fields"]) == ["closes_on"]


def test_it_may_be_extended_while_it_is_open_only():
    held = an_evaluation()
    later = CLOSES_ON + timedelta(days=7)
    assert evaluations.extend(by=SYSTEM, on=CLOSES_ON, evaluation=held, closes_on=later).closes_on == later
    with pytest.raises(EvaluationNotOpen):
        evaluations.extend(
            by=SYSTEM, on=later + timedelta(days=1), evaluation=held, closes_on=later + timedelta(days=9)
        )


def test_everyone_in_the_class_gets_a_code_and_no_code_says_whose_it_is():
    held = an_evaluation(size=4)
    codes = slips(held)
    held.refresh_from_db()
    assert (len(set(codes)), held.invited) == (4, 4)
    assert all(len(code) == 10 and code.isdecimal() for code in codes)
    fields = {field.name for field in EvaluationCode._meta.get_fields()}
    assert fields == {"id", "evaluation", "digest", "is_used"}
    assert not any(
        code.encode() in bytes(row.digest) for row in EvaluationCode.objects.all() for code in codes
    )


def test_a_code_is_good_for_one_answer():
    held = an_evaluation()
    code = slips(held)[0]
    give(code, held)
    with pytest.raises(CodeUsed):
        give(code, held)
    with pytest.raises(NotFound):
        give("0000000000" if code != "0000000000" else "1111111111", held)
    assert EvaluationAnswer.objects.count() == 1


def test_nothing_kept_leads_from_an_answer_to_a_code_a_person_or_a_moment():
    assert {field.name for field in EvaluationAnswer._meta.get_fields()} == {
        "id",
        "evaluation",
        "comment",
        "marks",
    }
    assert {field.name for field in EvaluationMark._meta.get_fields()} == {"id", "answer", "key", "mark"}
    held = an_evaluation()
    for code in slips(held):
        give(code, held)
    for model in (EvaluationAnswer, EvaluationCode, EvaluationMark):
        ids = list(model.objects.values_list("pk", flat=True))
        assert all(pk > 1_000_000 for pk in ids)
    events = AuditEvent.objects.filter(verb="evaluation.answered")
    assert events.count() == 6
    assert {(event.subject_id, str(event.facts)) for event in events} == {
        (held.public_id, str({"on": TODAY.isoformat()}))
    }


def test_printing_again_ends_the_codes_that_were_not_used():
    held = an_evaluation(size=3)
    old = slips(held)
    give(old[0], held)
    fresh = slips(held)
    assert len(fresh) == 2
    with pytest.raises(NotFound):
        give(old[1], held)
    give(fresh[0], held)
    assert EvaluationAnswer.objects.count() == 2


def test_no_answer_after_the_last_day():
    held = an_evaluation()
    give(slips(held)[0], held, on=CLOSES_ON)
    with pytest.raises(EvaluationNotOpen):
        slips(held, on=CLOSED)
    code = slips(held)[0]
    with pytest.raises(EvaluationNotOpen):
        give(code, held, on=CLOSED)


@pytest.mark.parametrize(
    ("changes", "comment", "field"),
    [
        ({"content": 6}, "", "content"),
        ({"content": None}, "", "content"),
        ({}, "我的电话 13812345678", "comment"),
        ({}, "长" * 501, "comment"),
    ],
)
def test_a_bad_answer_names_its_field_and_leaves_the_code_unused(changes, comment, field):
    held = an_evaluation()
    code = slips(held)[0]
    with pytest.raises(InvalidInput) as error:
        evaluations.answer(by=ANONYMOUS, on=TODAY, code=code, marks=marks(held) | changes, comment=comment)
    assert list(error.value.facts["fields"]) == [field]
    give(code, held)


def test_a_federation_asks_its_own_questions_in_versions_and_open_evaluations_keep_theirs():
    city = a_federation("620500")
    officer = an_actor("federation_officer", city)
    before = an_evaluation()
    first = evaluations.set_questions(
        by=officer, on=TODAY, federation=city, questions=[("好不好？", "Good?")]
    )
    second = evaluations.set_questions(
        by=officer, on=TODAY, federation=city, questions=[("好不好？", ""), ("  ", ""), ("近不近？", "")]
    )
    assert (first.version, second.version) == (1, 2)
    assert len(Evaluation.objects.get(pk=before.pk).questions) == 6
    after = an_evaluation(a_running_cohort(2))
    assert [question["text"] for question in after.questions] == ["好不好？", "近不近？"]
    assert after.questions[0]["key"] == first.questions[0]["key"]


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        ([], "questions_count"),
        ([("问", "")] * 2, "already_held"),
        ([(str(number), "") for number in range(13)], "questions_count"),
        ([("盲人学起来方便吗？", "")], "question_discloses"),
        ([("长" * 61, "")], "field_too_long"),
    ],
)
def test_questions_are_checked(questions, problem):
    with pytest.raises(InvalidInput) as error:
        evaluations.set_questions(by=SYSTEM, on=TODAY, federation=a_federation("620500"), questions=questions)
    assert error.value.facts["fields"] == {"questions": problem}


def test_an_answer_costs_as_many_statements_in_a_large_class(django_assert_num_queries):
    small, large = an_evaluation(size=1), an_evaluation(size=30)
    for held in (small, large):
        code = slips(held)[0]
        with django_assert_num_queries(7):
            give(code, held)


def test_where_the_standard_wants_it_a_class_is_not_completed_before_its_trainees_are_asked():
    cohort = a_cohort(state="assessing")
    standards.decide(
        by=SYSTEM,
        federation=a_federation(cohort.region.code),
        key="satisfaction_needed",
        value=True,
        since=TODAY,
    )
    with pytest.raises(EvaluationNeeded):
        bring_to(cohort, "completed")
    an_evaluation(cohort)
    assert bring_to(cohort, "completed").state == "completed"
