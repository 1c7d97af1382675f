"""Yearly evaluations of bases: starting a year, and each step as the page of the evaluation offers it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from registry.actions import base_evaluations as actions
from registry.api.pages import PageOut, paged
from registry.api.steps import StepIn, answers
from registry.errors import InvalidInput
from registry.models import BaseEvaluation
from registry.models.base_evaluations import EvaluationResult, EvaluationState
from registry.queries import base_evaluations as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views import evaluation_steps

router = Router(tags=["base-evaluations"])
Year = Annotated[int, Field(ge=2000, le=2199)]


class EvaluationFilterIn(Schema):
    year: Year | None = None
    state: str = ""
    result: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class StartIn(Schema):
    """`federation` is a public id; `year` this one or the last."""

    federation: str
    year: Year


class StartedOut(Schema):
    started: int


class EvaluationOut(Schema):
    """`criteria` and `thresholds` are those of the day on which it was started."""

    public_id: str
    base: str
    federation: str
    year: int
    state: str
    state_since: date
    criteria: list[dict[str, Any]]
    thresholds: dict[str, int]
    self_points: list[int]
    self_text: str
    points: list[int]
    score: Decimal | None
    opinion: str
    result: str
    mend_what: str
    mend_by: date | None
    mended_on: date | None
    mended_text: str
    mend_accepted_on: date | None

    @staticmethod
    def resolve_base(evaluation: BaseEvaluation) -> str:
        return str(evaluation.base.public_id)

    @staticmethod
    def resolve_federation(evaluation: BaseEvaluation) -> str:
        return str(evaluation.federation.public_id)


class EvaluationPage(PageOut):
    items: list[EvaluationOut]


@router.get("", response=EvaluationPage, operation_id="list_base_evaluations")
def list_base_evaluations(request: ActorRequest, filters: Query[EvaluationFilterIn]) -> Any:
    """Evaluations in reach, the latest year first."""
    require_somewhere(request.actor, Permission.BASE_READ)
    known = {"state": EvaluationState.values, "result": EvaluationResult.values}
    asked = filters.dict(exclude={"page"})
    problems = {name: "field_choice" for name, values in known.items() if asked[name] not in ("", *values)}
    if problems:
        raise InvalidInput(fields=problems)
    return paged(queries.listed(BaseEvaluation.objects.visible_to(request.actor), **asked), filters.page)


@router.post("", response=StartedOut, operation_id="start_base_evaluations")
def start_base_evaluations(request: ActorRequest, body: StartIn) -> Any:
    """Open the year for every base with a plaque of the federation."""
    require_somewhere(request.actor, Permission.BASE_EVALUATE)
    federation = one(queries.evaluating(request.actor), public_id=body.federation)
    return {
        "started": len(actions.start(by=request.actor, on=today(), federation=federation, year=body.year))
    }


@router.get("/{public_id}", response=EvaluationOut, operation_id="get_base_evaluation")
def get_base_evaluation(request: ActorRequest, public_id: str) -> Any:
    return queries.seen(request.actor, public_id)


@router.post("/{public_id}/{step}", response=EvaluationOut, operation_id="step_base_evaluation")
def step_base_evaluation(request: ActorRequest, public_id: str, step: str, body: StepIn) -> Any:
    """assess, score, decide, send-back; report, accept or refuse what was to be mended."""
    shown = queries.seen(request.actor, public_id)
    done = evaluation_steps.open_step(request.actor, shown, step)
    done.run(by=request.actor, on=today(), evaluation=shown, **answers(done.form(shown, None), body))
    return queries.seen(request.actor, public_id)
