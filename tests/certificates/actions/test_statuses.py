"""Suspending, reinstating and withdrawing a certificate."""

import pytest

from certificates import errors
from certificates.actions import certificates
from certificates.queries.skills import skill_counts
from registry.errors import NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_policy, an_issued_certificate
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db


class TestAStatus:
    def test_changes_leave_events_audit_rows_and_the_skill_count_behind(self) -> None:
        certificate = an_issued_certificate()
        approver = an_actor("approver", a_federation("620500"))
        person = certificate.person_id

        certificates.suspend(
            by=approver, on=ISSUED_ON, certificate=certificate, reason_class="under_review", note="有人举报"
        )
        assert skill_counts([person], ISSUED_ON)[person] == 0
        certificates.reinstate(by=approver, on=ISSUED_ON, certificate=certificate)
        assert skill_counts([person], ISSUED_ON)[person] == 1
        gone = certificates.withdraw(
            by=approver, on=ISSUED_ON, certificate=certificate, reason_class="issued_in_error"
        )
        assert skill_counts([person], ISSUED_ON)[person] == 0

        assert (gone.status, gone.reason_class, gone.status_since) == (
            "withdrawn",
            "issued_in_error",
            ISSUED_ON,
        )
        assert [event.verb for event in certificate.events.all()] == [
            "issued",
            "suspended",
            "reinstated",
            "withdrawn",
        ]
        rows = AuditEvent.objects.filter(subject_id=certificate.public_id, actor_id=approver.account_id)
        assert sorted(rows.values_list("verb", flat=True)) == [
            "certificate.reinstated",
            "certificate.suspended",
            "certificate.withdrawn",
        ]
        assert not any("有人举报" in str(row.facts) for row in rows)

    def test_withdrawn_is_for_good(self) -> None:
        certificate = an_issued_certificate()
        certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

        with pytest.raises(errors.WrongStatus):
            certificates.reinstate(by=SYSTEM, on=ISSUED_ON, certificate=certificate)
        with pytest.raises(errors.WrongStatus):
            certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

    @pytest.mark.parametrize("reason", ["", "other"])
    def test_needs_a_reason_the_public_can_read(self, reason: str) -> None:
        with pytest.raises(errors.ReasonNeeded):
            certificates.withdraw(
                by=SYSTEM, on=ISSUED_ON, certificate=an_issued_certificate(), reason_class=reason
            )

    def test_is_for_the_approver_of_the_region_not_for_the_base(self) -> None:
        certificate = an_issued_certificate()
        for actor in (
            an_actor("base_manager", certificate.base),
            an_actor("federation_officer", a_federation("620500")),
            an_actor("approver", a_federation("360000")),
        ):
            with pytest.raises(NotPermitted):
                certificates.withdraw(by=actor, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

    def test_no_person_goes_round_the_second_one_that_the_federation_wants(self) -> None:
        a_policy(two_people_withdraw=True)
        certificate = an_issued_certificate()
        approver = an_actor("approver", a_federation("620500"))
        with pytest.raises(errors.SecondPersonNeeded):
            certificates.withdraw(by=approver, on=ISSUED_ON, certificate=certificate, reason_class="fraud")
        held = certificates.suspend(
            by=approver, on=ISSUED_ON, certificate=certificate, reason_class="under_review"
        )
        assert held.status == "suspended"
        gone = certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")
        assert gone.status == "withdrawn"
