"""Service files, individual service plans (一人一策, 一生一策), and poor households in which nobody works."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import service_plans
from courses.api.cohorts import Code
from courses.api.employment import person_of
from courses.models import ServicePlan
from courses.queries import households, service_files
from courses.queries import service_plans as queries
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.models import Person
from registry.queries import regions
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["services"])

Text = Annotated[str, Field(max_length=2000)]


class StepOut(Schema):
    """`kind`: one of “四个一” or of “131”."""

    kind: str
    asked: int
    done: int


class ServiceFileOut(Schema):
    """What is owed to the person in the day's year; both lists are empty where nothing is."""

    year: int
    is_employed: bool | None
    wants_work: bool | None
    four_ones: list[StepOut]
    one_three_one: list[StepOut]
    missing: list[str]


class ServicePlanOut(Schema):
    public_id: str
    person: str
    kind: str
    aim: str
    steps: str
    opened_on: date
    reviewed_on: date | None
    closed_on: date | None
    closed_reason: str

    @staticmethod
    def resolve_person(row: ServicePlan) -> str:
        return str(row.person.public_id)


class ServicePlanPage(PageOut):
    items: list[ServicePlanOut]


class PlanIn(Schema):
    kind: Code
    aim: Text
    steps: Text = ""
    opened_on: Day


class ReviewIn(Schema):
    """What came of the plan, and aim and steps as they are from now on."""

    reviewed_on: Day
    finding: Text
    aim: Text
    steps: Text = ""


class CloseIn(Schema):
    closed_on: Day
    reason: Code


class PlansIn(Schema):
    """`show`: to_review, open or closed; `whose`: mine, nobody, or everybody's; `region`: a code."""

    show: Code = "to_review"
    kind: Code = ""
    whose: Code = ""
    region: Code = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class HouseholdsIn(Schema):
    whose: Code = ""
    region: Code = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class HouseholdOut(Schema):
    """The disabled person of the household, and its registered family."""

    public_id: str
    name: str
    members: list[str]

    @staticmethod
    def resolve_members(row: Any) -> list[str]:
        return [member.public_id for member in row.members]


class HouseholdPage(PageOut):
    items: list[HouseholdOut]


@router.get("/people/{public_id}/service-file", response=ServiceFileOut, operation_id="get_service_file")
def get_service_file(request: ActorRequest, public_id: str) -> Any:
    """“四个一” and “131” of the person this year."""
    person = _editable(request, public_id)
    owed = service_files.owed(person, on=today())
    return {
        "year": today().year,
        "is_employed": owed.situation.is_employed,
        "wants_work": owed.situation.wants_work,
        "four_ones": owed.four_ones,
        "one_three_one": owed.one_three_one,
        "missing": [step.kind.value for step in owed.missing],
    }


@router.get(
    "/people/{public_id}/service-plans", response=list[ServicePlanOut], operation_id="list_service_plans_of"
)
def list_service_plans_of(request: ActorRequest, public_id: str) -> Any:
    """Every plan of a person, the latest first; for those who may edit them."""
    person = _editable(request, public_id)
    return ServicePlan.objects.filter(person=person).select_related("person")


@router.post("/people/{public_id}/service-plans", response=ServicePlanOut, operation_id="open_service_plan")
def open_service_plan(request: ActorRequest, public_id: str, asked: PlanIn) -> Any:
    """Open a plan for a person who has none that is open."""
    person = _editable(request, public_id)
    return service_plans.open_plan(by=request.actor, on=today(), person=person, **asked.dict())


@router.get("/service-plans", response=ServicePlanPage, operation_id="list_service_plans")
def list_service_plans(request: ActorRequest, filters: Query[PlansIn]) -> Any:
    """Plans of people whom the actor may edit, the longest not looked at first, 50 a page."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    region = regions.named(filters.region, on=today()) if filters.region else None
    rows = queries.listed(
        request.actor,
        on=today(),
        show=filters.show,
        kind=filters.kind,
        region=region,
        whose=filters.whose,
    )
    return paged(rows, filters.page)


@router.post(
    "/service-plans/{public_id}/reviews", response=ServicePlanOut, operation_id="review_service_plan"
)
def review_service_plan(request: ActorRequest, public_id: str, asked: ReviewIn) -> Any:
    plan = _plan(request, public_id)
    return service_plans.review(by=request.actor, on=today(), plan=plan, **asked.dict())


@router.post("/service-plans/{public_id}/close", response=ServicePlanOut, operation_id="close_service_plan")
def close_service_plan(request: ActorRequest, public_id: str, asked: CloseIn) -> Any:
    """`reason`: achieved, declined, moved, not_due or other."""
    plan = _plan(request, public_id)
    return service_plans.close(by=request.actor, on=today(), plan=plan, **asked.dict())


@router.get("/households", response=HouseholdPage, operation_id="list_households_without_work")
def list_households_without_work(request: ActorRequest, filters: Query[HouseholdsIn]) -> Any:
    """脱贫户 and 防返贫监测对象 households with somebody who can and wants to work, and nobody who does."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    region = regions.named(filters.region, on=today()) if filters.region else None
    rows = households.without_work(request.actor, on=today(), region=region, whose=filters.whose)
    return paged(rows, filters.page)


def _editable(request: ActorRequest, public_id: str) -> Person:
    person = person_of(request, public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(person))
    return person


def _plan(request: ActorRequest, public_id: str) -> ServicePlan:
    rows = ServicePlan.objects.visible_to(request.actor).select_related("person__region")
    plan = one(rows, public_id=public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(plan.person))
    return plan
