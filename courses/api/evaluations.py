"""Evaluations: opened and read by staff, answered by whoever holds a code, and what may be told of the answers."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import evaluations
from courses.api.evaluation_results import FiguresOut, figures_out
from courses.errors import CodeUsed, EvaluationNotOpen
from courses.models import Evaluation
from courses.queries import evaluations as queries
from courses.rules.evaluations import read_code
from courses.views.cohorts import cohort_of, may
from courses.views.evaluation_form import asked, by_code
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput, NotFound
from registry.models import Federation
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["evaluations"])


class EvaluationFilterIn(Schema):
    """`state`: open or closed."""

    state: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class EvaluationOut(Schema):
    public_id: str
    cohort: str
    opened_on: date
    closes_on: date
    invited: int
    answers: int


class ListedEvaluationOut(EvaluationOut):
    @staticmethod
    def resolve_cohort(evaluation: Any) -> str:
        return str(evaluation.cohort.public_id)

    @staticmethod
    def resolve_answers(evaluation: Any) -> int:
        return int(evaluation.answers_count)


class EvaluationPage(PageOut):
    items: list[ListedEvaluationOut]


class CohortEvaluationOut(Schema):
    evaluation: EvaluationOut
    figures: FiguresOut
    comments: list[str]


class ClosingIn(Schema):
    closes_on: Day


class SlipsOut(Schema):
    """Told this once: earlier codes that were not used open nothing any more."""

    codes: list[str]


class QuestionOut(Schema):
    key: str
    question: str


class FormOut(Schema):
    """What is asked; each question is marked from 5 (very satisfied) to 1."""

    closes_on: date
    questions: list[QuestionOut]


class AnswerIn(Schema):
    marks: dict[str, int]
    comment: str = ""


class QuestionIn(Schema):
    text: str
    text_en: str = ""


class QuestionsIn(Schema):
    questions: list[QuestionIn]


class QuestionnaireOut(Schema):
    version: int
    since: date
    questions: list[dict[str, str]]


@router.get("/evaluations", response=EvaluationPage, operation_id="list_evaluations")
def list_evaluations(request: ActorRequest, filters: Query[EvaluationFilterIn]) -> Any:
    """Evaluations in reach, the last to close first."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    if filters.state not in ("", "open", "closed"):
        raise InvalidInput(fields={"state": "field_choice"})
    rows = queries.listing(Evaluation.objects.visible_to(request.actor), on=today(), state=filters.state)
    return paged(rows, filters.page)


@router.get(
    "/cohorts/{public_id}/evaluation", response=CohortEvaluationOut, operation_id="get_cohort_evaluation"
)
def get_cohort_evaluation(request: ActorRequest, public_id: str) -> Any:
    """The evaluation of a cohort; its figures once it is closed."""
    return _told(request, public_id)


@router.post(
    "/cohorts/{public_id}/evaluation", response={201: CohortEvaluationOut}, operation_id="open_evaluation"
)
def open_evaluation(request: ActorRequest, public_id: str, data: ClosingIn) -> Any:
    """Open it with the questions of the nearest federation that set its own."""
    cohort = cohort_of(request, public_id)
    evaluations.open_evaluation(by=request.actor, on=today(), cohort=cohort, closes_on=data.closes_on)
    return 201, _told(request, public_id)


@router.post(
    "/cohorts/{public_id}/evaluation/extend", response=CohortEvaluationOut, operation_id="extend_evaluation"
)
def extend_evaluation(request: ActorRequest, public_id: str, data: ClosingIn) -> Any:
    """Another last day, while it is open."""
    held = _held(request, public_id)
    evaluations.extend(by=request.actor, on=today(), evaluation=held, closes_on=data.closes_on)
    return _told(request, public_id)


@router.post(
    "/cohorts/{public_id}/evaluation/slips", response=SlipsOut, operation_id="print_evaluation_slips"
)
def print_evaluation_slips(request: ActorRequest, public_id: str) -> Any:
    """New codes for everyone who has not answered."""
    held = _held(request, public_id)
    return {"codes": evaluations.print_slips(by=request.actor, on=today(), evaluation=held)}


@router.get("/evaluate/{code}", auth=None, response=FormOut, operation_id="get_evaluation_form")
def get_evaluation_form(request: ActorRequest, code: str) -> Any:
    """The questions behind a code; anyone who holds it."""
    slip = by_code(request, code)
    if slip is None:
        raise NotFound(what="evaluation_code")
    if slip.is_used:
        raise CodeUsed()
    if not slip.evaluation.is_open(today()):
        raise EvaluationNotOpen()
    asking = queries.read_questions(slip.evaluation.questions)
    return {
        "closes_on": slip.evaluation.closes_on,
        "questions": [{"key": one.key, "question": one.text or str(asked(one))} for one in asking],
    }


@router.post("/evaluate/{code}", auth=None, response={204: None}, operation_id="answer_evaluation")
def answer_evaluation(request: ActorRequest, code: str, data: AnswerIn) -> Any:
    """One answer for one code; nothing leads from it to anybody."""
    if by_code(request, code) is None:
        raise NotFound(what="evaluation_code")
    evaluations.answer(by=request.actor, on=today(), code=read_code(code), **data.dict())
    return 204, None


@router.post(
    "/questionnaires/{public_id}", response={201: QuestionnaireOut}, operation_id="set_evaluation_questions"
)
def set_evaluation_questions(request: ActorRequest, public_id: str, data: QuestionsIn) -> Any:
    """The questions of a federation (by its public id) from today on: the next version."""
    federation = one(
        Federation.objects.visible_to(request.actor).select_related("region"), public_id=public_id
    )
    given = [(question.text, question.text_en) for question in data.questions]
    return 201, evaluations.set_questions(
        by=request.actor, on=today(), federation=federation, questions=given
    )


def _held(request: ActorRequest, public_id: str) -> Evaluation:
    return one(
        Evaluation.objects.visible_to(request.actor).select_related("cohort"),
        cohort=cohort_of(request, public_id),
    )


def _told(request: ActorRequest, public_id: str) -> dict[str, Any]:
    held, on = _held(request, public_id), today()
    figures = queries.of_cohort(held, on=on)
    may_read = may(request, Permission.EVALUATION_RECORD, held.cohort)
    return {
        "evaluation": {
            "public_id": held.public_id,
            "cohort": public_id,
            "opened_on": held.opened_on,
            "closes_on": held.closes_on,
            "invited": held.invited,
            "answers": figures.answers,
        },
        "figures": figures_out(figures),
        "comments": queries.comments(held, on=on) if may_read else [],
    }
