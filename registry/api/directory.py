"""The public directory: no token needed, and nothing that tells whom an institution serves."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput
from registry.models import Region, TrainingBase
from registry.models.agencies import AgencyKind
from registry.models.bases import AccessProvision, BaseCategoryKind
from registry.queries import directory as queries
from registry.requests import ActorRequest, today
from registry.views.directory import open_text

router = Router(tags=["directory"])
PUBLIC_CODES = {BaseCategoryKind.BLIND_MASSAGE.value: "massage"}
_CATEGORY_OF = {code: category for category, code in PUBLIC_CODES.items()}


class PublicFilterIn(Schema):
    region: str = ""
    provision: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class PublicBaseFilterIn(PublicFilterIn):
    category: str = ""


class PublicAgencyFilterIn(PublicFilterIn):
    kind: str = ""


class PublicPlaqueOut(Schema):
    kind: str
    level: str
    categories: list[str]
    valid_until: date | None

    @staticmethod
    def resolve_categories(plaque: Any) -> list[str]:
        return [PUBLIC_CODES.get(one.category, one.category) for one in plaque.categories.all()]


class PublicInstitutionOut(Schema):
    public_id: str
    name: str = Field(alias="public_name")
    region_code: str
    region_name: str
    provisions: list[str]
    address: str
    phone: str

    @staticmethod
    def resolve_region_code(row: Any) -> str:
        return str(row.region.code)

    @staticmethod
    def resolve_region_name(row: Any) -> str:
        return str(row.region.name)

    @staticmethod
    def resolve_provisions(row: Any) -> list[str]:
        return [one.provision for one in row.provisions.all()]

    @staticmethod
    def resolve_address(row: Any) -> str:
        return open_text(row.address)


class PublicBaseOut(PublicInstitutionOut):
    plaques: list[PublicPlaqueOut]

    @staticmethod
    def resolve_plaques(base: TrainingBase) -> Any:
        return base.plaques  # type: ignore[attr-defined]


class PublicAgencyOut(PublicInstitutionOut):
    kind: str
    services: list[str]


class PublicBasePage(PageOut):
    items: list[PublicBaseOut]


class PublicAgencyPage(PageOut):
    items: list[PublicAgencyOut]


def _region(code: str) -> Region | None:
    region = Region.objects.filter(code=code).first() if code else None
    if code and region is None:
        raise InvalidInput(fields={"region": "region_unknown"})
    return region


def _known(field: str, value: str, values: list[str]) -> str:
    if value and value not in values:
        raise InvalidInput(fields={field: "field_choice"})
    return value


@router.get("/bases", auth=None, response=PublicBasePage, operation_id="list_public_bases")
def list_public_bases(request: ActorRequest, filters: Query[PublicBaseFilterIn]) -> Any:
    """Training institutions with a plaque in force today."""
    category = _CATEGORY_OF.get(filters.category, filters.category)
    rows = queries.bases(
        on=today(),
        region=_region(filters.region),
        category=_known("category", category, BaseCategoryKind.values),
        provision=_known("provision", filters.provision, AccessProvision.values),
    )
    return paged(rows, filters.page)


@router.get("/agencies", auth=None, response=PublicAgencyPage, operation_id="list_public_agencies")
def list_public_agencies(request: ActorRequest, filters: Query[PublicAgencyFilterIn]) -> Any:
    """HR agencies and carriers of employment."""
    rows: Any = queries.agencies(
        region=_region(filters.region),
        kind=_known("kind", filters.kind, AgencyKind.values),
        provision=_known("provision", filters.provision, AccessProvision.values),
    )
    return paged(rows, filters.page)
