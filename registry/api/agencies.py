"""HR agencies and carriers of employment, as their federations keep them."""

from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from registry.actions import agencies as actions
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput
from registry.models import Agency, Region
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["agencies"])


class AgencyFactsIn(Schema):
    name: str
    public_name: str = ""
    kind: str
    services: list[str] = []
    provisions: list[str] = []
    address: str = ""
    phone: str = ""
    is_open: bool = True


class AgencyIn(AgencyFactsIn):
    region: str


class AgencyOut(AgencyFactsIn):
    public_id: str
    region_code: str

    @staticmethod
    def resolve_region_code(agency: Agency) -> str:
        return agency.region.code

    @staticmethod
    def resolve_provisions(agency: Agency) -> list[str]:
        return [one.provision for one in agency.provisions.all()]


class AgencyPage(PageOut):
    items: list[AgencyOut]


@router.get("", response=AgencyPage, operation_id="list_agencies")
def list_agencies(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    require_somewhere(request.actor, Permission.BASE_EDIT)
    return paged(_rows(request), page)


@router.post("", response={201: AgencyOut}, operation_id="register_agency")
def register_agency(request: ActorRequest, body: AgencyIn) -> Any:
    require_somewhere(request.actor, Permission.BASE_EDIT)
    region = Region.objects.filter(code=body.region).first()
    if region is None:
        raise InvalidInput(fields={"region": "region_unknown"})
    made = actions.register(by=request.actor, on=today(), region=region, **body.dict(exclude={"region"}))
    return 201, one(_rows(request), public_id=made.public_id)


@router.put("/{public_id}", response=AgencyOut, operation_id="edit_agency")
def edit_agency(request: ActorRequest, public_id: str, body: AgencyFactsIn) -> Any:
    agency = one(_rows(request), public_id=public_id)
    require(request.actor, Permission.BASE_EDIT, region_path=agency.region.path)
    actions.edit(by=request.actor, on=today(), agency=agency, **body.dict())
    return one(_rows(request), public_id=public_id)


def _rows(request: ActorRequest) -> Any:
    seen = Agency.objects.visible_to(request.actor)
    return seen.select_related("region").prefetch_related("provisions")
