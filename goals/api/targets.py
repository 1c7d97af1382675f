"""Targets of drafts, figures reported by hand, and the cascade."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from goals.actions import allocations as split_actions
from goals.actions import reported_figures as figure_actions
from goals.actions import targets as actions
from goals.actions.targets import NewTarget
from goals.api.plans import Code, PublicId, ReasonIn, Text, plan_of
from goals.api.progress import ReadingOut, TargetOut, TargetProgressOut, shown
from goals.models import Plan, ReportedFigure, Target
from goals.queries import allocations, progress
from goals.queries.plans import region_within
from goals.queries.sources import is_divisible
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import NotFound
from registry.models import Region
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router()

TargetCode = Annotated[str, Field(max_length=24)]
Number = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]
Long = Annotated[str, Field(max_length=1_000)]


class TargetIn(Schema):
    """`metric`: the key of an indicator (docs/indicators.md), or "reported" with a `metric_name` of its own."""

    metric: Text
    operator: Text
    period_kind: Text
    first_year: int
    last_year: int
    quote: Long
    value: Number | None = None
    due_on: Day | None = None
    unit: Text = "人"
    per: Text = "region"
    metric_name: Text = ""
    note: Long = ""

    def target(self) -> NewTarget:
        return NewTarget(**self.dict())


class FigureIn(Schema):
    """`value`, or of a target with a date `done_on`; of a yearly target its `year`."""

    region: Code
    source: Text
    value: Number | None = None
    done_on: Day | None = None
    as_of: Day | None = None
    year: int | None = None


class FigureOut(Schema):
    id: str
    region_code: str
    year: int | None
    value: Decimal | None
    done_on: date | None
    as_of: date
    source: str
    recorded_on: date
    undone_on: date | None
    undone_reason: str

    @staticmethod
    def resolve_id(row: ReportedFigure) -> str:
        return str(row.public_id)

    @staticmethod
    def resolve_region_code(row: ReportedFigure) -> str:
        return row.region.code


class FigurePage(PageOut):
    items: list[FigureOut]


class SplitIn(Schema):
    """Shares by the code of each region right below; null takes one away."""

    region: Code
    values: dict[Code, Number | None]


class ShareOut(Schema):
    region_code: str
    value: Decimal | None
    reading: ReadingOut


class SplitOut(Schema):
    """`total`: what the region answers for (null: nobody gave it any); `given` to those below."""

    region_code: str
    total: Decimal | None
    given: Decimal
    unallocated: Decimal
    over: Decimal
    rows: list[ShareOut]


@router.get("/plans/{plan_id}/targets", response=list[TargetProgressOut], operation_id="list_targets")
def list_targets(request: ActorRequest, plan_id: PublicId, region: Code = "") -> object:
    """The plan's targets with their progress in its region, or in `region` below; withheld from readers outside."""
    plan = plan_of(request, plan_id)
    held = region_within(request.actor, plan, region)
    rows = progress.of_plan(plan, on=today(), region=held) if held else progress.without_figures(plan)
    return [shown(target, found) for target, found in rows]


@router.post("/plans/{plan_id}/targets", response=TargetOut, operation_id="add_target")
def add_target(request: ActorRequest, plan_id: PublicId, body: TargetIn) -> Any:
    """Add a target to a draft; the answer has the code that it keeps."""
    return actions.add(by=request.actor, plan=plan_of(request, plan_id), target=body.target())


@router.put("/targets/{code}", response=TargetOut, operation_id="change_target")
def change_target(request: ActorRequest, code: TargetCode, body: TargetIn) -> Any:
    """Change a target of a draft."""
    return actions.change(by=request.actor, target=_target(request, code), to=body.target())


@router.delete("/targets/{code}", response={204: None}, operation_id="remove_target")
def remove_target(request: ActorRequest, code: TargetCode) -> Any:
    """Remove a target of a draft."""
    actions.remove(by=request.actor, target=_target(request, code))
    return 204, None


@router.get("/targets/{code}/reported", response=FigurePage, operation_id="list_reported_figures")
def list_reported_figures(
    request: ActorRequest, code: TargetCode, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
) -> Any:
    """What was reported by hand of a target in the regions in reach, the latest first; undone ones too."""
    rows = ReportedFigure.objects.visible_to(request.actor).filter(target=_target(request, code))
    return paged(rows.select_related("region"), page)


@router.post("/targets/{code}/reported", response=FigureOut, operation_id="report_figure")
def report_figure(request: ActorRequest, code: TargetCode, body: FigureIn) -> Any:
    """Enter a figure of a target that the register does not count; "000000" for the nation's average."""
    target = _target(request, code)
    region = one(Region.objects.all(), code=body.region)
    typed = body.dict(exclude={"region"})
    return figure_actions.report(by=request.actor, on=today(), target=target, region=region, **typed)


@router.post("/reported/{figure_id}/undo", response=FigureOut, operation_id="undo_figure")
def undo_figure(request: ActorRequest, figure_id: PublicId, body: ReasonIn) -> Any:
    """It never was so: the row stays, the one before it holds."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    rows = ReportedFigure.objects.visible_to(request.actor).select_related("region")
    figure = one(rows, public_id=figure_id)
    return figure_actions.undo(by=request.actor, on=today(), figure=figure, reason=body.reason)


@router.get("/targets/{code}/split", response=SplitOut, operation_id="get_split")
def get_split(request: ActorRequest, code: TargetCode, region: Code = "") -> Any:
    """How a region split a target among those right below, and where each stands."""
    target = _target(request, code)
    held = region_within(request.actor, target.plan, region, is_needed=True)
    if not is_divisible(target):
        raise NotFound(what="split")
    return _split(target, held)


@router.put("/targets/{code}/split", response=SplitOut, operation_id="split_target")
def split_target(request: ActorRequest, code: TargetCode, body: SplitIn) -> Any:
    """Give the regions right below their shares; too much or too little is told, never refused."""
    target = _target(request, code)
    region = region_within(request.actor, target.plan, body.region, is_needed=True)
    split_actions.split(by=request.actor, on=today(), target=target, region=region, values=body.values)
    return _split(target, region)


def _split(target: Target, region: Region) -> dict[str, Any]:
    found = allocations.cascade(target, region, on=today())
    rows = [
        {"region_code": row.region.code, "value": row.value, "reading": row.reading} for row in found.rows
    ]
    check = found.check
    return {
        "region_code": region.code,
        "total": check.total,
        "given": check.given,
        "unallocated": check.unallocated,
        "over": check.over,
        "rows": rows,
    }


def _target(request: ActorRequest, code: str) -> Target:
    require_somewhere(request.actor, Permission.FIGURES_READ)
    plans = Plan.objects.visible_to(request.actor)
    rows = Target.objects.filter(plan__in=plans.values("pk")).select_related("plan__region", "repeats")
    return one(rows, code=code)
