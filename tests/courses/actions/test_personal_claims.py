"""Claims for one person: a first qualification, a first business; accounts and papers."""

from datetime import date

import pytest

from courses.actions import claims
from courses.subsidy_errors import (
    CostCharged,
    NotEligible,
)
from registry.actions import people
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.factories import (
    a_completed_cohort,
    some_people,
)
from tests.courses.subsidy_factories import (
    a_claim,
    a_qualification,
    a_scheme,
    a_startup_claim,
)
from tests.registry.factories import a_base, a_person, a_region, a_uscc, an_actor

pytestmark = pytest.mark.django_db


def claim_person(person, kind, by=SYSTEM, **fields):
    given = {"funding_source": "security_fund"} | fields
    return claims.claim_person(by=by, on=TODAY, person=person, kind=kind, **given)


def test_a_first_qualification_gets_the_appraisal_subsidy():
    a_scheme("appraisal")
    person = a_person()
    held = a_qualification(person)
    claim = claim_person(person, "appraisal", certificate_id=held.public_id)
    item = claim.items.get()
    assert (item.amount, item.skill, item.level, item.certificate_id) == (300, held.skill, 5, held.public_id)
    with pytest.raises(CostCharged):
        claim_person(person, "appraisal", certificate_id=held.public_id)


def test_a_certificate_of_completion_or_an_unlisted_one_does_not_qualify():
    a_scheme("appraisal")
    person = a_person()
    title = a_qualification(person, "title")
    for number in (title.public_id, "", "no-such-one"):
        with pytest.raises(NotEligible) as refused:
            claim_person(person, "appraisal", certificate_id=number)
        assert "certificate_families" in refused.value.facts["conditions"]


def test_a_second_qualification_is_not_the_first():
    a_scheme("appraisal")
    person = a_person()
    a_qualification(person, issued_on=date(2020, 1, 1), number="1962050201040001")
    later = a_qualification(person, "skill_level", number="S000044000012400000003")
    with pytest.raises(NotEligible) as refused:
        claim_person(person, "appraisal", certificate_id=later.public_id)
    assert refused.value.facts["conditions"] == ["first_certificate"]


def test_a_first_business_of_a_year_gets_5000_once():
    claim = a_startup_claim()
    assert (claim.items.get().amount, claim.business_since) == (5000, date(2022, 5, 1))
    with pytest.raises(CostCharged):
        a_startup_claim(claim.person, business_uscc=a_uscc(88, kind="92"))


def test_a_young_business_or_a_second_one_is_not_eligible():
    with pytest.raises(NotEligible) as refused:
        a_startup_claim(business_since=date(2023, 6, 4))
    assert refused.value.facts["conditions"] == ["months_in_business"]
    person = a_person(2)
    a_spell(person, date(2019, 1, 1), form="self_employed")
    with pytest.raises(NotEligible) as refused:
        a_startup_claim(person)
    assert refused.value.facts["conditions"] == ["first_business"]


def test_one_business_is_not_claimed_for_by_two_people():
    first = a_startup_claim(a_person(1))
    with pytest.raises(CostCharged):
        a_startup_claim(a_person(2), business_uscc=first.items.get().business_uscc)


def test_what_is_wrong_with_a_business_or_an_account_is_named():
    person = a_person()
    with pytest.raises(InvalidInput) as refused:
        a_startup_claim(person, business_uscc="92", business_name=" ", business_since=None)
    assert refused.value.facts["fields"] == {
        "business_name": "field_missing",
        "business_since": "field_missing",
        "business_uscc": "uscc_length",
    }
    with pytest.raises(InvalidInput) as refused:
        a_startup_claim(person, bank_account="六二二二")
    assert refused.value.facts["fields"] == {"bank_account": "bank_account_digits"}


def test_a_base_claims_for_its_own_people_in_its_own_name():
    a_scheme("appraisal")
    base = a_base()
    [person] = some_people(1, base)
    held = a_qualification(person)
    claim = claim_person(
        person, "appraisal", by=an_actor("base_manager", base), certificate_id=held.public_id
    )
    assert claim.base == base
    with pytest.raises(NotPermitted):
        claim_person(a_person(9), "appraisal", by=an_actor("base_manager", base))


def test_the_account_of_the_last_claim_is_taken_over():
    person = a_person()
    a_startup_claim(person, bank_account="6222 0200-0001 234567 8")
    cohort = a_completed_cohort(people=[person])
    assert a_claim(cohort, kind="living").items.get().bank_account == "622202000001234567" + "8"
    assert a_claim(cohort).items.get().bank_account == ""  # the training fee goes to the base


def test_accounts_are_sealed_and_never_in_the_audit_trail():
    claim = a_claim(kind="living")
    item = claim.items.first()
    assert (
        claims.set_accounts(by=SYSTEM, on=TODAY, claim=claim, accounts={item.pk: "6222020000001234567"}) == 1
    )
    item.refresh_from_db()
    assert item.bank_account == "6222020000001234567"
    assert "1234567" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))
    with pytest.raises(InvalidInput):
        claims.set_accounts(by=SYSTEM, on=TODAY, claim=claim, accounts={item.pk: "12"})
    with pytest.raises(InvalidInput):
        claims.set_accounts(by=SYSTEM, on=TODAY, claim=a_claim(claim.cohort), accounts={item.pk: "12345678"})


def test_papers_are_kept_until_the_claim_is_closed():
    claim = a_claim()
    scan = b"%PDF-1.7 " + b"x" * 20
    kept = claims.add_evidence(by=SYSTEM, on=TODAY, claim=claim, name="考勤表.pdf", data=scan)
    assert (kept.region, kept.base) == (claim.region, claim.base)
    claim.state = "refused"
    with pytest.raises(InvalidInput):
        claims.add_evidence(by=SYSTEM, on=TODAY, claim=claim, name="a.pdf", data=scan)


def test_a_person_who_moved_is_claimed_for_where_they_are_managed_now():
    a_scheme("startup")
    person = a_person()
    people.move(by=SYSTEM, on=TODAY, person=person, region=a_region("620503"))
    person.refresh_from_db()
    assert a_startup_claim(person).region.code == "620503"
