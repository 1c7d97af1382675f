"""Electronic training vouchers (电子培训券); they are used at /cohorts/…/vouchers."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import vouchers
from courses.api.money import Money
from courses.models import Course, TrainingPackage, Voucher
from courses.models.vouchers import VoucherState
from courses.queries import vouchers as queries
from courses.queries.federations import federations_where
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput, NotFound
from registry.models import Person
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["vouchers"])

PublicId = Annotated[str, Field(max_length=12)]


class VoucherOut(Schema):
    """`person`, `package`, `course`: public ids, the latter two empty where the voucher is for the other; 元."""

    public_id: str
    number: str
    person: str
    package: str
    course: str
    value: Decimal
    issued_on: date
    expires_on: date
    state: str
    redeemed_on: date | None
    cancelled_on: date | None
    cancel_reason: str

    @staticmethod
    def resolve_person(voucher: Voucher) -> str:
        return str(voucher.person.public_id)

    @staticmethod
    def resolve_package(voucher: Voucher) -> str:
        return str(voucher.package.public_id) if voucher.package else ""

    @staticmethod
    def resolve_course(voucher: Voucher) -> str:
        return str(voucher.course.public_id) if voucher.course else ""

    @staticmethod
    def resolve_state(voucher: Voucher) -> str:
        return voucher.state_on(today()).value


class VoucherPage(PageOut):
    items: list[VoucherOut]


class VoucherFilterIn(Schema):
    """`state`: open, redeemed, cancelled or expired."""

    state: Annotated[str, Field(max_length=12)] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class VoucherIn(Schema):
    """`people`: public ids; `package` or `course`: the public id of one of them; `value` in 元."""

    people: Annotated[list[PublicId], Field(min_length=1, max_length=500)]
    package: PublicId = ""
    course: PublicId = ""
    value: Money
    expires_on: Day


class CancelIn(Schema):
    reason: Annotated[str, Field(max_length=500)]


@router.get("", response=VoucherPage, operation_id="list_vouchers")
def list_vouchers(request: ActorRequest, filters: Query[VoucherFilterIn]) -> Any:
    """Vouchers in reach, newest first, 50 a page."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    if filters.state and filters.state not in VoucherState.values:
        raise InvalidInput(fields={"state": "field_choice"})
    return paged(queries.listing(request.actor, state=filters.state, on=today()), filters.page)


@router.post("", response=list[VoucherOut], operation_id="issue_vouchers")
def issue_vouchers(request: ActorRequest, asked: VoucherIn) -> Any:
    """One voucher for each of these people in reach, in the name of the actor's federation."""
    require_somewhere(request.actor, Permission.VOUCHER_ISSUE)
    federation = federations_where(request.actor, Permission.VOUCHER_ISSUE).first()
    if federation is None:
        raise NotFound(what="federation")
    wanted = list(dict.fromkeys(asked.people))
    seen = Person.objects.visible_to(request.actor).select_related("region")
    people = list(seen.filter(public_id__in=wanted))
    if len(people) != len(wanted):
        raise NotFound(what="person", count=len(wanted) - len(people))
    packages = TrainingPackage.objects.visible_to(request.actor)
    courses = Course.objects.visible_to(request.actor).select_related("base__region")
    return vouchers.issue(
        by=request.actor,
        on=today(),
        federation=federation,
        people=people,
        value=asked.value,
        expires_on=asked.expires_on,
        package=one(packages, public_id=asked.package) if asked.package else None,
        course=one(courses, public_id=asked.course) if asked.course else None,
    )


@router.get("/{public_id}", response=VoucherOut, operation_id="get_voucher")
def get_voucher(request: ActorRequest, public_id: str) -> Any:
    """One voucher in reach."""
    return one(queries.listing(request.actor, on=today()), public_id=public_id)


@router.post("/{public_id}/cancel", response=VoucherOut, operation_id="cancel_voucher")
def cancel_voucher(request: ActorRequest, public_id: str, asked: CancelIn) -> Any:
    """Take an unused voucher out of use."""
    voucher = one(queries.listing(request.actor, on=today()), public_id=public_id)
    return vouchers.cancel(by=request.actor, on=today(), voucher=voucher, reason=asked.reason)
