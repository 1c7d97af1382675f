"""What people decide about flags, and how long it stands."""

from datetime import timedelta

import pytest

from courses.actions import cohorts, enrolments, flags
from courses.actions import sessions as timetable
from courses.errors import FlagGone, OwnFlag
from courses.models import ReviewFlag
from courses.models.flags import FlagState
from courses.rules.sessions import NewSession
from registry.errors import InvalidInput, NotPermitted
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import (
    STARTS_ON,
)
from tests.courses.flag_factories import (
    a_flag,
    a_flag_of_a_trainee,
    an_accredited_base,
    rechecked,
)
from tests.registry.factories import a_federation, an_actor, an_unsaved_actor

pytestmark = pytest.mark.django_db


APPROVER = {"role": "approver", "region_path": "000000/620000/620500/"}


def an_approver():
    return an_actor("approver", a_federation("620500"))


def test_what_was_dismissed_stays_so_until_the_evidence_is_another():
    flag = a_flag()
    flags.decide(by=an_approver(), on=TODAY, flag=flag, verdict="dismissed", reason="两批学员轮流实操。")
    rechecked(flag.cohort)
    flag.refresh_from_db()
    assert flag.state == FlagState.DISMISSED
    new = [NewSession(STARTS_ON + timedelta(days=1), 12)]
    timetable.add_sessions(by=SYSTEM, on=TODAY, cohort=flag.cohort, sessions=new)
    rechecked(flag.cohort)
    flag.refresh_from_db()
    assert (flag.state, flag.evidence["most"]) == (FlagState.OPEN, 12)
    assert list(flag.events.values_list("step", flat=True)) == ["found", "dismissed", "reopened"]


def test_what_was_confirmed_stays_so_and_nothing_follows_by_itself():
    flag = a_flag()
    state = flag.cohort.state
    flags.decide(
        by=an_approver(), on=TODAY, flag=flag, verdict="confirmed", reason="现场核查，当天没有上课。"
    )
    cohorts.move_to(by=SYSTEM, on=TODAY, cohort=flag.cohort, state="cancelled", reason="不办了")
    rechecked(flag.cohort)
    flag.refresh_from_db()
    assert (flag.state, state) == (FlagState.CONFIRMED, "enrolling")


def test_a_decision_can_be_taken_anew_and_both_stay_in_the_history():
    flag, approver = a_flag(), an_approver()
    flags.decide(by=approver, on=TODAY, flag=flag, verdict="confirmed", reason="课时登记不实。")
    flags.decide(by=approver, on=TODAY, flag=flag, verdict="dismissed", reason="看错了日期。")
    last = flag.events.last()
    assert [event.step for event in flag.events.all()] == ["found", "confirmed", "dismissed"]
    assert (last.by_name, last.reason) == (approver.name, "看错了日期。")


def test_several_flags_are_decided_with_one_reason_in_a_fixed_number_of_queries(
    django_assert_max_num_queries,
):
    found = [a_flag(an_accredited_base()) for _n in range(4)]
    approver = an_approver()
    with django_assert_max_num_queries(8):
        flags.decide_many(
            by=approver, on=TODAY, flags=found, verdict="dismissed", reason="当地规定每天 9 课时。"
        )
    assert set(ReviewFlag.objects.values_list("state", flat=True)) == {"dismissed"}


@pytest.mark.parametrize(
    ("verdict", "reason", "problem"),
    [
        ("gone", "看过了", {"verdict": "field_choice"}),
        ("dismissed", "  ", {"reason": "field_missing"}),
        ("dismissed", "长" * 301, {"reason": "field_too_long"}),
        ("dismissed", "已联系 13900000000", {"reason": "flag_personal_number"}),
    ],
)
def test_a_decision_says_what_and_why_without_anybodys_number(verdict, reason, problem):
    flag = a_flag()
    with pytest.raises(InvalidInput) as refused:
        flags.decide(by=an_approver(), on=TODAY, flag=flag, verdict=verdict, reason=reason)
    assert refused.value.facts["fields"] == problem


@pytest.mark.parametrize("role", ["federation_officer", "auditor", "counsellor", "read_only"])
def test_only_an_approver_decides(role):
    flag = a_flag()
    with pytest.raises(NotPermitted):
        flags.decide(
            by=an_actor(role, a_federation("620500")), on=TODAY, flag=flag, verdict="dismissed", reason="无"
        )


def test_who_files_for_the_base_decides_nothing_about_it():
    flag = a_flag()
    both = an_unsaved_actor(APPROVER, {"role": "base_manager", "base_id": flag.cohort.base_id})
    with pytest.raises(OwnFlag):
        flags.decide(by=both, on=TODAY, flag=flag, verdict="dismissed", reason="没有问题")


def test_what_is_gone_needs_no_decision():
    flag = a_flag_of_a_trainee()
    enrolments.withdraw(by=SYSTEM, on=TODAY, enrolment=flag.enrolment)
    rechecked(flag.cohort)
    with pytest.raises(FlagGone):
        flags.decide(by=an_approver(), on=TODAY, flag=flag, verdict="dismissed", reason="年龄放宽")
