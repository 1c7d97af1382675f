"""Opens the evaluation of a cohort, makes the codes of its slips, and takes answers that lead back to nobody."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from courses.errors import CodeUsed, EvaluationNotOpen, EvaluationTooEarly
from courses.models import Cohort, Evaluation, EvaluationAnswer, EvaluationCode, EvaluationMark, Questionnaire
from courses.models.cohorts import CohortState
from courses.models.evaluations import code_digest
from courses.queries import evaluations as queries
from courses.rules.evaluations import CODE_DIGITS, MARKS, MOST_QUESTIONS, Question
from registry.actions import audit
from registry.actions.locks import lock
from registry.errors import AlreadyHeld, InvalidInput, NotFound
from registry.models import Federation
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import disclosing_word
from registry.rules.personal_numbers import holds_personal_number

EVALUABLE = frozenset({CohortState.RUNNING, CohortState.ASSESSING, CohortState.COMPLETED, CohortState.CLOSED})
LONGEST_COMMENT = 500
LONGEST_QUESTION = 60
LONGEST_DAYS = 92


@transaction.atomic
def open_evaluation(*, by: Actor, on: date, cohort: Cohort, closes_on: date) -> Evaluation:
    """The trainees of a cohort may answer until this day (included); the nearest federation's questions are frozen.

    Raises NotPermitted, EvaluationTooEarly, AlreadyHeld, InvalidInput.
    """
    rows = Cohort.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("region").get(pk=cohort.pk)
    _require(by, held)
    if held.state not in EVALUABLE:
        raise EvaluationTooEarly(state=held.state)
    if Evaluation.objects.filter(cohort=held).exists():
        raise AlreadyHeld(field="cohort")
    _require_closing(closes_on, on=on)
    questions = [question.as_json() for question in queries.questions_for(held.region, on=on)]
    evaluation = Evaluation.objects.create(
        cohort=held, questions=questions, opened_on=on, closes_on=closes_on
    )
    _audit("opened", evaluation, by=by, cohort=held, on=on, closes_on=closes_on.isoformat())
    return evaluation


@transaction.atomic
def extend(*, by: Actor, on: date, evaluation: Evaluation, closes_on: date) -> Evaluation:
    """Another last day while it is open: once closed, results are shown and no answer may be added.

    Raises NotPermitted, EvaluationNotOpen, InvalidInput.
    """
    held = _locked(evaluation)
    _require(by, held.cohort)
    if not held.is_open(on):
        raise EvaluationNotOpen()
    _require_closing(closes_on, on=on)
    before, held.closes_on = held.closes_on, closes_on
    held.save(update_fields=["closes_on"])
    facts = {"before": before.isoformat(), "after": closes_on.isoformat()}
    _audit("extended", held, by=by, cohort=held.cohort, on=on, **facts)
    return held


@transaction.atomic
def print_slips(*, by: Actor, on: date, evaluation: Evaluation) -> list[str]:
    """Codes for everyone in the class who has not answered, told this once: earlier unused ones open nothing any more.

    Nobody writes down who gets which. Raises NotPermitted, EvaluationNotOpen.
    """
    held = _locked(evaluation)
    _require(by, held.cohort)
    if not held.is_open(on):
        raise EvaluationNotOpen()
    codes = EvaluationCode.objects.filter(evaluation=held)
    codes.filter(is_used=False).delete()
    held.invited = max(queries.class_size(held.cohort), used := codes.count())
    held.save(update_fields=["invited"])
    fresh: set[str] = set()
    while len(fresh) < held.invited - used:
        fresh.add(f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}")
    EvaluationCode.objects.bulk_create(
        EvaluationCode(evaluation=held, digest=code_digest(code)) for code in sorted(fresh)
    )
    _audit("slips_printed", held, by=by, cohort=held.cohort, on=on, count=len(fresh))
    return secrets.SystemRandom().sample(sorted(fresh), len(fresh))


@transaction.atomic
def answer(*, by: Actor, on: date, code: str, marks: Mapping[str, int], comment: str = "") -> None:
    """One answer for one code. What is kept of the code is that it was used; of the answer, nothing that leads to it.

    Raises NotFound, CodeUsed, EvaluationNotOpen, InvalidInput.
    """
    comment = comment.strip()
    held = EvaluationCode.objects.select_for_update(of=("self",), no_key=True).filter(
        digest=code_digest(code)
    )
    slip = held.select_related("evaluation__cohort__region").first()
    if slip is None:
        raise NotFound(what="evaluation_code")
    if slip.is_used:
        raise CodeUsed()
    evaluation = slip.evaluation
    if not evaluation.is_open(on):
        raise EvaluationNotOpen()
    keys = [question["key"] for question in evaluation.questions]
    problems = {key: "field_choice" for key in keys if marks.get(key) not in MARKS}
    if len(comment) > LONGEST_COMMENT:
        problems["comment"] = "field_too_long"
    elif holds_personal_number(comment):
        problems["comment"] = "evaluation_number"
    if problems:
        raise InvalidInput(fields=problems)
    slip.is_used = True
    slip.save(update_fields=["is_used"])
    given = EvaluationAnswer.objects.create(evaluation=evaluation, comment=comment)
    EvaluationMark.objects.bulk_create(EvaluationMark(answer=given, key=key, mark=marks[key]) for key in keys)
    # That somebody answered, and on which evaluation: not who, with which code, or what.
    _audit("answered", evaluation, by=by, cohort=evaluation.cohort, on=on)


@transaction.atomic
def set_questions(
    *, by: Actor, on: date, federation: Federation, questions: Sequence[tuple[str, str]]
) -> Questionnaire:
    """The federation's own questions from this day on, as (Chinese, English or ""): the next version.

    Evaluations that are open keep theirs. Raises NotPermitted, InvalidInput.
    """
    path = federation.region.path
    require(by, Permission.STANDARD_EDIT, region_path=path)
    asked = [Question.asked(text.strip(), english.strip()) for text, english in questions if text.strip()]
    problem = ""
    if not asked or len(asked) > MOST_QUESTIONS:
        problem = "questions_count"
    elif len({question.key for question in asked}) < len(asked):
        problem = "already_held"
    elif any(len(text) > LONGEST_QUESTION for one in asked for text in (one.text, one.text_en)):
        problem = "field_too_long"
    elif any(disclosing_word(f"{one.text} {one.text_en}") for one in asked):
        problem = "question_discloses"
    if problem:
        raise InvalidInput(fields={"questions": problem}, most=MOST_QUESTIONS)
    Federation.objects.select_for_update(of=("self",), no_key=True).get(pk=federation.pk)
    last = Questionnaire.objects.filter(federation=federation).order_by("-version").first()
    made = Questionnaire.objects.create(
        federation=federation,
        version=last.version + 1 if last else 1,
        questions=[question.as_json() for question in asked],
        since=on,
    )
    audit.record(
        "questionnaire.set", made, by=by, region_path=path, version=made.version, questions=made.questions
    )
    return made


def _locked(evaluation: Evaluation) -> Evaluation:
    return lock(evaluation, "cohort__region")


def _require(by: Actor, cohort: Cohort) -> None:
    require(by, Permission.EVALUATION_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])


def _require_closing(closes_on: date, *, on: date) -> None:
    if closes_on < on:
        raise InvalidInput(fields={"closes_on": "date_before_start"})
    if (closes_on - on).days > LONGEST_DAYS:
        raise InvalidInput(fields={"closes_on": "evaluation_too_long"})


def _audit(
    verb: str, evaluation: Evaluation, *, by: Actor, cohort: Cohort, on: date, **facts: object
) -> None:
    path = cohort.region.path
    audit.record(f"evaluation.{verb}", evaluation, by=by, region_path=path, on=on.isoformat(), **facts)
