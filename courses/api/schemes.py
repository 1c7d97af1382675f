"""Subsidy schemes (补贴办法): what is paid where, by which document."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import schemes as actions
from courses.actions.schemes import NewScheme
from courses.models import SubsidyScheme
from courses.queries import schemes as queries
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.models import Federation
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["subsidies"])

Code = Annotated[str, Field(max_length=40)]
PublicId = Annotated[str, Field(max_length=12)]
Text = Annotated[str, Field(max_length=200)]
Money = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class SchemeOut(Schema):
    """Money in 元; `shares` in per cent; `replaces`: public id of the version before, or empty."""

    public_id: str
    region: str
    kind: str
    name: str
    basis: str
    rate: Decimal
    cap: Decimal | None
    shares: dict[str, int]
    conditions: dict[str, Any]
    funding_sources: list[str]
    document: str
    clause: str
    valid_from: date
    valid_until: date | None

    @staticmethod
    def resolve_region(scheme: SubsidyScheme) -> str:
        return scheme.federation.region.code


class SchemePage(PageOut):
    items: list[SchemeOut]


class SchemeFilterIn(Schema):
    """`over`: also those that ended."""

    kind: Code = ""
    over: bool = False
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class SchemeIn(Schema):
    """A scheme as its document says it."""

    kind: Code
    name: Text
    basis: Code = "head"
    rate: Money
    cap: Money | None = None
    shares: dict[str, int] = {}
    conditions: dict[str, Any] = {}
    funding_sources: list[Code]
    document: Text
    clause: Text = ""
    valid_from: Day
    valid_until: Day | None = None

    def scheme(self) -> NewScheme:
        own = self.dict()
        return NewScheme(**{name: own[name] for name in NewScheme.__dataclass_fields__})


class FirstSchemeIn(SchemeIn):
    """`region`: code of the region whose federation decides it."""

    region: Code


class EndIn(Schema):
    """The last day on which it is in force."""

    valid_until: Day


@router.get("", response=SchemePage, operation_id="list_schemes")
def list_schemes(request: ActorRequest, asked: Query[SchemeFilterIn]) -> Any:
    """Schemes in force, or all with `over`."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    seen = SubsidyScheme.objects.visible_to(request.actor)
    rows = queries.listed(seen, on=today(), kind=asked.kind, over=asked.over)
    return paged(rows, asked.page)


@router.post("", response=SchemeOut, operation_id="decide_scheme")
def decide_scheme(request: ActorRequest, body: FirstSchemeIn) -> Any:
    """Put a scheme in force for a federation's region and all below it."""
    require_somewhere(request.actor, Permission.SUBSIDY_SCHEME_EDIT)
    federation = one(Federation.objects.select_related("region"), region__code=body.region)
    return actions.decide(by=request.actor, on=today(), federation=federation, scheme=body.scheme())


@router.get("/{public_id}", response=SchemeOut, operation_id="get_scheme")
def get_scheme(request: ActorRequest, public_id: PublicId) -> Any:
    """One version of a scheme."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    return _scheme(request, public_id)


@router.post("/{public_id}/replace", response=SchemeOut, operation_id="replace_scheme")
def replace_scheme(request: ActorRequest, public_id: PublicId, body: SchemeIn) -> Any:
    """A new document makes a new version and ends this one the day before."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    earlier = _scheme(request, public_id)
    return actions.replace(by=request.actor, on=today(), earlier=earlier, scheme=body.scheme())


@router.post("/{public_id}/end", response=SchemeOut, operation_id="end_scheme")
def end_scheme(request: ActorRequest, public_id: PublicId, body: EndIn) -> Any:
    """Let a scheme run out."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    shown = _scheme(request, public_id)
    return actions.end(by=request.actor, on=today(), scheme=shown, valid_until=body.valid_until)


def _scheme(request: ActorRequest, public_id: str) -> SubsidyScheme:
    rows = SubsidyScheme.objects.visible_to(request.actor)
    return one(rows.select_related("federation__region"), public_id=public_id)
