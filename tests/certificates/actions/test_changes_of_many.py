"""Changes of a whole cohort or base: in steps, with one query count, those with another change left out."""

import pytest
from pytest_django import DjangoAssertNumQueries

from certificates import errors
from certificates.actions import effects, history
from registry.errors import NotPermitted
from registry.models import AuditEvent
from tests.certificates.change_factories import ask_all, status, withdraw
from tests.certificates.factories import AT, a_policy, an_approver, issued_cohort
from tests.registry.factories import an_actor

pytestmark = pytest.mark.django_db


class TestManyAtOnce:
    def test_a_whole_cohort_in_steps_that_go_on_where_they_stopped(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history, "AT_ONCE", 2)
        cohort, held = issued_cohort(5)
        change = ask_all(an_approver(), cohort, held, "suspend", "under_review")

        assert effects.go_on(change, at=AT, steps=1) == 3
        assert effects.go_on(change, at=AT, steps=1) == 1
        assert effects.apply_due(at=AT) == 1

        assert {status(one) for one in held} == {"suspended"}
        assert AuditEvent.objects.filter(verb="certificate.suspended").count() == 5
        change.refresh_from_db()
        assert change.state == "done"

    def test_a_step_costs_the_same_for_few_and_for_many(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for people in (2, 12):
            cohort, held = issued_cohort(people)
            change = ask_all(an_approver(), cohort, held, "suspend", "under_review")
            with django_assert_num_queries(QUERIES_OF_A_STEP):
                effects.go_on(change, at=AT, steps=1)

    def test_those_with_another_change_waiting_are_left_to_it(self) -> None:
        cohort, held = issued_cohort(3)
        withdraw(an_approver(), held[0])
        change = ask_all(an_approver(), cohort, held)

        assert set(change.items.values_list("certificate_id", flat=True)) == {held[1].pk, held[2].pk}

    def test_nothing_left_to_change_is_said(self) -> None:
        cohort, held = issued_cohort(1)
        ask_all(an_approver(), cohort, held)

        with pytest.raises(errors.NothingTouched):
            ask_all(an_approver(), cohort, held)

    def test_the_federation_may_ask_for_two_people_only_here(self) -> None:
        a_policy(two_people_bulk=True)
        cohort, held = issued_cohort(2)

        assert withdraw(an_approver(), held[0]).state == "due"
        assert ask_all(an_approver(), cohort, held).state == "asked"

    def test_a_base_manager_withdraws_nothing(self) -> None:
        cohort, held = issued_cohort(1)

        with pytest.raises(NotPermitted):
            ask_all(an_actor("base_manager", cohort.base), cohort, held)


QUERIES_OF_A_STEP = 17
