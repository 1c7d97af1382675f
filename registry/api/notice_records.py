"""The inside of notices, and the objections to answer."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query, Router, Schema
from pydantic import Field

from registry.actions import notices, objections
from registry.api.notices import ItemOut, NoticeOut
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput
from registry.models import NoticeItem, Objection, PublicNotice
from registry.models.notices import NoticeKind, NoticeState, ObjectionState
from registry.queries import notices as queries
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere
from registry.views.notice_records import seen_notice
from registry.views.objection_records import seen_objection

router = Router(tags=["notices"])


class RecordFilterIn(Schema):
    """`state`: published, ended, withdrawn, or to_conclude (ended, nothing open, not filed)."""

    kind: str = ""
    state: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class RecordOut(NoticeOut):
    federation: str
    state: str
    published_by: str
    withdrawn_on: date | None
    withdrawn_reason: str
    concluded_on: date | None

    @staticmethod
    def resolve_federation(notice: PublicNotice) -> str:
        return str(notice.federation.name)

    @staticmethod
    def resolve_state(notice: PublicNotice) -> str:
        return notice.state(today()).value


class ListedRecordOut(RecordOut):
    items_count: int
    objections_count: int
    open_count: int


class RecordPage(PageOut):
    items: list[ListedRecordOut]


class RecordDetailOut(Schema):
    notice: RecordOut
    contents: list[ItemOut]


class ReasonIn(Schema):
    reason: str


class ObjectionFilterIn(Schema):
    state: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class ObjectionOut(Schema):
    """`contact` is read on the page, by who answers."""

    public_id: str
    notice: str
    item: int | None
    text: str
    made_on: date
    state: str
    answer: str
    answered_on: date | None
    answered_by: str

    @staticmethod
    def resolve_notice(objection: Objection) -> str:
        return str(objection.notice.public_id)

    @staticmethod
    def resolve_item(objection: Objection) -> int | None:
        return objection.item.position if objection.item else None


class ObjectionPage(PageOut):
    items: list[ObjectionOut]


class AnswerIn(Schema):
    is_upheld: bool
    answer: str


@router.get("/records", response=RecordPage, operation_id="list_notice_records")
def list_notice_records(request: ActorRequest, filters: Query[RecordFilterIn]) -> Any:
    """Every notice in reach, also those that ended, newest first."""
    require_somewhere(request.actor, Permission.NOTICE_READ)
    if filters.kind and filters.kind not in NoticeKind.values:
        raise InvalidInput(fields={"kind": "field_choice"})
    if filters.state and filters.state not in (*NoticeState.values, queries.TO_CONCLUDE):
        raise InvalidInput(fields={"state": "field_choice"})
    seen = PublicNotice.objects.visible_to(request.actor)
    return paged(queries.listed(seen, on=today(), kind=filters.kind, state=filters.state), filters.page)


@router.get("/records/{public_id}", response=RecordDetailOut, operation_id="get_notice_record")
def get_notice_record(request: ActorRequest, public_id: str) -> Any:
    """A notice as it was published, for ever."""
    return detail(seen_notice(request, public_id))


@router.post("/records/{public_id}/withdraw", response=RecordDetailOut, operation_id="withdraw_notice")
def withdraw_notice(request: ActorRequest, public_id: str, data: ReasonIn) -> Any:
    """Take a notice down before its end; the public reads the reason."""
    held = seen_notice(request, public_id)
    return detail(notices.withdraw(by=request.actor, on=today(), notice=held, reason=data.reason))


@router.post("/records/{public_id}/conclude", response=RecordDetailOut, operation_id="conclude_notice")
def conclude_notice(request: ActorRequest, public_id: str) -> Any:
    """File a notice that ended and has no open objection."""
    return detail(notices.conclude(by=request.actor, on=today(), notice=seen_notice(request, public_id)))


@router.get("/objections", response=ObjectionPage, operation_id="list_objections")
def list_objections(request: ActorRequest, filters: Query[ObjectionFilterIn]) -> Any:
    """Objections in reach, oldest first."""
    require_somewhere(request.actor, Permission.NOTICE_READ)
    if filters.state and filters.state not in ObjectionState.values:
        raise InvalidInput(fields={"state": "field_choice"})
    rows: QuerySet[Objection] = Objection.objects.visible_to(request.actor).select_related("notice", "item")
    if filters.state:
        rows = rows.filter(state=filters.state)
    return paged(rows, filters.page)


@router.get("/objections/{public_id}", response=ObjectionOut, operation_id="get_objection")
def get_objection(request: ActorRequest, public_id: str) -> Any:
    return seen_objection(request, public_id)


@router.post("/objections/{public_id}/answer", response=ObjectionOut, operation_id="answer_objection")
def answer_objection(request: ActorRequest, public_id: str, data: AnswerIn) -> Any:
    """Answer an objection; never by who published the notice."""
    held = seen_objection(request, public_id)
    objections.answer(by=request.actor, on=today(), objection=held, **data.dict())
    return seen_objection(request, public_id)


def detail(notice: PublicNotice) -> dict[str, Any]:
    """A notice with all that was on it."""
    return {"notice": notice, "contents": NoticeItem.objects.filter(notice=notice)}
