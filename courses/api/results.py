"""Results of the completion assessment, and the outcomes that the rules make of them."""

from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import assessments, outcomes
from courses.api.attendance import WrittenOut
from courses.api.cohorts import PublicId, cohort_of
from courses.errors import NotInCohort
from courses.models import Enrolment
from courses.queries.outcomes import previews
from registry.api.days import Day
from registry.requests import ActorRequest, today

router = Router(tags=["results"])


class ScoreIn(Schema):
    """`score`: 0 to 100 with at most one decimal, none to take it away."""

    enrolment: PublicId
    score: Annotated[Decimal | None, Field(allow_inf_nan=False, max_digits=12)]


class ScoresIn(Schema):
    assessed_on: Day
    scores: Annotated[list[ScoreIn], Field(max_length=10_000)]


class OutcomeOut(Schema):
    """What the records lead to; `is_decided` when the enrolment says so already."""

    enrolment: str
    attended_hours: int
    planned_hours: int
    score: Decimal | None
    outcome: str
    rule: str
    is_decided: bool


class DecidedOut(Schema):
    """How many trainees have which outcome."""

    completed: int
    failed: int
    withdrew: int
    pending: int


@router.put("/{public_id}/results", response=WrittenOut, operation_id="record_results")
def record_results(request: ActorRequest, public_id: str, asked: ScoresIn) -> Any:
    """Record scores, all or none; trainees not named stay as they are."""
    cohort = cohort_of(request, public_id)
    enrolments = dict(Enrolment.objects.filter(cohort=cohort).values_list("public_id", "pk"))
    unknown = sum(one.enrolment not in enrolments for one in asked.scores)
    if unknown:
        raise NotInCohort(count=unknown)
    scores = {enrolments[one.enrolment]: one.score for one in asked.scores}
    return assessments.record(
        by=request.actor, on=today(), cohort=cohort, scores=scores, assessed_on=asked.assessed_on
    )


@router.get("/{public_id}/outcomes", response=list[OutcomeOut], operation_id="list_outcomes")
def list_outcomes(request: ActorRequest, public_id: str) -> Any:
    """What the rules make of the records of each trainee."""
    return [
        {
            "enrolment": row.enrolment.public_id,
            "attended_hours": row.attended_hours,
            "planned_hours": row.planned_hours,
            "score": row.score,
            "outcome": row.decision.outcome,
            "rule": row.decision.rule,
            "is_decided": row.is_decided,
        }
        for row in previews(cohort_of(request, public_id))
    ]


@router.post("/{public_id}/outcomes", response=DecidedOut, operation_id="decide_outcomes")
def decide_outcomes(request: ActorRequest, public_id: str) -> Any:
    """Decide every trainee; doing so again changes nothing."""
    return outcomes.decide(by=request.actor, on=today(), cohort=cohort_of(request, public_id))
