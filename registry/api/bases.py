"""Training bases."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from registry.actions import bases as actions
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput
from registry.models import Region, TrainingBase
from registry.models.bases import AccessProvision, BaseCategoryKind
from registry.queries import bases as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["bases"])
Page = Annotated[int, Field(ge=1, le=1_000_000)]


class BaseFilterIn(Schema):
    region: str = ""
    category: str = ""
    provision: str = ""
    accredited: bool | None = None
    page: Page = 1


class BaseOut(Schema):
    public_id: str
    name: str
    public_name: str
    region_code: str
    kind: str
    institution_kind: str
    ownership: str
    uscc: str
    school_permit_number: str
    categories: list[str]
    provisions: list[str]

    @staticmethod
    def resolve_region_code(base: TrainingBase) -> str:
        return base.region.code

    @staticmethod
    def resolve_categories(base: TrainingBase) -> list[str]:
        return [category.category for category in base.categories.all()]

    @staticmethod
    def resolve_provisions(base: TrainingBase) -> list[str]:
        return [one.provision for one in base.provisions.all()]


class BasePage(PageOut):
    items: list[BaseOut]


class SuspensionOut(Schema):
    id: int
    starts_on: date
    ends_on: date | None
    reason: str
    lifted_on: date | None
    lifted_reason: str


class AccreditationOut(Schema):
    """One plaque; `renews` is the id of the one it follows."""

    id: int
    federation: str
    kind: str
    categories: list[str]
    level: str
    plaque_number: str
    granted_on: date
    valid_until: date | None
    revoked_on: date | None
    revoked_reason: str
    renews: int | None = Field(None, alias="renews_id")
    suspensions: list[SuspensionOut]

    @staticmethod
    def resolve_federation(plaque: Any) -> str:
        return str(plaque.federation.name)

    @staticmethod
    def resolve_categories(plaque: Any) -> list[str]:
        return [one.category for one in plaque.categories.all()]

    @staticmethod
    def resolve_suspensions(plaque: Any) -> Any:
        return list(plaque.suspensions.all())


class BaseDetailOut(BaseOut):
    serial: int
    address: str
    phone: str
    accreditations: list[AccreditationOut]

    @staticmethod
    def resolve_accreditations(base: TrainingBase) -> Any:
        return list(base.accreditations.all())


class BaseEventOut(Schema):
    """One step in the life of a base; `verb` as in the audit trail."""

    verb: str
    happened_on: date
    by_name: str
    note: str


class EventPage(PageOut):
    items: list[BaseEventOut]


class OwnFactsIn(Schema):
    provisions: list[str]
    address: str
    phone: str


class FactsIn(Schema):
    """What a base is; left out when editing: as it was, and for staff of the base always."""

    name: str
    public_name: str
    institution_kind: str
    ownership: str
    kind: str = "training"
    uscc: str = ""
    school_permit_number: str = ""
    categories: list[str] = []


class BaseIn(FactsIn):
    region: str
    provisions: list[str] = []
    address: str = ""
    phone: str = ""


class BaseEditIn(OwnFactsIn):
    facts: FactsIn | None = None


@router.get("", response=BasePage, operation_id="list_bases")
def list_bases(request: ActorRequest, filters: Query[BaseFilterIn]) -> Any:
    """Training bases in reach, 50 a page."""
    require_somewhere(request.actor, Permission.BASE_READ)
    region = Region.objects.filter(code=filters.region).first() if filters.region else None
    if filters.region and region is None:
        raise InvalidInput(fields={"region": "region_unknown"})
    if filters.category and filters.category not in BaseCategoryKind.values:
        raise InvalidInput(fields={"category": "field_choice"})
    if filters.provision and filters.provision not in AccessProvision.values:
        raise InvalidInput(fields={"provision": "field_choice"})
    seen = TrainingBase.objects.visible_to(request.actor)
    rows = queries.listed(
        seen,
        on=today(),
        region=region,
        category=filters.category,
        provision=filters.provision,
        accredited=filters.accredited,
    )
    return paged(rows.prefetch_related("provisions"), filters.page)


@router.post("", response={201: BaseDetailOut}, operation_id="register_base")
def register_base(request: ActorRequest, body: BaseIn) -> Any:
    """Register a base in a region, by its code."""
    require_somewhere(request.actor, Permission.BASE_EDIT)
    region = Region.objects.filter(code=body.region).first()
    if region is None:
        raise InvalidInput(fields={"region": "region_unknown"})
    base = actions.register(by=request.actor, on=today(), region=region, **body.dict(exclude={"region"}))
    return 201, _seen(request, base.public_id)


@router.get("/{public_id}", response=BaseDetailOut, operation_id="get_base")
def get_base(request: ActorRequest, public_id: str) -> Any:
    """One training base with the history of its plaques."""
    return _seen(request, public_id)


@router.put("/{public_id}", response=BaseDetailOut, operation_id="edit_base")
def edit_base(request: ActorRequest, public_id: str, body: BaseEditIn) -> Any:
    """Change what a base tells of itself, and, as an officer, what it is."""
    base = _seen(request, public_id)
    require(request.actor, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])
    facts = body.facts.dict() if body.facts else {}
    actions.edit(by=request.actor, on=today(), base=base, **body.dict(exclude={"facts"}), **facts)
    return _seen(request, public_id)


@router.get("/{public_id}/history", response=EventPage, operation_id="list_base_events")
def list_base_events(request: ActorRequest, public_id: str, page: Page = 1) -> Any:
    """Who did what, when and why, latest first."""
    return paged(queries.history(_seen(request, public_id)), page)


def _seen(request: ActorRequest, public_id: str) -> TrainingBase:
    return one(queries.with_history(TrainingBase.objects.visible_to(request.actor)), public_id=public_id)
