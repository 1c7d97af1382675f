"""Which files of personal data left the register, why and for whom."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.models import Export
from registry.models.exports import ExportPurpose
from registry.queries import exports as queries
from registry.requests import ActorRequest
from registry.views.exports import require_reader

router = Router(tags=["exports"])


class ExportFilterIn(Schema):
    purpose: ExportPurpose | None = None
    since: Day | None = None
    until: Day | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class ExportOut(Schema):
    """`fields` are the columns of the file, `in_clear` those personal ones among them that were not masked."""

    public_id: str
    about: str
    subject_id: str
    region_code: str
    purpose: str
    recipient: str
    fields: list[str]
    in_clear: list[str]
    rows: int
    sha256: str
    exported_on: date
    exported_by: str

    @staticmethod
    def resolve_region_code(export: Export) -> str:
        return export.region.code


class ExportPage(PageOut):
    items: list[ExportOut]


@router.get("", response=ExportPage, operation_id="list_exports")
def list_exports(request: ActorRequest, filters: Query[ExportFilterIn]) -> Any:
    """Newest first, fifty at a time."""
    require_reader(request.actor)
    found = queries.listed(
        request.actor, purpose=filters.purpose or "", since=filters.since, until=filters.until
    )
    return paged(found, filters.page)
