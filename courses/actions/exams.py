"""Writes of examinations (考核): arrange one and appoint the examiner, change that, take it back."""

from datetime import date
from typing import Any

from django.db import transaction

from courses.actions.cohorts import locked
from courses.errors import RecordsClosed
from courses.models import Cohort, Exam, ExamEntry
from courses.models.exams import ExamKind
from courses.queries.exams import candidates, entries_of, examiners
from courses.rules.cohorts import OPEN_TO_EXAMS
from courses.rules.exams import DEFAULT_THEORY_WEIGHT, weight
from courses.teaching_errors import ExamFinal, ExamHasMarks, NobodyToExamine
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Account
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require

FIELDS = ("held_on", "place", "examiner")


@transaction.atomic
def arrange(
    *,
    by: Actor,
    on: date,
    cohort: Cohort,
    held_on: date,
    examiner: Account,
    place: str = "",
    kind: str = ExamKind.BOTH,
    theory_weight: int = DEFAULT_THEORY_WEIGHT,
    is_resit: bool = False,
) -> Exam:
    """Arrange an examination of everybody who may sit it (queries/exams.py `candidates`); the weight in per cent.

    Who approves a cohort appoints its examiner, never the base. Raises NotPermitted, InvalidInput, RecordsClosed,
    NobodyToExamine.
    """
    cohort = locked(cohort)
    require(by, Permission.COHORT_APPROVE, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_EXAMS:
        raise RecordsClosed(state=cohort.state)
    exam = Exam(cohort=cohort, held_on=held_on, place=place.strip(), examiner=examiner, is_resit=is_resit)
    exam.kind, exam.theory_weight = kind, weight(kind, theory_weight)
    _check(exam, on=on)
    sitting = candidates(cohort, is_resit=is_resit)
    if not sitting:
        raise NobodyToExamine(is_resit=is_resit)
    exam.save()
    ExamEntry.objects.bulk_create(
        [ExamEntry(exam=exam, enrolment=one.enrolment, attempt=one.attempts + 1) for one in sitting],
        batch_size=BATCH_ROWS,
    )
    _audit("arranged", exam, by=by, on=on, candidates=len(sitting), **_facts(exam))
    return exam


@transaction.atomic
def edit(*, by: Actor, on: date, exam: Exam, **changes: Any) -> Exam:
    """Move an examination or appoint another examiner (`FIELDS`), until its results are final.

    Raises NotPermitted, InvalidInput, RecordsClosed, ExamFinal.
    """
    exam = open_exam(exam)
    cohort = exam.cohort
    require(by, Permission.COHORT_APPROVE, region_path=cohort.region.path, base_ids=[cohort.base_id])
    before = _facts(exam)
    for name, value in changes.items():
        if name not in FIELDS:
            raise TypeError(f"An examination has no editable {name}.")
        setattr(exam, name, value.strip() if isinstance(value, str) else value)
    _check(exam, on=on)
    after = _facts(exam)
    if before != after:
        exam.save(update_fields=list(FIELDS))
        _audit("edited", exam, by=by, on=on, before=before, after=after)
    return exam


@transaction.atomic
def cancel(*, by: Actor, on: date, exam: Exam) -> None:
    """Take back an examination without marks: its candidates have not used an attempt. Raises ExamHasMarks, ExamFinal."""
    exam = open_exam(exam)
    cohort = exam.cohort
    require(by, Permission.COHORT_APPROVE, region_path=cohort.region.path, base_ids=[cohort.base_id])
    marked = entries_of(exam).filter(theory__isnull=False) | entries_of(exam).filter(practice__isnull=False)
    if (marked | entries_of(exam).filter(is_absent=True)).exists():
        raise ExamHasMarks()
    _audit("cancelled", exam, by=by, on=on, **_facts(exam))
    exam.delete()


def open_exam(exam: Exam) -> Exam:
    """The examination as it is now, its cohort held first: it may still be changed and recorded.

    Raises RecordsClosed when the cohort is not taught or assessed (any more), ExamFinal.
    """
    cohort = locked(exam.cohort)
    if cohort.state not in OPEN_TO_EXAMS:
        raise RecordsClosed(state=cohort.state)
    held = (
        Exam.objects.select_for_update(of=("self",), no_key=True).select_related("examiner").get(pk=exam.pk)
    )
    held.cohort = cohort
    if held.submitted_on is not None:
        raise ExamFinal(on=str(held.submitted_on))
    return held


def _check(exam: Exam, *, on: date) -> None:
    require_valid(Exam, place=exam.place, kind=exam.kind)
    problems = {}
    if exam.held_on < exam.cohort.starts_on:
        problems["held_on"] = "exam_before_cohort"
    if exam.kind == ExamKind.BOTH and not 1 <= exam.theory_weight <= 99:
        problems["theory_weight"] = "exam_weight"
    if exam.examiner not in examiners(exam.cohort, on=on):
        problems["examiner"] = "exam_examiner"
    if problems:
        raise InvalidInput(fields=problems)


def _facts(exam: Exam) -> dict[str, Any]:
    return {
        "held_on": str(exam.held_on),
        "place": exam.place,
        "examiner": exam.examiner.public_id,
        "kind": exam.kind,
        "theory_weight": exam.theory_weight,
        "is_resit": exam.is_resit,
    }


def _audit(verb: str, exam: Exam, *, by: Actor, on: date, **facts: Any) -> None:
    cohort = exam.cohort
    audit.record(
        f"exam.{verb}",
        exam,
        by=by,
        region_path=cohort.region.path,
        on_day=str(on),
        cohort=cohort.public_id,
        **facts,
    )
