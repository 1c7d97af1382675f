"""What other offices paid for people, and grants to training bases."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import base_grants, other_funding
from courses.api.schemes import Code, Money, PublicId, Text
from courses.models import BaseGrant, OtherFunding, Skill
from courses.queries.funding_sheets import NewFunding
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.models import Federation, Person, TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["subsidies"])

PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class FundingOut(Schema):
    """`person`: public id; `skill`: code or empty; money in 元."""

    public_id: str
    person: str
    item: str
    skill: str
    level: int
    payer: str
    funding_source: str
    amount: Decimal
    paid_on: date
    undone_on: date | None

    @staticmethod
    def resolve_person(row: OtherFunding) -> str:
        return str(row.person.public_id)

    @staticmethod
    def resolve_skill(row: OtherFunding) -> str:
        return row.skill.code if row.skill else ""


class FundingPage(PageOut):
    items: list[FundingOut]


class FundingIn(Schema):
    """`person`: public id; `skill`: code."""

    person: PublicId
    item: Code
    payer: Text
    funding_source: Code
    amount: Money
    paid_on: Day
    skill: Code = ""
    level: Annotated[int, Field(ge=0, le=5)] = 0
    document: Text = ""


class ReasonIn(Schema):
    """Why it is undone."""

    reason: Text


class GrantOut(Schema):
    """`base`: public id; `region`: code of the region whose federation grants."""

    public_id: str
    base: str
    region: str
    year: int
    purpose: str
    amount: Decimal
    funding_source: str
    document: str
    paid_on: date | None
    payment_number: str
    undone_on: date | None

    @staticmethod
    def resolve_base(grant: BaseGrant) -> str:
        return str(grant.base.public_id)

    @staticmethod
    def resolve_region(grant: BaseGrant) -> str:
        return str(grant.federation.region.code)


class GrantPage(PageOut):
    items: list[GrantOut]


class GrantIn(Schema):
    """`base`: public id; `region`: code of the region whose federation grants."""

    base: PublicId
    region: Code
    year: Annotated[int, Field(ge=0, le=9999)]
    purpose: Code
    amount: Money
    funding_source: Code
    document: Text
    note: Text = ""


class GrantPaymentIn(Schema):
    paid_on: Day
    payment_number: Annotated[str, Field(max_length=40)]


@router.get("/other-funding", response=FundingPage, operation_id="list_other_funding")
def list_other_funding(request: ActorRequest, page: PageNumber = 1) -> Any:
    """Payments of other offices to people in reach, the latest first."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    return paged(OtherFunding.objects.visible_to(request.actor).select_related("person", "skill"), page)


@router.post("/other-funding", response=FundingOut, operation_id="record_other_funding")
def record_other_funding(request: ActorRequest, body: FundingIn) -> Any:
    """Record what another office paid for a person."""
    person = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=body.person)
    require(request.actor, Permission.SUBSIDY_CHECK, region_path=person.region.path)
    skill = one(Skill.objects.all(), code=body.skill) if body.skill else None
    typed = body.dict(exclude={"person", "skill"})
    funding = NewFunding(person=person, skill=skill, **typed)
    return other_funding.record(by=request.actor, on=today(), funding=funding)


@router.post("/other-funding/{public_id}/undo", response=FundingOut, operation_id="undo_other_funding")
def undo_other_funding(request: ActorRequest, public_id: PublicId, body: ReasonIn) -> Any:
    """It never was so: the row stays and counts nowhere."""
    shown = one(OtherFunding.objects.visible_to(request.actor), public_id=public_id)
    return other_funding.undo(by=request.actor, on=today(), funding=shown, reason=body.reason)


@router.get("/base-grants", response=GrantPage, operation_id="list_base_grants")
def list_base_grants(request: ActorRequest, page: PageNumber = 1) -> Any:
    """Grants to bases in reach, the latest year first."""
    require_somewhere(request.actor, Permission.SUBSIDY_READ)
    rows = BaseGrant.objects.visible_to(request.actor).select_related("base", "federation__region")
    return paged(rows, page)


@router.post("/base-grants", response=GrantOut, operation_id="record_base_grant")
def record_base_grant(request: ActorRequest, body: GrantIn) -> Any:
    """Record what a federation grants to a base for one purpose of a year."""
    base = one(TrainingBase.objects.visible_to(request.actor).select_related("region"), public_id=body.base)
    require(request.actor, Permission.SUBSIDY_CHECK, region_path=base.region.path)
    federation = one(Federation.objects.select_related("region"), region__code=body.region)
    typed = body.dict(exclude={"base", "region"})
    return base_grants.record(by=request.actor, on=today(), base=base, federation=federation, **typed)


@router.post("/base-grants/{public_id}/pay", response=GrantOut, operation_id="pay_base_grant")
def pay_base_grant(request: ActorRequest, public_id: PublicId, body: GrantPaymentIn) -> Any:
    """Record the payment of a grant."""
    return base_grants.pay(by=request.actor, on=today(), grant=_grant(request, public_id), **body.dict())


@router.post("/base-grants/{public_id}/undo", response=GrantOut, operation_id="undo_base_grant")
def undo_base_grant(request: ActorRequest, public_id: PublicId, body: ReasonIn) -> Any:
    """Take back a grant that was not paid."""
    grant = _grant(request, public_id)
    return base_grants.undo(by=request.actor, on=today(), grant=grant, reason=body.reason)


def _grant(request: ActorRequest, public_id: str) -> BaseGrant:
    return one(BaseGrant.objects.visible_to(request.actor), public_id=public_id)
