"""Training bases."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput
from registry.models import Region, TrainingBase
from registry.models.bases import BaseCategoryKind
from registry.queries import bases as queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["bases"])


class BaseFilterIn(Schema):
    region: str = ""
    category: str = ""
    accredited: bool | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


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

    @staticmethod
    def resolve_region_code(base: TrainingBase) -> str:
        return base.region.code

    @staticmethod
    def resolve_categories(base: TrainingBase) -> list[str]:
        return [category.category for category in base.categories.all()]


class BasePage(PageOut):
    items: list[BaseOut]


class AccreditationOut(Schema):
    federation: str
    level: str
    plaque_number: str
    granted_on: date
    valid_until: date | None
    revoked_on: date | None
    revoked_reason: str

    @staticmethod
    def resolve_federation(plaque: Any) -> str:
        return str(plaque.federation.name)


class BaseDetailOut(BaseOut):
    serial: int
    accreditations: list[AccreditationOut]

    @staticmethod
    def resolve_accreditations(base: TrainingBase) -> Any:
        return list(base.accreditations.all())


@router.get("", response=BasePage, operation_id="list_bases")
def list_bases(request: ActorRequest, filters: Query[BaseFilterIn]) -> Any:
    """Training bases in reach, 50 a page."""
    require_somewhere(request.actor, Permission.BASE_READ)
    region = Region.objects.filter(code=filters.region).first() if filters.region else None
    if filters.region and region is None:
        raise InvalidInput(fields={"region": "region_unknown"})
    if filters.category and filters.category not in BaseCategoryKind.values:
        raise InvalidInput(fields={"category": "field_choice"})
    seen = TrainingBase.objects.visible_to(request.actor)
    rows = queries.listed(
        seen, on=today(), region=region, category=filters.category, accredited=filters.accredited
    )
    return paged(rows, filters.page)


@router.get("/{public_id}", response=BaseDetailOut, operation_id="get_base")
def get_base(request: ActorRequest, public_id: str) -> Any:
    """One training base with the history of its plaques."""
    return one(queries.with_history(TrainingBase.objects.visible_to(request.actor)), public_id=public_id)
