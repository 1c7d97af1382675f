"""What a federation asks of changes: who decides it, and what it may ask."""

import pytest

from certificates.actions import policies
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from tests.certificates.factories import ISSUED_ON, a_policy
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db


class TestThePolicy:
    def test_is_decided_by_officers_and_audited(self) -> None:
        federation = a_federation("620500")
        policies.decide(
            by=an_actor("federation_officer", federation),
            on=ISSUED_ON,
            federation=federation,
            two_people_withdraw=True,
            two_people_replace=False,
            two_people_bulk=True,
            undo_minutes=30,
        )

        assert federation.change_policy.undo_minutes == 30
        assert AuditEvent.objects.get(verb="certificate_policy.decided").facts["two_people_bulk"] is True

    @pytest.mark.parametrize("role", ["approver", "counsellor", "read_only", "auditor"])
    def test_is_not_for_those_it_binds(self, role: str) -> None:
        federation = a_federation("620500")
        with pytest.raises(NotPermitted):
            policies.decide(
                by=an_actor(role, federation),
                on=ISSUED_ON,
                federation=federation,
                two_people_withdraw=False,
                two_people_replace=False,
                two_people_bulk=False,
                undo_minutes=0,
            )

    @pytest.mark.parametrize("minutes", [-1, 10_081])
    def test_has_no_window_that_is_forgotten(self, minutes: int) -> None:
        with pytest.raises(InvalidInput):
            a_policy(undo_minutes=minutes)
