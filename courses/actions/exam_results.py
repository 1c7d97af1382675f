"""Writes of an examination's results: the examiner records, submits them as final, and corrects with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from courses.actions.cohorts import locked
from courses.actions.exams import open_exam
from courses.errors import BadScore, NotInCohort, ReasonMissing, RecordsClosed
from courses.models import AssessmentResult, Cohort, Exam, ExamCorrection, ExamEntry
from courses.queries.exams import entries_of, final_scores
from courses.rules import exams as rules
from courses.rules import scores as score_rules
from courses.rules.cohorts import OPEN_TO_EXAMS
from courses.rules.exams import Mark
from courses.teaching_errors import ExamAhead, ExamIncomplete, ExamNotFinal, NotTheExaminer
from registry.actions import audit
from registry.actions.values import require_valid
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def record(*, by: Actor, on: date, exam: Exam, marks: Mapping[int, Mark]) -> int:
    """Record marks by entry, an empty mark to take one away; how many entries were written.

    Doing so again with the same marks writes nothing. The audit row counts; it holds no marks. Raises NotPermitted,
    NotTheExaminer, ExamFinal, ExamAhead, RecordsClosed, BadScore, NotInCohort.
    """
    exam = open_exam(exam)
    _require_examiner(by, exam)
    if exam.held_on > on:
        raise ExamAhead(on=str(exam.held_on))
    held = {entry.pk: entry for entry in entries_of(exam)}
    if strange := set(marks) - set(held):
        raise NotInCohort(count=len(strange))
    changed = [held[pk] for pk, mark in marks.items() if _set(held[pk], mark, exam)]
    if changed:
        ExamEntry.objects.bulk_update(
            changed, ["theory", "practice", "is_absent", "score"], batch_size=BATCH_ROWS
        )
        _audit("recorded", exam, by=by, on=on, written=len(changed))
    return len(changed)


@dataclass(frozen=True)
class Recorded:
    """What came of texts that people typed: how many entries were written, and which part of which means nothing."""

    written: int
    problems: Mapping[tuple[int, str], str]


@transaction.atomic
def record_texts(*, by: Actor, on: date, exam: Exam, texts: Mapping[int, Mapping[str, str]]) -> Recorded:
    """Record marks as typed into a page or a sheet, by entry and part: good entries are kept, bad ones told.

    缺考 in any part means absent. A part that is not named stays as it is.
    """
    held = {entry.pk: entry for entry in entries_of(exam)}
    marks: dict[int, Mark] = {}
    problems: dict[tuple[int, str], str] = {}
    for pk, typed in texts.items():
        entry = held.get(pk)
        try:
            marks[pk] = _parsed(typed, entry)
        except _BadPart as bad:
            problems[pk, bad.part] = BadScore.code
    return Recorded(record(by=by, on=on, exam=exam, marks=marks), problems)


@transaction.atomic
def submit(*, by: Actor, on: date, exam: Exam) -> Exam:
    """Submit the results as final: they become the trainees' scores, by the attempt that counts.

    Submitted already changes nothing. Raises NotPermitted, NotTheExaminer, ExamIncomplete, ExamAhead, RecordsClosed.
    """
    if Exam.objects.filter(pk=exam.pk, submitted_on__isnull=False).exists():
        _require_examiner(by, exam)
        return Exam.objects.select_related("cohort__region").get(pk=exam.pk)
    exam = open_exam(exam)
    _require_examiner(by, exam)
    if exam.held_on > on:
        raise ExamAhead(on=str(exam.held_on))
    entries = list(entries_of(exam))
    missing = sum(not rules.is_settled(mark_of(entry), exam.kind) for entry in entries)
    if missing:
        raise ExamIncomplete(count=missing)
    exam.submitted_on = on
    exam.save(update_fields=["submitted_on"])
    _settle(exam.cohort, [entry.enrolment_id for entry in entries])
    absent = sum(entry.is_absent for entry in entries)
    _audit("submitted", exam, by=by, on=on, candidates=len(entries), absent=absent)
    return exam


@transaction.atomic
def correct(*, by: Actor, on: date, entry: ExamEntry, mark: Mark, reason: str) -> ExamEntry:
    """Change a final result, with what stood there and why kept beside it; the same mark again changes nothing.

    Raises NotPermitted, NotTheExaminer, ReasonMissing, BadScore, ExamNotFinal, RecordsClosed once the cohort's outcomes
    are frozen, ExamIncomplete when a part is missing.
    """
    cohort = locked(entry.exam.cohort)
    if cohort.state not in OPEN_TO_EXAMS:
        raise RecordsClosed(state=cohort.state)
    entry = (
        ExamEntry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("exam__examiner")
        .get(pk=entry.pk)
    )
    exam = entry.exam
    exam.cohort = cohort
    _require_examiner(by, exam)
    if exam.submitted_on is None:
        raise ExamNotFinal()
    reason = reason.strip()
    if not reason:
        raise ReasonMissing(field="reason")
    require_valid(ExamCorrection, reason=reason)
    before = mark_of(entry)
    if not _set(entry, mark, exam):
        return entry
    if not rules.is_settled(mark, exam.kind):
        raise ExamIncomplete(count=1)
    entry.save(update_fields=["theory", "practice", "is_absent", "score"])
    ExamCorrection.objects.create(
        entry=entry,
        theory_before=before.theory,
        practice_before=before.practice,
        was_absent=before.is_absent,
        reason=reason,
        corrected_on=on,
        corrected_by=by.name,
    )
    _settle(cohort, [entry.enrolment_id])
    _audit("corrected", exam, by=by, on=on, attempt=entry.attempt)
    return entry


def mark_of(entry: ExamEntry) -> Mark:
    return Mark(entry.theory, entry.practice, entry.is_absent)


def _require_examiner(by: Actor, exam: Exam) -> None:
    cohort = exam.cohort
    require(by, Permission.EXAM_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if not by.is_system and by.account_id != exam.examiner_id:
        raise NotTheExaminer(permission=Permission.EXAM_RECORD.value)


def _set(entry: ExamEntry, mark: Mark, exam: Exam) -> bool:
    """Put the mark into the entry; whether that changed it. Raises BadScore."""
    wanted = (
        Mark(is_absent=True)
        if mark.is_absent
        else Mark(_part(mark, exam, "theory"), _part(mark, exam, "practice"))
    )
    if wanted == mark_of(entry):
        return False
    entry.theory, entry.practice, entry.is_absent = wanted.theory, wanted.practice, wanted.is_absent
    entry.score = rules.score(wanted, exam.kind, exam.theory_weight)
    return True


_PARTS = ("theory", "practice")


def _part(mark: Mark, exam: Exam, part: str) -> Decimal | None:
    value: Decimal | None = getattr(mark, part)
    if value is None:
        return None
    if part not in rules.parts(exam.kind):
        raise BadScore(part=part)
    try:
        return score_rules.checked(value)
    except ValueError:
        raise BadScore(part=part) from None


class _BadPart(Exception):
    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def _parsed(typed: Mapping[str, str], entry: ExamEntry | None) -> Mark:
    if any(rules.says_absent(text) for text in typed.values()):
        return Mark(is_absent=True)
    parsed: dict[str, Decimal | None] = {}
    for part in _PARTS:
        if part not in typed:
            parsed[part] = getattr(entry, part, None)
            continue
        try:
            parsed[part] = score_rules.parse(typed[part])
        except ValueError:
            raise _BadPart(part) from None
    return Mark(parsed["theory"], parsed["practice"])


def _settle(cohort: Cohort, enrolments: list[int]) -> None:
    """Write the score that counts of all final attempts; who was absent each time has none."""
    counted = final_scores(cohort, enrolments)
    AssessmentResult.objects.bulk_create(
        [
            AssessmentResult(enrolment_id=enrolment, score=score, assessed_on=day)
            for enrolment, (score, day) in counted.items()
            if score is not None
        ],
        update_conflicts=True,
        unique_fields=["enrolment"],
        update_fields=["score", "assessed_on"],
        batch_size=BATCH_ROWS,
    )
    none = [enrolment for enrolment, (score, _day) in counted.items() if score is None]
    if none:
        AssessmentResult.objects.filter(enrolment__in=none).delete()


def _audit(verb: str, exam: Exam, *, by: Actor, on: date, **facts: object) -> None:
    cohort = exam.cohort
    path = cohort.region.path
    audit.record(
        f"exam.{verb}", exam, by=by, region_path=path, on_day=str(on), cohort=cohort.public_id, **facts
    )
