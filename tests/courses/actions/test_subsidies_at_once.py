"""Two offices charge the same cost at the same moment: one of them gets it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from courses.actions import claims, other_funding, subsidies
from courses.models import SubsidyItem
from registry.errors import RegistryError
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_completed_cohort
from tests.courses.subsidy_factories import a_claim, a_scheme, a_startup_claim, funding
from tests.registry.factories import a_base, a_person, a_uscc

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each of several threads gets from acting at the same moment: "done", or the code of the refusal."""
    start = Barrier(len(acts))

    def alone(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except RegistryError as error:
            return error.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(future.result() for future in [pool.submit(alone, act) for act in acts])


def test_two_claims_for_the_same_costs_from_two_sources_race_and_one_wins():
    a_scheme("training_fee")
    cohort = a_completed_cohort(people=3)

    def claim(source):
        return lambda: claims.claim_cohort(
            by=SYSTEM, on=TODAY, cohort=cohort, kind="training_fee", funding_source=source
        )

    results = at_once(claim("security_fund"), claim("fiscal"), claim("security_fund"))
    assert results == ["done", "subsidy_nothing_to_pay", "subsidy_nothing_to_pay"]
    assert SubsidyItem.objects.filter(holds=True).count() == 3


def test_two_regions_that_claim_for_the_same_skill_of_one_person_race_and_one_wins():
    a_scheme("training_fee")
    person = a_person()
    cohorts = [a_completed_cohort(a_base(code), people=[person]) for code in ("620502", "620503")]

    def claim(cohort):
        return lambda: claims.claim_cohort(by=SYSTEM, on=TODAY, cohort=cohort, kind="training_fee")

    assert at_once(*map(claim, cohorts)) == ["done", "subsidy_nothing_to_pay"]
    assert SubsidyItem.objects.filter(holds=True).count() == 1


def test_two_people_who_claim_for_one_business_race_and_one_wins():
    a_scheme("startup")
    people, uscc = [a_person(1), a_person(2)], a_uscc(77, kind="92")
    results = at_once(
        *[lambda person=person: a_startup_claim(person, business_uscc=uscc) for person in people]
    )
    assert results == ["done", "subsidy_cost_charged"]


def test_an_approval_and_a_payment_of_another_office_do_not_pass_each_other():
    claim = a_claim(state="checked")
    person = claim.items.first().person
    told = funding(person, skill=claim.cohort.course.skill)
    at_once(
        lambda: subsidies.take_step(by=SYSTEM, on=TODAY, claim=claim, step="approve"),
        lambda: other_funding.record(by=SYSTEM, on=TODAY, funding=told),
    )
    # Whoever came first: by the payment the office's row is seen.
    claim.refresh_from_db()
    if claim.state == "checked":
        with pytest.raises(RegistryError, match="subsidy_cost_charged"):
            subsidies.take_step(by=SYSTEM, on=TODAY, claim=claim, step="approve")
    else:
        result = subsidies.take_steps(
            by=SYSTEM,
            on=TODAY,
            claims=[claim],
            step="pay",
            payment=subsidies.Payment(TODAY, "1"),
        )
        assert [error.code for _claim, error in result.refused] == ["subsidy_cost_charged"]


def test_one_claim_approved_by_several_at_once_is_approved_once():
    claim = a_claim(state="checked")
    act = lambda: subsidies.take_step(by=SYSTEM, on=TODAY, claim=claim, step="approve")  # noqa: E731
    assert at_once(act, act, act) == ["done", *["subsidy_step_not_allowed"] * 2]
    assert claim.steps.filter(step="approve").count() == 1
