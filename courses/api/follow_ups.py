"""Follow-ups (回访): the due list, and what was answered."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import follow_ups
from courses.api.cohorts import Code
from courses.models import FollowUp
from courses.queries import follow_ups as queries
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["follow-ups"])


class FollowUpOut(Schema):
    """About a completion (`enrolment`), a job (`spell`) or a graduation without work since, so many months after.

    `enrolment` and `spell` are public ids, "" where it is about another; `graduated_on` is null there.
    """

    public_id: str
    person: str
    enrolment: str
    spell: str
    graduated_on: date | None
    months: int
    due_on: date
    next_on: date | None
    tries: int
    done_on: date | None
    result: str

    @staticmethod
    def resolve_person(row: FollowUp) -> str:
        return str(row.person.public_id)

    @staticmethod
    def resolve_enrolment(row: FollowUp) -> str:
        return str(row.enrolment.public_id) if row.enrolment else ""

    @staticmethod
    def resolve_spell(row: FollowUp) -> str:
        return str(row.spell.public_id) if row.spell else ""

    @staticmethod
    def resolve_graduated_on(row: FollowUp) -> date | None:
        return row.graduation.graduated_on if row.graduation else None


class FollowUpPage(PageOut):
    """`unwilling`: how many more people took back their consent, and are not listed."""

    unwilling: int
    items: list[FollowUpOut]


class DueIn(Schema):
    """`whose`: mine, nobody, or everybody's; `region`: a code."""

    whose: Code = ""
    region: Code = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class TryIn(Schema):
    contacted_on: Day
    channel: Code
    result: Code
    note: Annotated[str, Field(max_length=2000)] = ""
    next_on: Day | None = None


@router.get("", response=FollowUpPage, operation_id="list_follow_ups")
def list_follow_ups(request: ActorRequest, filters: Query[DueIn]) -> Any:
    """What is due: one's own people first, oldest first, 50 a page."""
    require_somewhere(request.actor, Permission.FOLLOW_UP_RECORD)
    region = regions.named(filters.region, on=today()) if filters.region else None
    rows = queries.listed(request.actor, on=today(), whose=filters.whose, region=region)
    return paged(rows, filters.page) | {"unwilling": queries.unwilling(request.actor, on=today())}


@router.get("/{public_id}", response=FollowUpOut, operation_id="get_follow_up")
def get_follow_up(request: ActorRequest, public_id: str) -> Any:
    return _follow_up(request, public_id)


@router.post("/{public_id}/tries", response=FollowUpOut, operation_id="record_follow_up")
def record_follow_up(request: ActorRequest, public_id: str, asked: TryIn) -> Any:
    """One call or visit; it answers every question that is due to the person."""
    shown = _follow_up(request, public_id)
    follow_ups.record(by=request.actor, on=today(), follow_up=shown, **asked.dict())
    return _follow_up(request, public_id)


@router.post("/{public_id}/reopen", response=FollowUpOut, operation_id="reopen_follow_up")
def reopen_follow_up(request: ActorRequest, public_id: str) -> Any:
    """Take back an answer that was a mistake."""
    follow_ups.reopen(by=request.actor, on=today(), follow_up=_follow_up(request, public_id))
    return _follow_up(request, public_id)


def _follow_up(request: ActorRequest, public_id: str) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.actor)
    return one(rows.select_related("person__region", "spell", "enrolment", "graduation"), public_id=public_id)
