from datetime import timedelta
from decimal import Decimal

import pytest

from courses.actions import claims
from courses.models import SubsidyClaim
from courses.subsidy_errors import (
    CohortNotCompleted,
    FundingSourceRefused,
    NothingToPay,
    SchemeMissing,
)
from courses.subsidy_words import finding
from registry.errors import NotPermitted
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
)
from tests.courses.subsidy_factories import (
    a_claim,
    a_qualification,
    a_scheme,
    other_funding_of,
)
from tests.registry.factories import a_base, a_person, an_actor

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
