from datetime import date, timedelta
from decimal import Decimal

import pytest

from courses.actions import claims
from courses.models import SubsidyClaim
from courses.subsidy_errors import (
    CohortNotCompleted,
    CostCharged,
    FundingSourceRefused,
    NotEligible,
    NothingToPay,
    SchemeMissing,
)
from courses.subsidy_words import finding
from registry.actions import people
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.factories import (
    a_cohort,
    a_completed_cohort,
    a_course,
    attended,
    bring_to,
    enrolled,
    scored,
    sessions_of,
    some_people,
)
from tests.courses.subsidy_factories import (
    a_claim,
    a_qualification,
    a_scheme,
    a_startup_claim,
    other_funding_of,
)
from tests.registry.factories import a_base, a_person, a_region, a_uscc, an_actor

pytestmark = pytest.mark.django_db


def a_mixed_cohort():
    """Three trainees: one passed, one failed, one left."""
    cohort = a_cohort(state="enrolling")
    trainees = enrolled(cohort, 3)
    sessions = sessions_of(cohort)
    bring_to(cohort, "running")
    attended(cohort, sessions, trainees[:1])
    attended(cohort, sessions[:1], trainees[1:2])
    bring_to(cohort, "assessing")
    scored(cohort, trainees[:2])
    return bring_to(cohort, "completed"), trainees


def claim_person(person, kind, by=SYSTEM, **fields):
    given = {"funding_source": "security_fund"} | fields
    return claims.claim_person(by=by, on=TODAY, person=person, kind=kind, **given)


def test_one_step_claims_for_everybody_who_meets_the_conditions():
    a_scheme("training_fee")
    cohort, trainees = a_mixed_cohort()
    claim = claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=cohort, kind="training_fee")
    paid, *left_out = claim.items.order_by("pk")
    assert (paid.person, paid.amount, paid.holds) == (trainees[0].person, Decimal("1500.00"), True)
    assert [(item.amount, item.holds, item.is_left_out) for item in left_out] == [(0, False, True)] * 2
    assert finding(left_out[0].findings[0]) == "没有结业"
    assert (claim.state, claim.base, claim.region) == ("claimed", cohort.base, cohort.region)
    [event] = AuditEvent.objects.filter(verb="subsidy.claimed")
    assert (event.facts["items"], event.facts["left_out"], event.facts["amount"]) == (1, 2, "1500.00")
    assert [step.step for step in claim.steps.all()] == ["claim"]


def test_living_is_paid_by_the_days_attended():
    claim = a_claim(kind="living")
    assert [item.amount for item in claim.items.all()] == [Decimal("250.00")] * 2


def test_a_trainee_without_work_gets_a_share_where_the_scheme_says_so():
    a_scheme("training_fee", shares={"unemployed": 60})
    cohort = a_completed_cohort(people=2)
    first, _second = cohort.enrolments.all()
    a_spell(first.person, TODAY - timedelta(days=2))
    claim = a_claim(cohort)
    assert [item.amount for item in claim.items.order_by("pk")] == [1500, 900]


def test_a_scheme_may_ask_for_a_certificate_of_a_listed_family_for_the_skill_taught():
    a_scheme("training_fee", conditions={"certificate_families": ["skill_level"]})
    cohort = a_completed_cohort(people=2)
    first, second = cohort.enrolments.all()
    a_qualification(first.person, "skill_level", skill=cohort.course.skill, number="S000044000012400000001")
    a_qualification(second.person, "skill_level", number="S000044000012400000002")  # of another skill
    claim = a_claim(cohort)
    assert [item.is_left_out for item in claim.items.order_by("pk")] == [False, True]


def test_the_scheme_in_force_on_the_cohorts_last_day_decides():
    cohort = a_completed_cohort()
    a_scheme("training_fee", rate="900", valid_until=cohort.ends_on)
    a_scheme("training_fee", rate="2000", valid_from=cohort.ends_on + timedelta(days=1))
    claim = a_claim(cohort)
    assert claim.items.get().amount == 900


def test_a_claim_needs_a_scheme_a_completed_cohort_and_an_allowed_source():
    cohort = a_completed_cohort()
    with pytest.raises(SchemeMissing):
        claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=cohort, kind="training_fee")
    a_scheme("training_fee")
    a_scheme("startup")
    with pytest.raises(SchemeMissing):
        claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=cohort, kind="startup")
    with pytest.raises(CohortNotCompleted):
        claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=a_cohort(state="running"), kind="training_fee")
    with pytest.raises(FundingSourceRefused):
        claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=cohort, kind="training_fee", funding_source="social")
    assert not SubsidyClaim.objects.exists()


def test_a_second_claim_for_the_same_costs_is_refused_whatever_the_source():
    cohort = a_completed_cohort(people=2)
    a_claim(cohort)
    with pytest.raises(NothingToPay):
        a_claim(cohort, funding_source="fiscal")
    assert a_claim(cohort, kind="living")


def test_who_was_paid_for_the_skill_elsewhere_is_left_out_and_the_others_are_claimed_for():
    cohort = a_completed_cohort(people=2)
    first, second = cohort.enrolments.all()
    other_funding_of(first.person, skill=cohort.course.skill)
    claim = a_claim(cohort)
    by_person = {item.person_id: item for item in claim.items.all()}
    assert by_person[second.person_id].holds
    left_out = by_person[first.person_id]
    assert left_out.is_left_out
    assert finding(left_out.findings[-1]) == "同一技能、同一等级的这项费用已经支付或申领"


def test_the_same_skill_and_level_is_not_claimed_twice_across_regions():
    person = a_person(1, base=a_base("620502"))
    here, there = a_base("620502"), a_base("620503")
    a_claim(a_completed_cohort(here, people=[person]))
    cohort = a_completed_cohort(there, course=a_course(there), people=[person])
    with pytest.raises(NothingToPay):
        a_claim(cohort)


def test_another_level_of_the_skill_is_claimed():
    person = a_person(1)
    base = a_base()
    a_claim(a_completed_cohort(base, people=[person]))
    assert a_claim(a_completed_cohort(base, course=a_course(base, level=4), people=[person]))


def test_the_yearly_limit_of_the_place_counts_all_kinds():
    person, base = a_person(1), a_base()
    first = a_completed_cohort(base, people=[person])
    a_claim(first)
    a_claim(first, kind="living")
    second = a_completed_cohort(base, course=a_course(base, skill="health-massage"), people=[person])
    a_claim(second)  # three a year is the default of the local standard
    with pytest.raises(NothingToPay):
        a_claim(second, kind="living")


def test_a_base_manager_claims_for_the_own_cohort_only():
    cohort = a_completed_cohort()
    a_scheme("training_fee")
    for actor in (an_actor("base_manager", a_base()), an_actor("trainer", cohort.base)):
        with pytest.raises(NotPermitted):
            claims.claim_cohort(by=actor, on=TODAY, cohort=cohort, kind="training_fee")
    manager = an_actor("base_manager", cohort.base)
    assert claims.claim_cohort(by=manager, on=TODAY, cohort=cohort, kind="training_fee")


def test_a_cohort_is_claimed_for_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    a_scheme("training_fee")
    cohort = a_completed_cohort(people=30)
    with django_assert_max_num_queries(24):
        claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=cohort, kind="training_fee")


# One person


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
