"""Public notices that run, for anyone, and objections to them: without an account, as on the pages."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput, NotFound, NoticeEnded
from registry.models import NoticeItem, Objection, PublicNotice
from registry.models.notices import NoticeKind
from registry.queries import notices as queries
from registry.requests import ActorRequest, today
from registry.views.notices import public_notice
from registry.views.objections import by_receipt, take

router = Router(tags=["notices"])


class NoticeFilterIn(Schema):
    kind: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class NoticeOut(Schema):
    public_id: str
    kind: str
    title: str
    intro: str
    publisher: str
    region_code: str
    starts_on: date
    ends_on: date

    @staticmethod
    def resolve_publisher(notice: PublicNotice) -> str:
        return queries.public_name(notice.federation)

    @staticmethod
    def resolve_region_code(notice: PublicNotice) -> str:
        return str(notice.federation.region.code)


class NoticePage(PageOut):
    items: list[NoticeOut]


class ItemOut(Schema):
    """Names of persons are masked."""

    position: int
    name: str
    text: str


class ItemPage(PageOut):
    items: list[ItemOut]


class NoticeDetailOut(Schema):
    """`contents` are the items, fifty a page."""

    notice: NoticeOut
    contents: ItemPage


class ObjectionIn(Schema):
    """`item` is the position of an item, null for the notice as a whole."""

    item: int | None = None
    text: str
    contact: str = ""


class ReceiptIn(Schema):
    receipt: str


class ReceiptOut(Schema):
    """What has become of an objection: `state` is open, upheld or unfounded."""

    receipt: str
    notice: str
    item: int | None
    made_on: date
    state: str
    answer: str
    answered_on: date | None

    @staticmethod
    def resolve_notice(objection: Objection) -> str:
        return str(objection.notice.public_id)

    @staticmethod
    def resolve_item(objection: Objection) -> int | None:
        return objection.item.position if objection.item else None


@router.get("", auth=None, response=NoticePage, operation_id="list_notices")
def list_notices(request: ActorRequest, filters: Query[NoticeFilterIn]) -> Any:
    """Notices that run today, the first to end first; fifty a page."""
    if filters.kind and filters.kind not in NoticeKind.values:
        raise InvalidInput(fields={"kind": "field_choice"})
    return paged(queries.shown(on=today(), kind=filters.kind), filters.page)


@router.post("/receipts", auth=None, response=ReceiptOut, operation_id="look_up_objection")
def look_up_objection(request: ActorRequest, data: ReceiptIn) -> Any:
    """The answer to an objection, for whoever has its receipt number."""
    found = by_receipt(request, data.receipt)
    if found is None:
        raise NotFound(what="objection")
    return found


@router.get("/{public_id}", auth=None, response=NoticeDetailOut, operation_id="get_notice")
def get_notice(
    request: ActorRequest, public_id: str, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1
) -> Any:
    """One notice with its items while it runs; afterwards 410 and the day."""
    notice = public_notice(public_id)
    if not notice.is_shown(today()):
        withdrawn_on = notice.withdrawn_on
        raise NoticeEnded(
            ended_on=notice.ends_on.isoformat() if withdrawn_on is None else None,
            withdrawn_on=withdrawn_on.isoformat() if withdrawn_on else None,
        )
    return {"notice": notice, "contents": paged(NoticeItem.objects.filter(notice=notice), page)}


@router.post(
    "/{public_id}/objections", auth=None, response={201: ReceiptOut}, operation_id="object_to_notice"
)
def object_to_notice(request: ActorRequest, public_id: str, data: ObjectionIn) -> Any:
    """Object to a notice that runs; keep the receipt number, it leads to the answer."""
    return 201, take(request, public_notice(public_id), **data.dict())
