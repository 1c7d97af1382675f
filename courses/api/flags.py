"""Review flags (疑点)."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import flags
from courses.api.cohorts import PublicId
from courses.models import ReviewFlag
from courses.models.flags import FlagState
from courses.queries import flags as queries
from courses.rules.flags import Check
from courses.views.flag_evidence import told
from courses.views.flags import flag_of
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput, NotFound
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["flags"])


class FlagFilterIn(Schema):
    """`state`: open, dismissed, confirmed or gone; `base` and `cohort`: public ids."""

    state: str = ""
    check: str = ""
    base: str = ""
    cohort: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class FlagOut(Schema):
    """`enrolment`: public id of the trainee's enrolment, none where the whole cohort is asked about."""

    public_id: str
    check: str
    cohort: str
    enrolment: str | None
    state: str
    evidence: dict[str, Any]
    found_on: date

    @staticmethod
    def resolve_check(flag: ReviewFlag) -> str:
        return str(flag.check_name)

    @staticmethod
    def resolve_cohort(flag: ReviewFlag) -> str:
        return str(flag.cohort.public_id)

    @staticmethod
    def resolve_enrolment(flag: ReviewFlag) -> str | None:
        return flag.enrolment.public_id if flag.enrolment else None


class FlagPage(PageOut):
    items: list[FlagOut]


class FlagEventOut(Schema):
    """One step; `by_name` is empty where the check itself did it."""

    step: str
    on: date
    evidence: dict[str, Any]
    by_name: str
    reason: str


class FlagDetailOut(Schema):
    """`found` and `innocent` in the reader's language; `checked_at`: when the cohort was last looked at."""

    flag: FlagOut
    found: str
    innocent: str
    checked_at: datetime | None
    events: list[FlagEventOut]


class DecisionIn(Schema):
    verdict: Literal["dismissed", "confirmed"]
    reason: Annotated[str, Field(max_length=2_000)]


class DecisionsIn(DecisionIn):
    flags: Annotated[list[PublicId], Field(min_length=1, max_length=flags.MOST_AT_ONCE)]


@router.get("/flags", response=FlagPage, operation_id="list_flags")
def list_flags(request: ActorRequest, filters: Query[FlagFilterIn]) -> Any:
    """Flags in reach, oldest first, 50 a page."""
    require_somewhere(request.actor, Permission.FLAG_READ)
    if filters.state and filters.state not in FlagState.values:
        raise InvalidInput(fields={"state": "field_choice"})
    if filters.check and filters.check not in [check.value for check in Check]:
        raise InvalidInput(fields={"check": "field_choice"})
    asked = filters.dict(exclude={"page"})
    return paged(queries.listed(ReviewFlag.objects.visible_to(request.actor), **asked), filters.page)


@router.post("/flags/decide", response=list[FlagOut], operation_id="decide_flags")
def decide_flags(request: ActorRequest, asked: DecisionsIn) -> Any:
    """One decision about several flags."""
    require_somewhere(request.actor, Permission.FLAG_DECIDE)
    wanted = set(asked.flags)
    found = list(ReviewFlag.objects.visible_to(request.actor).filter(public_id__in=wanted))
    if len(found) != len(wanted):
        raise NotFound(what="flag", count=len(wanted) - len(found))
    given = asked.dict(exclude={"flags"})
    done = flags.decide_many(by=request.actor, on=today(), flags=found, **given)
    return list(queries.listed(ReviewFlag.objects.filter(pk__in=[flag.pk for flag in done])))


@router.get("/flags/{public_id}", response=FlagDetailOut, operation_id="get_flag")
def get_flag(request: ActorRequest, public_id: str) -> Any:
    """One flag with what was found and its history."""
    return _detail(request, public_id)


@router.post("/flags/{public_id}/decide", response=FlagDetailOut, operation_id="decide_flag")
def decide_flag(request: ActorRequest, public_id: str, asked: DecisionIn) -> Any:
    """Say what was found out about one flag; nothing follows by itself."""
    held = flag_of(request, public_id)
    require(request.actor, Permission.FLAG_DECIDE, region_path=held.cohort.region.path)
    flags.decide(by=request.actor, on=today(), flag=held, **asked.dict())
    return _detail(request, public_id)


def _detail(request: ActorRequest, public_id: str) -> dict[str, Any]:
    held = flag_of(request, public_id)
    says = told(held, request.actor)
    return {
        "flag": held,
        "found": says.found,
        "innocent": says.innocent,
        "checked_at": queries.checked_at(held.cohort),
        "events": list(held.events.all()),
    }
