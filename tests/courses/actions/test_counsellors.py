"""Counsellors: assigned in bulk, handed over, with history."""

from datetime import timedelta

import pytest

from courses.actions import counsellors
from courses.errors import NotACounsellor
from courses.models import CounsellorAssignment
from registry.errors import NotPermitted
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_counsellor
from tests.registry.factories import a_federation, a_person, an_account, an_actor

pytestmark = pytest.mark.django_db


def test_people_are_handed_over_and_who_had_them_stays_on_record() -> None:
    people = [a_person(n) for n in (1, 2, 3)]
    first, second = a_counsellor(*people), a_counsellor()
    tomorrow = TODAY + timedelta(days=1)
    assert counsellors.assign(by=SYSTEM, on=tomorrow, people=people[:2], counsellor=second) == 2
    assert CounsellorAssignment.objects.standing().filter(counsellor=second).count() == 2
    assert CounsellorAssignment.objects.filter(counsellor=first, ended_on=tomorrow).count() == 2
    assert counsellors.assign(by=SYSTEM, on=tomorrow, people=people[:2], counsellor=second) == 0


def test_nobody_may_be_the_counsellor() -> None:
    person = a_person()
    a_counsellor(person)
    assert counsellors.assign(by=SYSTEM, on=TODAY, people=[person], counsellor=None) == 1
    assert not CounsellorAssignment.objects.standing().exists()


def test_only_a_counsellor_of_the_place_is_given_people() -> None:
    person = a_person()
    for account in (an_account("federation_officer", a_federation("620502")), a_counsellor(region="211104")):
        with pytest.raises(NotACounsellor):
            counsellors.assign(by=SYSTEM, on=TODAY, people=[person], counsellor=account)


def test_a_counsellor_takes_nobody_for_themselves() -> None:
    account = a_counsellor()
    with pytest.raises(NotPermitted):
        counsellors.assign(
            by=an_actor("counsellor", a_federation("620502")),
            on=TODAY,
            people=[a_person()],
            counsellor=account,
        )
