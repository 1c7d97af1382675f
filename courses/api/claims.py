"""Subsidy claims and their items, as the API tells them."""

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Schema

from courses.models import SubsidyClaim, SubsidyItem
from registry.api.pages import PageOut


class ClaimOut(Schema):
    """`total` in 元 of `people`; `cohort`, `person` and `base` are public ids, empty where there is none."""

    public_id: str
    scheme: str
    kind: str
    region: str
    cohort: str
    person: str
    base: str
    funding_source: str
    state: str
    state_reason: str
    claimed_on: date
    paid_on: date | None
    payment_number: str
    people: int
    total: Decimal

    @staticmethod
    def resolve_scheme(claim: SubsidyClaim) -> str:
        return str(claim.scheme.public_id)

    @staticmethod
    def resolve_kind(claim: SubsidyClaim) -> str:
        return str(claim.scheme.kind)

    @staticmethod
    def resolve_region(claim: SubsidyClaim) -> str:
        return str(claim.region.code)

    @staticmethod
    def resolve_cohort(claim: SubsidyClaim) -> str:
        return claim.cohort.public_id if claim.cohort else ""

    @staticmethod
    def resolve_person(claim: SubsidyClaim) -> str:
        return claim.person.public_id if claim.person else ""

    @staticmethod
    def resolve_base(claim: SubsidyClaim) -> str:
        return claim.base.public_id if claim.base else ""

    @staticmethod
    def resolve_total(claim: Any) -> Decimal:
        return claim.total or Decimal(0)


class ClaimPage(PageOut):
    items: list[ClaimOut]


class ItemOut(Schema):
    """One person of a claim: `findings` are the conditions, met or not; `has_account` that an account is kept."""

    person: str
    item: str
    amount: Decimal
    is_left_out: bool
    findings: list[dict[str, Any]]
    recovered_on: date | None
    has_account: bool

    @staticmethod
    def resolve_person(item: SubsidyItem) -> str:
        return str(item.person.public_id)

    @staticmethod
    def resolve_has_account(item: SubsidyItem) -> bool:
        return bool(item.bank_account)


class ItemPage(PageOut):
    items: list[ItemOut]
