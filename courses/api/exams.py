"""Examinations (考核) and their results."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import exam_results, exams
from courses.api.cohorts import Code, PublicId, cohort_of
from courses.errors import NotInCohort
from courses.models import Cohort, Exam, ExamEntry
from courses.queries import exams as queries
from courses.rules.exams import DEFAULT_THEORY_WEIGHT, Mark
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput
from registry.models import Account
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["exams"])

Score = Annotated[Decimal | None, Field(allow_inf_nan=False, max_digits=12)]
Text = Annotated[str, Field(max_length=300)]


class ExamOut(Schema):
    """`cohort` and `examiner`: public ids; the weight of theory in per cent; `submitted_on` once results are final."""

    public_id: str
    cohort: str
    is_resit: bool
    held_on: date
    place: str
    examiner: str
    kind: str
    theory_weight: int
    submitted_on: date | None

    @staticmethod
    def resolve_cohort(exam: Exam) -> str:
        return str(exam.cohort.public_id)

    @staticmethod
    def resolve_examiner(exam: Exam) -> str:
        return str(exam.examiner.public_id)


class ExamPage(PageOut):
    items: list[ExamOut]


class ExamIn(Schema):
    """`examiner`: public id of an account, see `list_examiners`."""

    held_on: Day
    place: Text = ""
    examiner: PublicId
    kind: Code = "both"
    theory_weight: Annotated[int, Field(ge=0, le=1000)] = DEFAULT_THEORY_WEIGHT
    is_resit: bool = False


class ExamChangesIn(Schema):
    """Only what is to change."""

    held_on: Day | None = None
    place: Text | None = None
    examiner: PublicId | None = None


class ExaminerOut(Schema):
    public_id: str
    name: str


class EntryOut(Schema):
    """One candidate; `score` is the weighted one."""

    enrolment: str
    attempt: int
    theory: Decimal | None
    practice: Decimal | None
    is_absent: bool
    score: Decimal | None
    corrections: int

    @staticmethod
    def resolve_enrolment(entry: ExamEntry) -> str:
        return str(entry.enrolment.public_id)

    @staticmethod
    def resolve_corrections(entry: ExamEntry) -> int:
        return len(entry.corrections.all())


class MarkIn(Schema):
    """Marks 0 to 100 of the parts of the examination, or `is_absent`; all empty takes the mark away."""

    enrolment: PublicId
    theory: Score = None
    practice: Score = None
    is_absent: bool = False


class MarksIn(Schema):
    marks: Annotated[list[MarkIn], Field(max_length=10_000)]


class CorrectionIn(Schema):
    theory: Score = None
    practice: Score = None
    is_absent: bool = False
    reason: Text


class RecordedOut(Schema):
    """How many candidates were written; what was already so is not counted."""

    written: int


@router.get("/exams", response=ExamPage, operation_id="list_exams")
def list_exams(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    """Examinations of the cohorts in reach, the latest first, 50 a page."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    rows = Exam.objects.visible_to(request.actor).select_related("cohort", "examiner")
    return paged(rows.order_by("-held_on", "-pk"), page)


@router.get("/cohorts/{public_id}/exams", response=list[ExamOut], operation_id="list_cohort_exams")
def list_cohort_exams(request: ActorRequest, public_id: str) -> Any:
    """The examinations of a cohort in order of time."""
    return list(queries.exams_of(cohort_of(request, public_id)))


@router.get("/cohorts/{public_id}/examiners", response=list[ExaminerOut], operation_id="list_examiners")
def list_examiners(request: ActorRequest, public_id: str) -> Any:
    """Who may be sent to examine the cohort."""
    cohort = _to_arrange(request, public_id)
    return queries.examiners(cohort, on=today())


@router.post("/cohorts/{public_id}/exams", response=ExamOut, operation_id="arrange_exam")
def arrange_exam(request: ActorRequest, public_id: str, asked: ExamIn) -> Any:
    """Arrange an examination of everybody who may sit it."""
    cohort = _to_arrange(request, public_id)
    values = asked.dict() | {"examiner": _examiner(cohort, asked.examiner)}
    return exams.arrange(by=request.actor, on=today(), cohort=cohort, **values)


@router.get("/exams/{public_id}", response=ExamOut, operation_id="get_exam")
def get_exam(request: ActorRequest, public_id: str) -> Any:
    """One examination in reach."""
    return _exam(request, public_id)


@router.patch("/exams/{public_id}", response=ExamOut, operation_id="edit_exam")
def edit_exam(request: ActorRequest, public_id: str, asked: ExamChangesIn) -> Any:
    """Move an examination or send another examiner, until its results are final."""
    exam = _exam(request, public_id)
    changes: dict[str, Any] = {name: value for name, value in asked.dict().items() if value is not None}
    cohort = exam.cohort
    require(
        request.actor, Permission.COHORT_APPROVE, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    if "examiner" in changes:
        changes["examiner"] = _examiner(cohort, changes["examiner"])
    return exams.edit(by=request.actor, on=today(), exam=exam, **changes)


@router.delete("/exams/{public_id}", response={204: None}, operation_id="cancel_exam")
def cancel_exam(request: ActorRequest, public_id: str) -> Any:
    """Take back an examination without marks."""
    exams.cancel(by=request.actor, on=today(), exam=_exam(request, public_id))
    return 204, None


@router.get("/exams/{public_id}/results", response=list[EntryOut], operation_id="list_exam_results")
def list_exam_results(request: ActorRequest, public_id: str) -> Any:
    """The candidates with their marks, in roster order."""
    return list(queries.entries_of(_exam(request, public_id)))


@router.put("/exams/{public_id}/results", response=RecordedOut, operation_id="record_exam_results")
def record_exam_results(request: ActorRequest, public_id: str, asked: MarksIn) -> Any:
    """Record marks, all or none; candidates not named stay as they are."""
    exam = _exam(request, public_id)
    entries = {entry.enrolment.public_id: entry.pk for entry in queries.entries_of(exam)}
    unknown = sum(one.enrolment not in entries for one in asked.marks)
    if unknown:
        raise NotInCohort(count=unknown)
    marks = {entries[one.enrolment]: Mark(one.theory, one.practice, one.is_absent) for one in asked.marks}
    return {"written": exam_results.record(by=request.actor, on=today(), exam=exam, marks=marks)}


@router.post("/exams/{public_id}/submit", response=ExamOut, operation_id="submit_exam")
def submit_exam(request: ActorRequest, public_id: str) -> Any:
    """Submit the results as final; doing so again changes nothing."""
    exam_results.submit(by=request.actor, on=today(), exam=_exam(request, public_id))
    return _exam(request, public_id)


@router.post(
    "/exams/{public_id}/results/{enrolment_id}/correct",
    response=EntryOut,
    operation_id="correct_exam_result",
)
def correct_exam_result(request: ActorRequest, public_id: str, enrolment_id: str, asked: CorrectionIn) -> Any:
    """Change one final result, with the reason."""
    exam = _exam(request, public_id)
    rows = queries.entries_of(exam)
    entry = one(rows, enrolment__public_id=enrolment_id)
    mark = Mark(asked.theory, asked.practice, asked.is_absent)
    exam_results.correct(by=request.actor, on=today(), entry=entry, mark=mark, reason=asked.reason)
    return rows.get(pk=entry.pk)


def _to_arrange(request: ActorRequest, public_id: str) -> Cohort:
    cohort = cohort_of(request, public_id)
    require(
        request.actor, Permission.COHORT_APPROVE, region_path=cohort.region.path, base_ids=[cohort.base_id]
    )
    return cohort


def _examiner(cohort: Cohort, public_id: str) -> Account:
    """An account that may examine; whether another one exists is not said."""
    fit = {account.public_id: account for account in queries.examiners(cohort, on=today())}
    if public_id not in fit:
        raise InvalidInput(fields={"examiner": "exam_examiner"})
    return fit[public_id]


def _exam(request: ActorRequest, public_id: str) -> Exam:
    return one(queries.counted(Exam.objects.visible_to(request.actor)), public_id=public_id)
