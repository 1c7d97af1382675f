"""Policy plans and their targets with progress."""

from datetime import date
from decimal import Decimal

from ninja import Router, Schema

from goals.api.coverage import FiguresOut
from goals.models import Plan, Target
from goals.queries import progress
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router()


class PlanOut(Schema):
    id: str
    title: str
    period: str
    region_code: str
    document_number: str
    number_in_document: bool
    issued_on: date | None

    @staticmethod
    def resolve_id(plan: Plan) -> str:
        return str(plan.public_id)

    @staticmethod
    def resolve_period(plan: Plan) -> str:
        return plan.period.key

    @staticmethod
    def resolve_region_code(plan: Plan) -> str:
        return plan.region.code


class ProgressOut(Schema):
    """`kind` says which fields hold a figure: coverage, trained, employed or bases; or why there is none."""

    kind: progress.Kind
    as_of: date | None
    met: bool | None
    figures: FiguresOut | None
    persons: int | None
    enrolments: int | None
    regions: int | None
    regions_with: int | None
    without: list[str]

    @staticmethod
    def resolve_without(found: progress.Progress) -> list[str]:
        return [region.code for region in found.without]


class TargetOut(Schema):
    code: str
    metric: str
    metric_name: str
    period_kind: str
    operator: str
    value: Decimal | None
    due: str
    unit: str
    per: str
    scope: str
    first_year: int
    last_year: int
    quote: str
    quote_simplified: str
    note: str
    source: str
    repeats: str | None

    @staticmethod
    def resolve_repeats(target: Target) -> str | None:
        return target.repeats.code if target.repeats else None


class TargetProgressOut(Schema):
    target: TargetOut
    progress: ProgressOut


@router.get("/plans", response=list[PlanOut], operation_id="list_plans")
def list_plans(request: ActorRequest) -> object:
    """All plans: published documents, for everybody who reads figures."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    return Plan.objects.select_related("region", "period")


@router.get("/plans/{plan_id}/targets", response=list[TargetProgressOut], operation_id="list_targets")
def list_targets(request: ActorRequest, plan_id: str) -> object:
    """The plan's targets; their progress is withheld from those who do not read the figures of its region."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    plan = one(Plan.objects.select_related("region", "period"), public_id=plan_id)
    within = request.actor.may(Permission.FIGURES_READ, region_path=plan.region.path)
    rows = progress.of_plan(plan, on=today()) if within else progress.without_figures(plan)
    return [{"target": target, "progress": found} for target, found in rows]
