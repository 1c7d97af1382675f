"""Electronic training vouchers: issued to many, used once, by nobody else and not too late."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from courses import voucher_errors
from courses.actions import cohorts, enrolments, packages, vouchers
from courses.errors import ReasonMissing
from courses.models import Cohort, Enrolment, Voucher
from courses.rules import vouchers as rules
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted, RegistryError
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course, bring_to, enrolled, some_people
from tests.courses.filing_factories import a_package, a_voucher
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db


def a_place(state: str = "enrolling") -> tuple[Cohort, Enrolment]:
    """A trainee of an open cohort."""
    cohort = a_cohort(state="enrolling")
    [enrolment] = enrolled(cohort)
    return bring_to(cohort, state), enrolment


def redeem(cohort: Cohort, *numbers: str, on: date = TODAY) -> list[Voucher]:
    clerk = an_actor("base_manager", cohort.base)
    return vouchers.redeem(by=clerk, on=on, cohort=cohort, numbers=numbers)


def refused(cohort: Cohort, *numbers: str, on: date = TODAY) -> RegistryError:
    with pytest.raises(RegistryError) as refusal:
        redeem(cohort, *numbers, on=on)
    return refusal.value


def test_vouchers_are_issued_to_many_in_a_fixed_number_of_queries(today, django_assert_num_queries) -> None:
    base = a_base()
    people, course, officer = some_people(20, base), a_course(base), an_actor("federation_officer")
    with django_assert_num_queries(8):
        made = vouchers.issue(
            by=officer,
            on=today,
            federation=a_federation("620500"),
            people=[*people, people[0]],
            value=Decimal("800"),
            expires_on=today,
            course=course,
        )
    assert len({voucher.number for voucher in made}) == 20
    assert all(rules.parse(voucher.number) == voucher.number for voucher in made)
    assert AuditEvent.objects.filter(verb="voucher.issued").count() == 20


def test_a_voucher_pays_for_one_place_once() -> None:
    cohort, enrolment = a_place()
    voucher = a_voucher(enrolment.person, course=cohort.course)
    redeem(cohort, rules.grouped(voucher.number))
    held = Voucher.objects.get()
    assert (held.enrolment, held.redeemed_on, held.state_on(TODAY)) == (enrolment, TODAY, "redeemed")
    redeem(cohort, voucher.number)
    assert AuditEvent.objects.filter(verb="voucher.redeemed").count() == 1
    other = a_cohort(course=cohort.course, state="enrolling")
    enrolled(other, [enrolment.person])
    assert refused(other, voucher.number).code == "voucher_used"


def test_a_package_pays_for_each_of_its_courses_and_for_no_other() -> None:
    cohort, enrolment = a_place()
    inside = a_voucher(enrolment.person, package=a_package(courses=[cohort.course]))
    outside = a_voucher(enrolment.person, package=a_package())
    assert refused(cohort, outside.number).code == "voucher_for_other_course"
    assert redeem(cohort, inside.number)[0].enrolment == enrolment


def test_a_voucher_is_for_the_one_who_holds_it_up_to_its_day() -> None:
    cohort, enrolment = a_place()
    others = a_voucher(a_person(777), course=cohort.course)
    assert refused(cohort, others.number).code == "voucher_of_another"
    mine = a_voucher(enrolment.person, course=cohort.course, expires_on=TODAY + timedelta(days=1))
    late = refused(cohort, mine.number, on=TODAY + timedelta(days=2))
    assert (late.code, late.facts["expires_on"]) == ("voucher_expired", str(TODAY + timedelta(days=1)))
    assert redeem(cohort, mine.number, on=TODAY + timedelta(days=1))[0].redeemed_on


def test_one_place_is_paid_by_one_voucher_and_one_bad_number_uses_none() -> None:
    cohort, enrolment = a_place()
    first, second = (a_voucher(enrolment.person, course=cohort.course) for _time in range(2))
    refusal = refused(cohort, first.number, second.number)
    assert (refusal.code, refusal.facts["row"]) == ("enrolment_has_voucher", 2)
    assert not Voucher.objects.filter(enrolment__isnull=False).exists()


@pytest.mark.parametrize("text", ["", "12345", "abc", "123456789012x"])
def test_a_number_that_cannot_be_is_said_with_its_row(text: str) -> None:
    cohort, _enrolment = a_place()
    refusal = refused(cohort, text)
    assert (refusal.code, refusal.facts["row"]) == ("voucher_number_wrong", 1)


@pytest.mark.parametrize("state", ["draft", "submitted", "cancelled"])
def test_a_cohort_that_is_not_approved_takes_no_voucher(state: str) -> None:
    cohort = a_cohort()
    [enrolment] = enrolled(cohort)
    bring_to(cohort, state)
    voucher = a_voucher(enrolment.person, course=cohort.course)
    assert refused(cohort, voucher.number).code == "voucher_cohort_closed"


def test_who_left_the_cohort_does_not_use_a_voucher_in_it() -> None:
    cohort, enrolment = a_place()
    enrolments.withdraw(by=SYSTEM, on=TODAY, enrolment=enrolment)
    voucher = a_voucher(enrolment.person, course=cohort.course)
    assert refused(cohort, voucher.number).code == "voucher_of_another"


def test_a_voucher_is_cancelled_with_a_reason_unless_it_was_used(today: date) -> None:
    cohort, enrolment = a_place()
    officer = an_actor("federation_officer")
    voucher = a_voucher(enrolment.person, course=cohort.course)
    with pytest.raises(ReasonMissing):
        vouchers.cancel(by=officer, on=today, voucher=voucher, reason=" ")
    for _time in range(2):
        vouchers.cancel(by=officer, on=today, voucher=voucher, reason="发错了人")
    assert AuditEvent.objects.filter(verb="voucher.cancelled").count() == 1
    assert refused(cohort, voucher.number).code == "voucher_cancelled"
    used = a_voucher(enrolment.person, course=cohort.course)
    redeem(cohort, used.number)
    with pytest.raises(voucher_errors.VoucherUsed):
        vouchers.cancel(by=officer, on=today, voucher=used, reason="发错了人")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": Decimal("0")}, "value"),
        ({"value": Decimal("NaN")}, "value"),
        ({"expires_on": TODAY - timedelta(days=1)}, "expires_on"),
        ({"people": []}, "people"),
        ({"course": None}, "package"),
    ],
)
def test_what_no_voucher_can_be_is_refused(changes, field, today: date) -> None:
    given = {"people": [a_person()], "value": Decimal("800"), "expires_on": today, "course": a_course()}
    with pytest.raises(InvalidInput) as refusal:
        vouchers.issue(by=SYSTEM, on=today, federation=a_federation("620500"), **given | changes)
    assert set(refusal.value.facts["fields"]) == {field}


def test_a_federation_issues_for_its_own_people_and_bases(today: date) -> None:
    far = a_federation("360000")
    given = {"on": today, "value": Decimal("800"), "expires_on": today}
    with pytest.raises(InvalidInput) as refusal:
        vouchers.issue(by=SYSTEM, federation=far, people=[a_person()], course=a_course(), **given)
    assert set(refusal.value.facts["fields"]) == {"course", "people"}
    with pytest.raises(NotPermitted):
        vouchers.issue(
            by=an_actor("approver"),
            federation=a_federation("620500"),
            people=[a_person()],
            course=a_course(),
            **given,
        )


def test_a_package_holds_courses_of_the_region_under_one_name(today: date) -> None:
    federation, course = a_federation("620500"), a_course(a_base("620502"))
    package = a_package(federation, [course], name="电商包")
    with pytest.raises(AlreadyHeld):
        a_package(federation, [course], name="电商包")
    with pytest.raises(InvalidInput):
        a_package(federation, [a_course(a_base("360000"))])
    with pytest.raises(InvalidInput):
        packages.edit(by=SYSTEM, on=today, package=package, name="电商包", courses=[])
    packages.edit(by=SYSTEM, on=today, package=package, name="电商包", courses=[course], is_offered=False)
    with pytest.raises(InvalidInput):
        a_voucher(package=package)


def test_a_cohort_of_a_package_teaches_one_of_its_courses(today: date) -> None:
    cohort = a_cohort()
    with pytest.raises(InvalidInput) as refusal:
        cohorts.edit(by=SYSTEM, on=today, cohort=cohort, package=a_package())
    assert refusal.value.facts["fields"] == {"package": "package_without_course"}


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each gets from acting at the same moment: an answer, or the code of a refusal."""
    start = Barrier(len(acts))

    def alone(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except RegistryError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


@pytest.mark.django_db(transaction=True)
def test_of_two_bases_that_use_a_voucher_at_the_same_moment_one_gets_it() -> None:
    package_courses = [a_course(a_base()) for _base in range(3)]
    cohorts_open = [a_cohort(course=course, state="enrolling") for course in package_courses]
    [person] = some_people(1, cohorts_open[0].base)
    for cohort in cohorts_open:
        enrolled(cohort, [person])
    voucher = a_voucher(person, package=a_package(courses=package_courses))

    def use(cohort: Cohort) -> Callable[[], object]:
        return lambda: len(vouchers.redeem(by=SYSTEM, on=TODAY, cohort=cohort, numbers=[voucher.number]))

    answers = at_once([use(cohort) for cohort in cohorts_open])
    assert sorted(map(str, answers)) == ["1", "voucher_used", "voucher_used"]
    assert Voucher.objects.get().enrolment is not None


@pytest.mark.django_db(transaction=True)
def test_a_voucher_that_is_used_and_cancelled_at_the_same_moment_ends_one_way() -> None:
    cohort, enrolment = a_place()
    voucher = a_voucher(enrolment.person, course=cohort.course)
    answers = at_once(
        [
            lambda: bool(vouchers.redeem(by=SYSTEM, on=TODAY, cohort=cohort, numbers=[voucher.number])),
            lambda: bool(vouchers.cancel(by=SYSTEM, on=TODAY, voucher=voucher, reason="发错了人")),
        ]
    )
    held = Voucher.objects.get()
    assert (held.enrolment is None) != (held.cancelled_on is None)
    assert sorted(map(str, answers)) in (["True", "voucher_cancelled"], ["True", "voucher_used"])
