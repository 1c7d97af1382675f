"""Changes that wait: the second person, the time to undo, the effect."""

from datetime import timedelta

import pytest

from certificates import errors
from certificates.actions import certificates, changes, effects
from certificates.models import CertificateEvent, Change, SigningKey
from certificates.queries.public import find_by_code
from certificates.queries.skills import skill_counts
from registry.errors import NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.certificates.change_factories import MINUTE, status, verbs, withdraw
from tests.certificates.factories import AT, ISSUED_ON, a_policy, an_approver, an_issued_certificate
from tests.registry.factories import an_actor

pytestmark = pytest.mark.django_db


class TestTheTimeToUndo:
    def test_a_withdrawal_waits_ten_minutes_and_the_public_sees_nothing_of_it(self) -> None:
        certificate = an_issued_certificate()
        change = withdraw(an_approver(), certificate, note="举报属实")

        assert (change.state, change.takes_effect_at) == ("due", AT + 10 * MINUTE)
        record = find_by_code(certificate.code)
        assert record is not None
        assert (record.status, record.reason_class) == ("issued", "")
        assert skill_counts([certificate.person_id], ISSUED_ON)[certificate.person_id] == 1
        assert effects.apply_due(at=AT + 9 * MINUTE) == 0

        assert effects.apply_due(at=AT + 10 * MINUTE) == 1

        assert status(certificate) == "withdrawn"
        assert skill_counts([certificate.person_id], ISSUED_ON)[certificate.person_id] == 0
        assert verbs(certificate) == ["issued", "withdraw_asked", "withdrawn"]

    def test_the_beat_again_finds_nothing_to_do(self) -> None:
        certificate = an_issued_certificate()
        withdraw(an_approver(), certificate)
        effects.apply_due(at=AT + 10 * MINUTE)
        events = CertificateEvent.objects.count()

        assert effects.apply_due(at=AT + 11 * MINUTE) == 0
        assert CertificateEvent.objects.count() == events

    def test_undone_in_time_nothing_happens_and_the_history_says_so(self) -> None:
        certificate, by = an_issued_certificate(), an_approver()
        change = changes.undo(by=by, at=AT + MINUTE, change=withdraw(by, certificate))

        assert change.state == "undone"
        assert effects.apply_due(at=AT + 60 * MINUTE) == 0
        assert status(certificate) == "issued"
        assert verbs(certificate) == ["issued", "withdraw_asked", "change_undone"]
        withdraw(by, certificate, at=AT + 2 * MINUTE)

    def test_undone_too_late_it_takes_effect_instead(self) -> None:
        certificate, by = an_issued_certificate(), an_approver()
        change = withdraw(by, certificate)

        with pytest.raises(errors.ChangeOver):
            changes.undo(by=by, at=AT + 10 * MINUTE, change=change)
        assert status(certificate) == "withdrawn"

    def test_whoever_asked_may_stop_waiting(self) -> None:
        certificate, by = an_issued_certificate(), an_approver()
        changes.hasten(by=by, at=AT + MINUTE, change=withdraw(by, certificate))

        assert status(certificate) == "withdrawn"

    def test_a_federation_may_have_no_window(self) -> None:
        a_policy(undo_minutes=0)
        certificate = an_issued_certificate()

        assert withdraw(an_approver(), certificate, note="查实").state == "done"
        assert status(certificate) == "withdrawn"
        assert verbs(certificate) == ["issued", "withdrawn"]
        assert certificate.events.last().note == "查实"

    def test_the_nearest_federation_decides(self) -> None:
        a_policy("620000", undo_minutes=60)
        a_policy("620500", undo_minutes=5)

        assert withdraw(an_approver(), an_issued_certificate()).takes_effect_at == AT + 5 * MINUTE

    def test_a_suspension_takes_effect_at_once_and_so_does_reinstating(self) -> None:
        a_policy(two_people_withdraw=True, two_people_replace=True, two_people_bulk=True, undo_minutes=60)
        certificate, by = an_issued_certificate(), an_approver()

        changes.ask(by=by, at=AT, kind="suspend", certificate=certificate, reason_class="under_review")
        assert status(certificate) == "suspended"
        changes.ask(by=by, at=AT, kind="reinstate", certificate=certificate)
        assert status(certificate) == "issued"

    def test_the_system_s_own_commands_wait_for_nobody(self) -> None:
        a_policy(two_people_withdraw=True)
        certificate = an_issued_certificate()

        assert withdraw(SYSTEM, certificate).state == "done"
        assert status(certificate) == "withdrawn"

    def test_one_change_waits_at_a_time(self) -> None:
        certificate, by = an_issued_certificate(), an_approver()
        withdraw(by, certificate)

        with pytest.raises(errors.ChangeWaiting):
            withdraw(by, certificate)

    def test_asking_for_another_first_settles_what_is_due(self) -> None:
        certificate, by = an_issued_certificate(), an_approver()
        withdraw(by, certificate)

        with pytest.raises(errors.WrongStatus):
            changes.ask(
                by=by,
                at=AT + 11 * MINUTE,
                kind="suspend",
                certificate=certificate,
                reason_class="under_review",
            )
        assert status(certificate) == "withdrawn"

    def test_a_suspended_certificate_is_withdrawn_all_the_same(self) -> None:
        certificate, by = an_issued_certificate(), an_approver()
        withdraw(by, certificate)
        changes.ask(by=by, at=AT, kind="suspend", certificate=certificate, reason_class="under_review")
        assert status(certificate) == "suspended"
        effects.apply_due(at=AT + 10 * MINUTE)

        assert status(certificate) == "withdrawn"

    def test_what_cannot_take_effect_is_dropped_and_told(self) -> None:
        certificate, by = an_issued_certificate(), an_approver()
        change = withdraw(by, certificate)
        certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")
        effects.apply_due(at=AT + 10 * MINUTE)

        assert change.items.get().problem == "certificate_status"
        assert verbs(certificate)[-1] == "change_dropped"

    def test_a_change_that_fails_stays_due_and_holds_up_no_other(self) -> None:
        first, second = an_issued_certificate(), an_issued_certificate()
        by = an_approver()
        changes.ask(by=by, at=AT, kind="correct", certificate=first, values={"hours": 30})
        withdraw(by, second, at=AT + MINUTE)
        SigningKey.objects.update(not_before=ISSUED_ON + timedelta(days=1))

        assert effects.apply_due(at=AT + 20 * MINUTE) == 1
        assert (status(first), status(second)) == ("issued", "withdrawn")
        assert Change.objects.filter(state="due").count() == 1


class TestTheSecondPerson:
    def test_another_approver_agrees_and_then_the_window_begins(self) -> None:
        a_policy(two_people_withdraw=True)
        certificate = an_issued_certificate()
        change = withdraw(an_approver(), certificate)
        assert (change.state, change.takes_effect_at) == ("asked", None)
        assert effects.apply_due(at=AT + 60 * MINUTE) == 0

        change = changes.approve(by=an_approver(), at=AT + 60 * MINUTE, change=change)

        assert change.takes_effect_at == AT + 70 * MINUTE
        effects.apply_due(at=AT + 70 * MINUTE)
        assert status(certificate) == "withdrawn"
        assert verbs(certificate) == ["issued", "withdraw_asked", "change_approved", "withdrawn"]

    def test_nobody_approves_what_they_asked_for_themselves(self) -> None:
        a_policy(two_people_withdraw=True)
        by = an_approver()
        change = withdraw(by, an_issued_certificate())

        for decide in (changes.approve, changes.refuse):
            with pytest.raises(errors.SecondPersonNeeded):
                decide(by=by, at=AT, change=change)

    def test_a_base_manager_does_not_approve(self) -> None:
        a_policy(two_people_withdraw=True)
        certificate = an_issued_certificate()
        change = withdraw(an_approver(), certificate)

        with pytest.raises(NotPermitted):
            changes.approve(by=an_actor("base_manager", certificate.base), at=AT, change=change)

    def test_refused_nothing_happens(self) -> None:
        a_policy(two_people_withdraw=True)
        certificate = an_issued_certificate()
        change = changes.refuse(
            by=an_approver(), at=AT, change=withdraw(an_approver(), certificate), note="证据不足"
        )

        assert change.state == "refused"
        assert status(certificate) == "issued"
        assert certificate.events.last().note == "证据不足"
        with pytest.raises(errors.ChangeOver):
            changes.approve(by=an_approver(), at=AT, change=change)

    def test_hastening_does_not_get_round_the_second_person(self) -> None:
        a_policy(two_people_withdraw=True)
        by = an_approver()

        with pytest.raises(errors.ChangeOver):
            changes.hasten(by=by, at=AT, change=withdraw(by, an_issued_certificate()))

    def test_an_approver_of_another_region_neither_asks_nor_decides(self) -> None:
        a_policy(two_people_withdraw=True)
        certificate, stranger = an_issued_certificate(), an_approver("360100")
        with pytest.raises(NotPermitted):
            withdraw(stranger, certificate)
        change = withdraw(an_approver(), certificate)

        for decide in (changes.approve, changes.refuse, changes.undo, changes.hasten):
            with pytest.raises(NotPermitted):
                decide(by=stranger, at=AT, change=change)

    def test_the_audit_trail_has_no_free_text(self) -> None:
        a_policy(two_people_withdraw=True)
        change = withdraw(an_approver(), an_issued_certificate(), note="张三举报")
        changes.approve(by=an_approver(), at=AT, change=change, note="电话核实")
        effects.apply_due(at=AT + 10 * MINUTE)

        facts = [str(event.facts) for event in AuditEvent.objects.all()]
        assert not [text for text in facts if "张三" in text or "电话" in text]
        told = AuditEvent.objects.filter(verb__in=("certificate.withdraw_asked", "certificate.withdrawn"))
        assert [event.facts["reason_class"] for event in told] == ["fraud", "fraud"]
