"""The demo's subsidies: the one sum that a document of the seeds gives, claims in several states, and a clash.

Only Tianshui's plan names a sum: 5,000 元 for a first business that has run for a year (docs/domain.md §2.1 C41).
"""

from datetime import date
from decimal import Decimal

from stdnum.cn import uscc

from courses.actions import claims, other_funding, schemes, subsidies
from courses.actions.schemes import NewScheme
from courses.models import SubsidyClaim
from courses.queries.funding_sheets import NewFunding
from registry.models import Federation, Person
from registry.rules.access import SYSTEM

ON = date(2024, 10, 8)
CITY = "620500"
STATES = (("check",), ("check", "approve"), ("return",), ())


def go_on() -> None:
    """A scheme of Tianshui and claims under it that wait for the demo's accounts."""
    city = Federation.objects.select_related("region").get(region__code=CITY)
    schemes.decide(by=SYSTEM, on=ON, federation=city, scheme=_startup())
    people = Person.objects.filter(region__path__startswith=city.region.path).order_by("pk")
    for number, (person, steps) in enumerate(zip(people[:60:15], STATES, strict=False)):
        _walk(_claim(person, number), steps)
    clashing = SubsidyClaim.objects.select_related("person__region").filter(state="checked").first()
    if clashing is not None and clashing.person is not None:
        _paid_by_another_office(clashing.person)


def _startup() -> NewScheme:
    return NewScheme(
        kind="startup",
        name="天水市残疾人一次性创业补贴",
        basis="head",
        rate=Decimal(5000),
        funding_sources=["security_fund", "employment_subsidy"],
        document="天政办发〔2022〕78号",
        clause="三（六）",
        valid_from=date(2022, 10, 12),
        conditions={"months_in_business": 12, "first_business": True, "once_in_life": True},
    )


def _claim(person: Person, number: int) -> SubsidyClaim:
    body = f"92620502MA{number:07d}"
    return claims.claim_person(
        by=SYSTEM,
        on=ON,
        person=person,
        kind="startup",
        funding_source="security_fund",
        business_name=f"天水启明便利店{number + 1}号店",
        business_uscc=body + uscc.calc_check_digit(body),
        business_since=date(2023, 3, 1),
    )


def _walk(claim: SubsidyClaim, steps: tuple[str, ...]) -> None:
    for step in steps:
        reason = "缺少营业执照" if step == "return" else ""
        subsidies.take_step(by=SYSTEM, on=ON, claim=claim, step=step, reason=reason)


def _paid_by_another_office(person: Person) -> None:
    """人社 paid the same: the approver finds the claim with the clash on it."""
    funding = NewFunding(
        person=person,
        item="startup",
        payer="天水市秦州区人力资源和社会保障局",
        funding_source="employment_subsidy",
        amount=Decimal(5000),
        paid_on=date(2024, 8, 20),
    )
    other_funding.record(by=SYSTEM, on=ON, funding=funding)
