from datetime import date, timedelta

import pytest

from registry.actions import bases, suspensions
from registry.actions.suspensions import AlreadyReinstated, AlreadySuspended, NotInForce
from registry.errors import InvalidInput, NotPermitted
from registry.models import Accreditation, TrainingBase
from registry.queries import bases as queries
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.base_factories import a_suspension
from tests.registry.factories import a_base, a_federation, an_accreditation, an_actor

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def in_force(plaque: Accreditation, *days: date) -> list[bool]:
    """As every way to ask says it: they must never differ."""
    held = Accreditation.objects.get(pk=plaque.pk)
    told = [held.is_in_force(day) for day in days]
    assert told == [TrainingBase.objects.accredited_on(day).exists() for day in days]
    assert told == [queries.accredited_on(held.base, day) for day in days]
    lacking = [day for day, there in zip(days, told, strict=True) if not there]
    assert queries.first_day_without_plaque(held.base, days) == (lacking[0] if lacking else None)
    return told


def test_a_suspended_plaque_does_not_count_from_the_first_day_to_the_last() -> None:
    plaque = an_accreditation(a_base())
    a_suspension(plaque, starts_on=TODAY + A_DAY, ends_on=TODAY + 3 * A_DAY)
    days = [TODAY + n * A_DAY for n in range(5)]
    assert in_force(plaque, *days) == [True, False, False, False, True]


def test_without_a_last_day_it_lasts_until_somebody_reinstates() -> None:
    plaque = an_accreditation(a_base())
    suspension = a_suspension(plaque)
    later = TODAY + 30 * A_DAY
    assert in_force(plaque, TODAY, later) == [False, False]
    suspensions.reinstate(by=SYSTEM, on=later, suspension=suspension, reason="消防验收通过")
    assert in_force(plaque, TODAY, later - A_DAY, later) == [False, False, True]
    with pytest.raises(AlreadyReinstated):
        suspensions.reinstate(by=SYSTEM, on=later, suspension=suspension, reason="又一次")


def test_one_that_has_not_begun_never_does_once_it_is_lifted() -> None:
    plaque = an_accreditation(a_base())
    suspension = a_suspension(plaque, starts_on=TODAY + 5 * A_DAY, ends_on=TODAY + 9 * A_DAY)
    suspensions.reinstate(by=SYSTEM, on=TODAY, suspension=suspension, reason="误报")
    assert in_force(plaque, *(TODAY + n * A_DAY for n in range(10))) == [True] * 10


def test_another_plaque_of_the_base_still_counts() -> None:
    base = a_base("620502")
    a_suspension(an_accreditation(base))
    assert not queries.accredited_on(base, TODAY)
    an_accreditation(base, a_federation("620500"))
    assert queries.accredited_on(base, TODAY)


def test_two_suspensions_never_cover_the_same_day() -> None:
    plaque = an_accreditation(a_base())
    a_suspension(plaque, starts_on=TODAY + 5 * A_DAY, ends_on=TODAY + 9 * A_DAY)
    for starts_on, ends_on in ((TODAY, None), (TODAY + 9 * A_DAY, None), (TODAY, TODAY + 5 * A_DAY)):
        with pytest.raises(AlreadySuspended):
            a_suspension(plaque, starts_on=starts_on, ends_on=ends_on)
    a_suspension(plaque, starts_on=TODAY, ends_on=TODAY + 4 * A_DAY)


def test_nothing_is_suspended_backwards_in_time_or_after_it_ended() -> None:
    plaque = an_accreditation(a_base(), valid_until=TODAY)
    with pytest.raises(InvalidInput) as refused:
        a_suspension(plaque, starts_on=TODAY - A_DAY, ends_on=TODAY - 2 * A_DAY)
    assert refused.value.facts["fields"] == {"starts_on": "date_in_past", "ends_on": "date_before_start"}
    with pytest.raises(NotInForce):
        a_suspension(plaque, starts_on=TODAY + A_DAY)
    bases.revoke_accreditation(
        by=SYSTEM, on=TODAY, accreditation=plaque, revoked_on=TODAY, reason="连续两年未开班"
    )
    with pytest.raises(NotInForce):
        a_suspension(plaque)


def test_only_an_approver_of_the_granting_federation_or_above_suspends() -> None:
    plaque = an_accreditation(a_base("620502"), a_federation("620500"))
    for role, place in (("federation_officer", "620500"), ("approver", "620502")):
        with pytest.raises(NotPermitted):
            a_suspension(plaque, by=an_actor(role, a_federation(place)))
    assert a_suspension(plaque, by=an_actor("approver", a_federation("620000"))).starts_on == TODAY
