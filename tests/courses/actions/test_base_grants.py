from datetime import timedelta
from decimal import Decimal

import pytest

from courses.actions import base_grants
from courses.subsidy_errors import FundingUndone, GrantHeld, GrantPaid, StepTaken
from registry.errors import InvalidInput, NotPermitted
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.subsidy_factories import a_grant
from tests.registry.factories import a_base, a_federation, an_actor

pytestmark = pytest.mark.django_db


def pay(grant, by=SYSTEM, **fields):
    given = {"paid_on": TODAY, "payment_number": "记-0603-020"} | fields
    return base_grants.pay(by=by, on=TODAY, grant=grant, **given)


def test_a_base_gets_one_grant_for_a_purpose_in_a_year_whoever_pays():
    base = a_base()
    a_grant(base)
    with pytest.raises(GrantHeld):
        a_grant(base, funding_source="fiscal", federation=a_federation("620502"))
    assert a_grant(base, purpose="premises")
    assert a_grant(base, year=2023)
    assert a_grant(a_base())


def test_who_recorded_a_grant_does_not_pay_it():
    base, city = a_base(), a_federation("620500")
    first, second = an_actor("federation_officer", city), an_actor("federation_officer", city)
    grant = base_grants.record(
        by=first,
        on=TODAY,
        base=base,
        federation=city,
        year=2024,
        purpose="award",
        amount=Decimal("10000"),
        funding_source="fiscal",
        document="天残联发〔2024〕12号",
    )
    with pytest.raises(StepTaken):
        pay(grant, first)
    assert pay(grant, second).payment_number == "记-0603-020"
    with pytest.raises(GrantPaid):
        pay(grant, second)
    with pytest.raises(GrantPaid):
        base_grants.undo(by=first, on=TODAY, grant=grant, reason="重复")


def test_a_grant_that_was_not_paid_is_taken_back_and_makes_room():
    base = a_base()
    grant = a_grant(base)
    base_grants.undo(by=SYSTEM, on=TODAY, grant=grant, reason="金额有误")
    with pytest.raises(FundingUndone):
        pay(grant)
    assert a_grant(base)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"amount": Decimal(0)}, {"amount": "amount_positive"}),
        ({"year": 24}, {"year": "field_invalid"}),
        ({"purpose": "party"}, {"purpose": "field_choice"}),
        ({"document": " "}, {"document": "field_missing"}),
    ],
)
def test_what_cannot_stand_in_a_grant_is_named(fields, problem):
    with pytest.raises(InvalidInput) as refused:
        a_grant(a_base(), **fields)
    assert refused.value.facts["fields"] == problem


def test_a_federation_grants_to_bases_below_it_only():
    with pytest.raises(InvalidInput):
        a_grant(a_base("620502"), federation=a_federation("620503"))
    with pytest.raises(NotPermitted):
        base_grants.record(
            by=an_actor("approver", a_federation("620500")),
            on=TODAY,
            base=a_base(),
            federation=a_federation("620500"),
            year=2024,
            purpose="award",
            amount=Decimal(1),
            funding_source="fiscal",
            document="文",
        )


def test_a_payment_has_a_voucher_and_is_not_ahead():
    grant = a_grant(a_base())
    for fields in ({"payment_number": " "}, {"paid_on": TODAY + timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            pay(grant, **fields)
