"""Reviews of cohorts by trainers and visitors, and the calls drawn by chance."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from courses.actions import reviews
from courses.models import CohortReview, SpotCall
from courses.views.cohorts import cohort_of
from courses.views.reviews import seen_review
from registry.api.days import Day
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require

router = Router(tags=["evaluations"])


class ReviewIn(Schema):
    """`kind`: trainer or inspection; `marks` from 5 to 1 for each criterion of the kind."""

    kind: str
    reviewed_on: Day
    reviewer: str
    marks: dict[str, int]
    findings: str = ""


class CallOut(Schema):
    id: int
    enrolment: str
    result: str
    note: str
    called_on: date | None
    called_by: str

    @staticmethod
    def resolve_enrolment(call: SpotCall) -> str:
        return str(call.enrolment.public_id)


class ReviewOut(Schema):
    public_id: str
    kind: str
    reviewed_on: date
    reviewer: str
    marks: dict[str, int]
    mean: float
    findings: str


class ReviewDetailOut(ReviewOut):
    calls: list[CallOut]

    @staticmethod
    def resolve_calls(review: CohortReview) -> Any:
        return list(review.calls.select_related("enrolment"))


class CallIn(Schema):
    """`result`: confirmed, denied or not_reached."""

    result: str
    note: str = ""


@router.get("/cohorts/{public_id}/reviews", response=list[ReviewOut], operation_id="list_cohort_reviews")
def list_cohort_reviews(request: ActorRequest, public_id: str) -> Any:
    """What trainers and visitors recorded of a cohort, latest first."""
    return CohortReview.objects.filter(cohort=cohort_of(request, public_id))


@router.post(
    "/cohorts/{public_id}/reviews", response={201: ReviewDetailOut}, operation_id="record_cohort_review"
)
def record_cohort_review(request: ActorRequest, public_id: str, data: ReviewIn) -> Any:
    """An inspection draws a tenth of the class to be called."""
    cohort = cohort_of(request, public_id)
    return 201, reviews.record(by=request.actor, on=today(), cohort=cohort, **data.dict())


@router.get("/reviews/{public_id}", response=ReviewDetailOut, operation_id="get_cohort_review")
def get_cohort_review(request: ActorRequest, public_id: str) -> Any:
    return seen_review(request, public_id)


@router.post("/reviews/{public_id}/draw", response=ReviewDetailOut, operation_id="draw_another_call")
def draw_another_call(request: ActorRequest, public_id: str) -> Any:
    """One more of the class, by chance."""
    held = seen_review(request, public_id)
    reviews.draw_another(by=request.actor, on=today(), review=held)
    return held


@router.post(
    "/reviews/{public_id}/calls/{call_id}", response=ReviewDetailOut, operation_id="record_spot_call"
)
def record_spot_call(request: ActorRequest, public_id: str, call_id: int, data: CallIn) -> Any:
    """What a trainee who was drawn said on the telephone."""
    held = seen_review(request, public_id)
    require(request.actor, Permission.EVALUATION_RECORD, region_path=held.cohort.region.path)
    call = one(SpotCall.objects.all(), review=held, pk=call_id)
    reviews.record_call(by=request.actor, on=today(), call=call, **data.dict())
    return held
