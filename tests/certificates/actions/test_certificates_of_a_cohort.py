"""Issuing the certificates of a whole cohort: in batches that go on where the last one stopped."""

import time
from typing import Any

import pytest

from certificates import errors
from certificates.actions import certificates, drafts, history
from certificates.models import Certificate, CertificateEvent, NumberSeries
from registry.models import Person
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


class TestACohort:
    def test_is_issued_in_steps_that_go_on_where_the_last_one_stopped(self) -> None:
        cohort = a_cohort_to_certify(5)

        steps = [certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort, limit=2) for _ in range(4)]

        assert [(step.made, step.issued, step.remaining) for step in steps] == [
            (2, 2, 3),
            (2, 4, 1),
            (1, 5, 0),
            (0, 5, 0),
        ]
        assert len(set(Certificate.objects.values_list("number", flat=True))) == 5

    def test_one_who_cannot_get_one_does_not_hold_up_the_others(self) -> None:
        cohort = a_cohort_to_certify(3)
        second = cohort.enrolments.order_by("pk")[1]
        Person.objects.filter(pk=second.person_id).update(name="王\U000f0000")

        step = certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)

        assert (step.made, step.remaining) == (2, 0)
        assert [(refusal.enrolment, refusal.error.code) for refusal in step.refused] == [
            (second, "missing_glyph")
        ]
        assert NumberSeries.objects.get().last == 2

    def test_costs_as_many_statements_for_thirty_as_for_one(self, django_assert_num_queries: Any) -> None:
        one, thirty = a_cohort_to_certify(1), a_cohort_to_certify([a_person(n) for n in range(30)])

        for cohort in (one, thirty):
            # Rights and words 3, the local standard 1, who waits 1, the batch 12 with its public notices 1 and its
            # 6 savepoints, how many there are now 1.
            with django_assert_num_queries(26):
                certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)

    def test_is_issued_in_batches_of_which_a_failed_one_leaves_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cohort = a_cohort_to_certify(5)
        monkeypatch.setattr(history, "AT_ONCE", 2)
        real, batches = drafts.put_in_force, iter(range(9))

        def fails_in_the_third(*arguments: Any) -> list[Certificate]:
            made = real(*arguments)
            if next(batches) == 2:
                raise errors.SignatureNotGood(reason="signature_wrong")
            return made

        monkeypatch.setattr(drafts, "put_in_force", fails_in_the_third)
        with pytest.raises(errors.SignatureNotGood):
            certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
        monkeypatch.setattr(drafts, "put_in_force", real)

        assert (
            Certificate.objects.count() == CertificateEvent.objects.count() == NumberSeries.objects.get().last
        )
        assert NumberSeries.objects.get().last == 4
        assert certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort).issued == 5
        assert NumberSeries.objects.get().last == 5

    def test_of_fifty_takes_a_few_seconds(self) -> None:
        cohort = a_cohort_to_certify([a_person(n) for n in range(50)])
        started = time.monotonic()

        step = certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort, limit=50)

        assert step.made == 50
        # Generous: the machine runs other tests beside this one. Alone it takes a fifth of a second.
        assert time.monotonic() - started < 15
