from datetime import date, timedelta

import pytest

from courses.actions import claims, other_funding, subsidies
from courses.actions.subsidies import Payment
from courses.errors import ReasonMissing
from courses.models import SubsidyStep
from courses.queries.clashes import clashes, shown_to
from courses.subsidy_errors import (
    CostCharged,
    NoticeNotPassed,
    StepNotAllowed,
    StepTaken,
)
from registry.actions import notices, standards
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_completed_cohort, a_course
from tests.courses.subsidy_factories import (
    AFTER_NOTICE,
    a_claim,
    a_scheme,
    a_startup_claim,
    funding,
    on_notice,
    other_funding_of,
    paid,
    taken_to,
)
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db

PAYMENT = Payment(TODAY, "记-0603-018")


def take(claim, step, by=SYSTEM, **fields):
    return subsidies.take_step(by=by, on=TODAY, claim=claim, step=step, **fields)


def without_notice():
    city = a_federation("620500")
    standards.decide(
        by=SYSTEM, federation=city, key="subsidy_notice_needed", value=False, since=date(2024, 1, 1)
    )


def test_a_claim_goes_from_hand_to_hand_to_its_payment_and_says_who_did_what():
    city, cohort = a_federation("620500"), a_completed_cohort()
    a_scheme("training_fee")
    manager = an_actor("base_manager", cohort.base)
    checker, payer = an_actor("federation_officer", city), an_actor("federation_officer", city)
    approver = an_actor("approver", city)
    claim = claims.claim_cohort(by=manager, on=TODAY, cohort=cohort, kind="training_fee")
    take(claim, "check", checker)
    take(claim, "approve", approver)
    on_notice([claim])
    done = subsidies.take_step(
        by=payer, on=AFTER_NOTICE, claim=claim, step="pay", payment=Payment(AFTER_NOTICE, " 记-18 ")
    )
    assert (done.state, done.paid_on, done.payment_number) == ("paid", AFTER_NOTICE, "记-18")
    taken = SubsidyStep.objects.filter(claim=claim).values_list("step", "account_id")
    people = [manager, checker, approver, payer]
    assert list(taken) == list(
        zip(["claim", "check", "approve", "pay"], [one.account_id for one in people], strict=True)
    )
    assert AuditEvent.objects.filter(verb="subsidy.moved").count() == 3


def test_nobody_takes_steps_of_two_permissions():
    city = a_federation("620500")
    officer = an_actor("federation_officer", city)
    a_scheme("training_fee")
    cohort = a_completed_cohort()
    claim = claims.claim_cohort(by=officer, on=TODAY, cohort=cohort, kind="training_fee")
    with pytest.raises(StepTaken):
        take(claim, "check", officer)
    other = an_actor("federation_officer", city)
    take(claim, "return", other, reason="缺少考勤表")
    take(claim, "claim", officer)
    take(claim, "check", other)  # who returned it may check it again
    take(claim, "approve", an_actor("approver", city))
    without_notice()
    with pytest.raises(StepTaken):
        take(claim, "pay", other, payment=PAYMENT)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("claimed", "approve"),
        ("claimed", "pay"),
        ("checked", "check"),
        ("paid", "check"),
        ("refused", "claim"),
    ],
)
def test_a_step_is_taken_from_its_state_only(state, step):
    claim = a_claim(state=state)
    with pytest.raises(StepNotAllowed):
        take(claim, step, payment=PAYMENT)


@pytest.mark.parametrize("step", ["recover", "dance"])
def test_an_unknown_step_and_a_recovery_without_items_are_refused(step):
    with pytest.raises(StepNotAllowed):
        take(a_claim(), step, reason="无")


@pytest.mark.parametrize(
    ("role", "step", "state"),
    [
        ("approver", "check", "claimed"),
        ("counsellor", "check", "claimed"),
        ("federation_officer", "approve", "checked"),
        ("auditor", "approve", "checked"),
        ("approver", "pay", "approved"),
    ],
)
def test_the_wrong_role_is_refused(role, step, state):
    claim = a_claim(state=state)
    with pytest.raises(NotPermitted):
        take(claim, step, an_actor(role, a_federation("620500")), payment=PAYMENT)


def test_returning_and_refusing_need_a_reason_and_free_the_costs():
    claim = a_claim()
    with pytest.raises(ReasonMissing):
        take(claim, "return", reason="  ")
    returned = take(claim, "return", reason="缺少考勤表")
    assert returned.state_reason == "缺少考勤表"
    assert not returned.items.filter(holds=True).exists()


def test_a_returned_claim_is_made_again_with_what_is_so_now():
    claim = a_claim(state="returned")
    first, second = claim.items.order_by("pk")
    other_funding_of(first.person, skill=claim.cohort.course.skill)
    again = take(claim, "claim")
    assert again.state == "claimed"
    assert [(item.person, item.holds) for item in again.items.filter(is_left_out=False)] == [
        (second.person, True)
    ]
    assert again.items.get(person=second.person).pk == second.pk
    assert again.items.get(person=first.person).is_left_out


def test_what_was_paid_elsewhere_meanwhile_stops_approval_and_payment():
    claim = a_claim(state="checked")
    person = claim.items.first().person
    paid_there = other_funding_of(person, skill=claim.cohort.course.skill)
    with pytest.raises(CostCharged) as refused:
        take(claim, "approve")
    assert refused.value.facts == {"count": 1}
    other_funding.undo(by=SYSTEM, on=TODAY, funding=paid_there, reason="登记错人")
    take(claim, "approve")
    on_notice([claim])
    other_funding_of(person, skill=claim.cohort.course.skill, payer="秦州区就业局")
    with pytest.raises(CostCharged):
        paid(claim)


def test_the_limit_of_a_year_is_asked_again_at_approval():
    a_scheme("living", conditions={"same_kind_a_year": 1})
    claim = a_claim(kind="living", state="checked")
    person = claim.items.first().person
    other_funding_of(person, item="living", skill=None, paid_on=date(2023, 12, 31))
    other_funding_of(person, item="living", skill=None)
    with pytest.raises(CostCharged):
        take(claim, "approve")


def test_a_claim_is_paid_after_its_notice_only():
    claim = a_claim(state="approved")
    with pytest.raises(NoticeNotPassed) as refused:
        paid(claim)
    assert refused.value.facts["stand"] == "none"
    notice = on_notice([claim])
    with pytest.raises(NoticeNotPassed) as refused:
        take(claim, "pay", payment=PAYMENT)
    assert refused.value.facts == {"stand": "running", "until": str(notice.ends_on)}
    assert paid(claim).state == "paid"


def test_every_person_of_a_claim_has_to_have_passed_the_notice():
    claim = a_claim(kind="living", state="approved")
    notice = on_notice([claim])
    notices.withdraw(by=SYSTEM, on=TODAY, notice=notice, reason="名单有误")
    with pytest.raises(NoticeNotPassed):
        paid(claim)


def test_where_the_place_asks_for_no_notice_a_claim_is_paid_at_once():
    claim = a_claim(state="approved")
    without_notice()
    assert take(claim, "pay", payment=PAYMENT).state == "paid"


def test_a_payment_has_a_day_and_a_voucher():
    claim = a_claim(state="approved")
    for payment, field in [
        (None, "payment_number"),
        (Payment(TODAY, " "), "payment_number"),
        (Payment(TODAY + timedelta(days=1), "1"), "paid_on"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            take(claim, "pay", payment=payment)
        assert list(refused.value.facts["fields"]) == [field]


def test_many_claims_take_a_step_and_the_others_say_why_not():
    good, other = a_claim(), a_claim(a_completed_cohort())
    late = a_claim(a_completed_cohort(), state="checked")
    result = subsidies.take_steps(by=SYSTEM, on=TODAY, claims=[good, other, late], step="check")
    assert {claim.pk for claim in result.done} == {good.pk, other.pk}
    [(claim, error)] = result.refused
    assert (claim, error.code) == (late, "subsidy_step_not_allowed")


def test_a_batch_takes_as_many_queries_as_one_claim(django_assert_num_queries):
    base = a_base()
    course = a_course(base)
    some = [a_claim(a_completed_cohort(base, course=course), state="checked") for _ in range(4)]
    for batch in (some[:1], some[1:]):
        with django_assert_num_queries(11):
            subsidies.take_steps(by=SYSTEM, on=TODAY, claims=batch, step="approve")


def test_money_paid_back_is_recorded_by_person_and_frees_the_cost():
    claim = a_claim(kind="living", state="paid")
    first, second = claim.items.order_by("pk")
    recover = {"by": SYSTEM, "on": AFTER_NOTICE, "claim": claim, "reason": "冒名参训"}
    with pytest.raises(InvalidInput):
        subsidies.recover(items=[], recovered_on=AFTER_NOTICE, **recover)
    with pytest.raises(InvalidInput):
        subsidies.recover(items=[first.pk], recovered_on=TODAY, **recover)
    held = subsidies.recover(items=[first.pk], recovered_on=AFTER_NOTICE, **recover)
    first.refresh_from_db()
    assert (held.state, first.holds, first.recovered_on) == ("paid", False, AFTER_NOTICE)
    with pytest.raises(InvalidInput):
        subsidies.recover(items=[first.pk], recovered_on=AFTER_NOTICE, **recover)
    assert subsidies.recover(items=[second.pk], recovered_on=AFTER_NOTICE, **recover).state == "recovered"


def test_a_claim_is_taken_back_by_whoever_claims_until_it_is_checked():
    claim = a_claim()
    manager = an_actor("base_manager", claim.base)
    assert take(claim, "withdraw", manager, reason="名单有误").state == "withdrawn"
    with pytest.raises(StepNotAllowed):
        take(a_claim(claim.cohort, state="checked"), "withdraw", manager, reason="名单有误")


def test_a_clash_names_the_claim_to_those_who_may_see_it_and_to_others_only_the_region():
    person = a_person()
    here = a_claim(a_completed_cohort(a_base("620502"), people=[person]))
    there = a_base("620503")
    _claim, judged = claims.prepared(
        cohort=a_completed_cohort(there, people=[person]), scheme=here.scheme, on=TODAY
    )
    [(_item, [clash])] = judged
    assert (clash.why, clash.claim, clash.claim.region.name) == ("same_skill", here, "秦州区")
    assert shown_to(an_actor("federation_officer", a_federation("620500")), [clash]) == ({here.pk}, set())
    assert shown_to(an_actor("federation_officer", a_federation("620503")), [clash]) == (set(), set())


def test_clashes_of_a_whole_claim_are_found_in_three_queries(django_assert_num_queries):
    claim = a_claim(a_completed_cohort(people=20))
    for item in claim.items.all()[:3]:
        other_funding_of(item.person, skill=claim.cohort.course.skill)
    items = list(claim.items.select_related("claim__scheme", "claim__region"))
    with django_assert_num_queries(3):
        found = clashes(items, on=TODAY)
    assert len(found) == 3


def test_a_startup_stopped_by_another_office_can_be_sent_back():
    claim = a_startup_claim(state="approved")
    other_funding.record(by=SYSTEM, on=TODAY, funding=funding(claim.person, item="startup", skill=None))
    with pytest.raises(CostCharged):
        taken_to(claim, "paid")
    assert take(claim, "send_back", reason="人社已发放").state == "returned"
