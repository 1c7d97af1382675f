"""Two people change one certificate in the same moment: one of them wins whole, the other is told."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection

from certificates import errors
from certificates.actions import certificates, changes, corrections, effects
from certificates.models import Certificate, Change, ChangeItem
from courses.models import Cohort
from registry.rules.access import SYSTEM
from tests.certificates.factories import (
    AT,
    ISSUED_ON,
    a_cohort_to_certify,
    a_policy,
    an_approver,
    an_issued_certificate,
)

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[str]:
    """Runs these at once; for each "done", or the code of its refusal."""
    start = threading.Barrier(len(acts))
    told = [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            act()
            told[place] = "done"
        except (errors.ChangeWaiting, errors.WrongStatus, errors.ChangeOver, errors.NothingTouched) as error:
            told[place] = error.code
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def correct(certificate: Certificate, hours: str) -> Change:
    return corrections.correct(by=SYSTEM, at=AT, certificate=certificate, typed={"hours": hours})


def test_two_corrections_at_once_make_one_new_certificate() -> None:
    held = an_issued_certificate()
    told = together(lambda: correct(held, "40"), lambda: correct(held, "50"))

    assert sorted(told) == ["certificate_status", "done"]
    assert Certificate.objects.filter(replaces=held).count() == 1
    assert Certificate.objects.in_force().count() == 1


def test_a_correction_against_a_withdrawal_leaves_one_of_them() -> None:
    held = an_issued_certificate()
    told = together(
        lambda: correct(held, "40"),
        lambda: changes.ask(by=SYSTEM, at=AT, kind="withdraw", certificate=held, reason_class="fraud"),
    )

    assert sorted(told) == ["certificate_status", "done"]
    statuses = sorted(Certificate.objects.values_list("status", flat=True))
    assert statuses in (["withdrawn"], ["issued", "replaced"])


def test_two_who_ask_for_what_waits_leave_one_waiting() -> None:
    held, one, other = an_issued_certificate(), an_approver(), an_approver()
    told = together(
        *(
            lambda by=by: changes.ask(  # type: ignore[misc]
                by=by, at=AT, kind="withdraw", certificate=held, reason_class="fraud"
            )
            for by in (one, other)
        )
    )

    assert sorted(told) == ["change_waiting", "done"]
    assert ChangeItem.objects.filter(is_open=True).count() == 1


def test_two_beats_at_once_take_each_change_to_its_effect_once() -> None:
    held, by = an_issued_certificate(), an_approver()
    corrections.correct(by=by, at=AT, certificate=held, typed={"hours": "40"})
    at = AT + timedelta(minutes=10)
    together(lambda: effects.apply_due(at=at), lambda: effects.apply_due(at=at))

    assert Certificate.objects.filter(replaces=held).count() == 1
    assert held.events.filter(verb="replaced").count() == 1


def test_undone_and_due_in_the_same_moment_is_one_or_the_other() -> None:
    held, by = an_issued_certificate(), an_approver()
    change = changes.ask(by=by, at=AT, kind="withdraw", certificate=held, reason_class="fraud")
    together(
        lambda: changes.undo(by=by, at=AT + timedelta(minutes=9), change=change),
        lambda: effects.apply_due(at=AT + timedelta(minutes=10)),
    )
    change.refresh_from_db()
    held.refresh_from_db()

    assert (change.state, held.status) in (("undone", "issued"), ("done", "withdrawn"))


def test_two_who_change_a_whole_cohort_share_it_without_waiting_in_a_ring() -> None:
    a_policy(undo_minutes=0)
    cohort: Cohort = a_cohort_to_certify(8)
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
    held = list(Certificate.objects.filter(enrolment__cohort=cohort))

    def withdraw(some: list[Certificate]) -> None:
        change = changes.ask_many(
            by=SYSTEM,
            at=AT,
            kind="withdraw",
            base=cohort.base,
            wanted=[(one, {}) for one in some],
            reason_class="fraud",
        )
        effects.go_on(change, at=AT)

    together(lambda: withdraw(held), lambda: withdraw(held[::-1]))

    assert set(Certificate.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert ChangeItem.objects.filter(problem="").count() == 8
    for one in held:
        assert one.events.filter(verb="withdrawn").count() == 1
