"""Policy plans: read, entered, put in force, withdrawn; their targets with progress."""

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from goals.actions import plan_edits as actions
from goals.actions.plan_edits import PlanText
from goals.models import Plan
from registry.api.days import Day
from registry.models import Region
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router()

Code = Annotated[str, Field(max_length=12)]
PublicId = Annotated[str, Field(max_length=12)]
Text = Annotated[str, Field(max_length=200)]


class PlanOut(Schema):
    """`state`: draft, in_force or withdrawn; those of the seed come with the register and are never edited."""

    id: str
    title: str
    period: str
    region_code: str
    document_number: str
    number_in_document: bool
    issuer: str
    issued_on: date | None
    state: str
    is_seeded: bool
    withdrawn_on: date | None
    withdrawn_reason: str

    @staticmethod
    def resolve_id(plan: Plan) -> str:
        return str(plan.public_id)

    @staticmethod
    def resolve_period(plan: Plan) -> str:
        return plan.period.key

    @staticmethod
    def resolve_region_code(plan: Plan) -> str:
        return plan.region.code


class PlanIn(Schema):
    """The particulars of a plan, as its document has them."""

    title: Text
    first_year: int
    last_year: int
    document_number: Text = ""
    issuer: Text = ""
    issued_on: Day | None = None

    def text(self) -> PlanText:
        own = self.dict()
        return PlanText(**{name: own[name] for name in PlanText.__dataclass_fields__})


class NewPlanIn(PlanIn):
    region: Code


class ReasonIn(Schema):
    reason: Text


@router.get("/plans", response=list[PlanOut], operation_id="list_plans")
def list_plans(request: ActorRequest) -> object:
    """All plans: published documents, for everybody who reads figures; drafts and withdrawn ones for their editors."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    return Plan.objects.visible_to(request.actor).select_related("region", "period")


@router.post("/plans", response=PlanOut, operation_id="draft_plan")
def draft_plan(request: ActorRequest, body: NewPlanIn) -> Any:
    """Begin a plan of a region; targets follow, then it is put in force."""
    require_somewhere(request.actor, Permission.PLAN_EDIT)
    region = one(Region.objects.all(), code=body.region)
    return actions.draft(by=request.actor, on=today(), region=region, text=body.text())


@router.put("/plans/{plan_id}", response=PlanOut, operation_id="edit_plan")
def edit_plan(request: ActorRequest, plan_id: PublicId, body: PlanIn) -> Any:
    """Change the particulars of a draft."""
    return actions.edit(by=request.actor, on=today(), plan=plan_of(request, plan_id), text=body.text())


@router.post("/plans/{plan_id}/put-in-force", response=PlanOut, operation_id="put_plan_in_force")
def put_plan_in_force(request: ActorRequest, plan_id: PublicId) -> Any:
    """Publish a draft: its targets are counted from now on, and it is no longer edited."""
    return actions.put_in_force(by=request.actor, on=today(), plan=plan_of(request, plan_id))


@router.post("/plans/{plan_id}/withdraw", response=PlanOut, operation_id="withdraw_plan")
def withdraw_plan(request: ActorRequest, plan_id: PublicId, body: ReasonIn) -> Any:
    """Take a plan back with a reason; it counts nowhere any more."""
    plan = plan_of(request, plan_id)
    return actions.withdraw(by=request.actor, on=today(), plan=plan, reason=body.reason)


def plan_of(request: ActorRequest, plan_id: str) -> Plan:
    """The plan, if the actor may know of it."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    rows = Plan.objects.visible_to(request.actor)
    return one(rows.select_related("region", "period"), public_id=plan_id)
