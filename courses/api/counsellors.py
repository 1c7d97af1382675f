"""Counsellors (就业辅导员): who may be one, and to whom people are given."""

from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import counsellors
from courses.api.cohorts import PublicId
from courses.queries import counsellors as queries
from registry.errors import NotFound
from registry.models import Person
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["counsellors"])


class CounsellorOut(Schema):
    public_id: str
    name: str


class AssignIn(Schema):
    """`counsellor`: public id of the account, "" for nobody; `people`: public ids."""

    counsellor: PublicId
    people: Annotated[list[PublicId], Field(min_length=1, max_length=10_000)]


class AssignedOut(Schema):
    """How many people have another counsellor now than before."""

    changed: int


@router.get("", response=list[CounsellorOut], operation_id="list_counsellors")
def list_counsellors(request: ActorRequest) -> Any:
    """Accounts to whom people may be given."""
    require_somewhere(request.actor, Permission.COUNSELLOR_ASSIGN)
    return queries.accounts(request.actor, on=today())


@router.post("/assign", response=AssignedOut, operation_id="assign_counsellor")
def assign_counsellor(request: ActorRequest, asked: AssignIn) -> Any:
    """Let a counsellor look after these people from today, all or none."""
    require_somewhere(request.actor, Permission.COUNSELLOR_ASSIGN)
    wanted = set(asked.people)
    people = list(Person.objects.visible_to(request.actor).filter(public_id__in=wanted))
    if len(people) != len(wanted):
        raise NotFound(what="person", count=len(wanted) - len(people))
    account = None
    if asked.counsellor:
        account = one(queries.accounts(request.actor, on=today()), public_id=asked.counsellor)
    changed = counsellors.assign(by=request.actor, on=today(), people=people, counsellor=account)
    return {"changed": changed}
