"""Subsidies for tests, made by the actions that the site uses."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from certificates.actions import external
from courses.actions import base_grants, claims, other_funding, schemes, subsidies
from courses.actions.schemes import NewScheme
from courses.actions.subsidies import Payment
from courses.models import BaseGrant, Cohort, OtherFunding, SubsidyClaim, SubsidyScheme
from courses.queries.funding_sheets import NewFunding
from registry.actions import notices
from registry.models import Person, Region
from registry.rules.access import SYSTEM
from registry.rules.notices import Item
from tests.conftest import TODAY
from tests.courses.factories import a_completed_cohort, a_skill
from tests.registry.factories import a_federation, a_person, a_uscc

AFTER_NOTICE = TODAY + timedelta(days=15)
CONDITIONS: dict[str, dict[str, Any]] = {
    "training_fee": {"completed": True},
    "living": {"completed": True, "attendance_at_least": 80},
    "appraisal": {"certificate_families": ["qualification", "skill_level"], "first_certificate": True},
    "startup": {"months_in_business": 12, "first_business": True, "once_in_life": True},
    "massage_shop_startup": {"first_business": True, "once_in_life": True},
}
RATES = {"training_fee": "1500", "living": "50", "appraisal": "300", "startup": "5000"}


def new_scheme(kind: str = "training_fee", **fields: Any) -> NewScheme:
    """What a document says: 1500 元 a head, 50 a day, 300, 5000; from the year of the tests' plan on."""
    given = {
        "kind": kind,
        "name": "2022年补贴办法",
        "basis": "day" if kind == "living" else "head",
        "rate": Decimal(RATES.get(kind, "8000")),
        "funding_sources": ["security_fund", "fiscal"],
        "document": "天政办发〔2022〕78号",
        "clause": "三（五）",
        "valid_from": date(2022, 10, 12),
        "conditions": CONDITIONS.get(kind, {}),
    }
    asked: dict[str, Any] = given | fields
    return NewScheme(**asked | {"rate": Decimal(asked["rate"])})


def a_scheme(kind: str = "training_fee", region: Region | str = "620500", **fields: Any) -> SubsidyScheme:
    """A scheme of the city's federation, or of another region's."""
    return schemes.decide(
        by=SYSTEM, on=TODAY, federation=a_federation(region), scheme=new_scheme(kind, **fields)
    )


def a_claim(
    cohort: Cohort | None = None, kind: str = "training_fee", *, state: str = "claimed", **fields: Any
) -> SubsidyClaim:
    """A claim for a completed cohort, taken on to a state; its scheme is made when there is none."""
    cohort = cohort or a_completed_cohort(people=2)
    if not SubsidyScheme.objects.filter(kind=kind).exists():
        a_scheme(kind)
    claim = claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=cohort, kind=kind, **fields)
    return taken_to(claim, state)


def a_startup_claim(person: Person | None = None, *, state: str = "claimed", **fields: Any) -> SubsidyClaim:
    """A claim of one person who has run a shop for two years."""
    person = person or a_person()
    if not SubsidyScheme.objects.filter(kind="startup").exists():
        a_scheme("startup")
    given = {
        "funding_source": "security_fund",
        "business_name": "秦州区启明便利店",
        "business_uscc": a_uscc(person.pk, kind="92"),
        "business_since": date(2022, 5, 1),
        "bank_account": "6222020000001234567",
    } | fields
    claim = claims.claim_person(by=SYSTEM, on=TODAY, person=person, kind="startup", **given)
    return taken_to(claim, state)


def a_qualification(person: Person, family: str = "qualification", **fields: Any) -> Any:
    """A verified certificate of another authority."""
    given = {
        "skill": a_skill("health-massage"),
        "level": 5,
        "number": f"24620502{person.pk:08d}"[:16],
        "issuer": "天水市职业技能鉴定中心",
        "issued_on": date(2024, 5, 6),
    } | fields
    made = external.record(by=SYSTEM, on=TODAY, person=person, family=family, **given)
    return external.verify(by=SYSTEM, on=TODAY, external=made, how="全国联网查询，姓名和编号一致")


PATH = ["claimed", "checked", "approved", "paid"]


def taken_to(claim: SubsidyClaim, state: str) -> SubsidyClaim:
    """Walk a claim on, one allowed step after the other, with its public notice before it is paid."""
    if state == "returned":
        return subsidies.take_step(by=SYSTEM, on=TODAY, claim=claim, step="return", reason="缺少考勤表")
    if state == "refused":
        claim = taken_to(claim, "checked")
        return subsidies.take_step(by=SYSTEM, on=TODAY, claim=claim, step="refuse", reason="材料不实")
    for step in PATH[PATH.index(claim.state) + 1 : PATH.index(state) + 1]:
        if step == "paid":
            on_notice([claim])
            claim = paid(claim)
        else:
            way = {"checked": "check", "approved": "approve"}[step]
            claim = subsidies.take_step(by=SYSTEM, on=TODAY, claim=claim, step=way)
    return claim


def paid(claim: SubsidyClaim, *, on: date = AFTER_NOTICE) -> SubsidyClaim:
    return subsidies.take_step(by=SYSTEM, on=on, claim=claim, step="pay", payment=Payment(on, "记-0603-018"))


def on_notice(some: Sequence[SubsidyClaim], *, on: date = TODAY) -> Any:
    """A notice over whatever these claims pay."""
    items = []
    for claim in some:
        if claim.scheme.is_paid_to_base:
            items.append(Item(claim, claim.base.public_name if claim.base else "", "培训费补贴"))
        else:
            items += [
                Item.of_person(item, item.person.name, "补贴")
                for item in claim.items.filter(is_left_out=False).select_related("person")
            ]
    return notices.publish(
        by=SYSTEM,
        on=on,
        federation=a_federation("620500"),
        kind="subsidy",
        title="2024年补贴公示",
        items=items,
        days=5,
    )


def funding(person: Person, **fields: Any) -> NewFunding:
    """What 人社 paid for somebody's training in livestreaming."""
    given: dict[str, Any] = {
        "item": "tuition",
        "payer": "天水市秦州区人力资源和社会保障局",
        "funding_source": "employment_subsidy",
        "amount": Decimal("1200"),
        "paid_on": date(2024, 3, 1),
        "skill": a_skill(),
    }
    return NewFunding(person=person, **given | fields)


def other_funding_of(person: Person, **fields: Any) -> OtherFunding:
    return other_funding.record(by=SYSTEM, on=TODAY, funding=funding(person, **fields))


def a_grant(base: Any, **fields: Any) -> BaseGrant:
    """What the city gives a base for equipment."""
    given: dict[str, Any] = {
        "federation": a_federation("620500"),
        "year": 2024,
        "purpose": "equipment",
        "amount": Decimal("30000"),
        "funding_source": "security_fund",
        "document": "天残联发〔2024〕12号",
    }
    return base_grants.record(by=SYSTEM, on=TODAY, base=base, **given | fields)
