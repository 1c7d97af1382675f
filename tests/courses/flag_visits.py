"""Pages of review flags that the browser visits."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from courses.actions import enrolments, flags
from courses.models import ReviewFlag
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.flag_factories import a_flag, a_flag_of_a_trainee, an_accredited_base, rechecked
from tests.registry.factories import a_federation, an_account

Post = Mapping[str, Any] | None


def staff(role: str = "approver") -> Any:
    return an_account(role, a_federation("620500"))


def queue(role: str = "approver", query: str = "", post: Post = None, page: str = "flags") -> Visit:
    base = an_accredited_base()
    a_flag(base)
    a_flag_of_a_trainee(base)
    return Visit(staff(role), reverse(f"courses:{page}") + query, post)


def empty() -> Visit:
    an_accredited_base()
    return Visit(staff(), f"{reverse('courses:flags')}?state=confirmed")


def of_flag(flag: ReviewFlag, role: str = "approver", post: Post = None, page: str = "flag") -> Visit:
    return Visit(staff(role), reverse(f"courses:{page}", args=[flag.public_id]), post)


def confirmed() -> Visit:
    flag = a_flag()
    flags.decide(by=SYSTEM, on=TODAY, flag=flag, verdict="confirmed", reason="现场核查，当天没有上课。")
    return of_flag(flag)


def gone() -> Visit:
    flag = a_flag_of_a_trainee()
    enrolments.withdraw(by=SYSTEM, on=TODAY, enrolment=flag.enrolment)
    rechecked(flag.cohort)
    return of_flag(flag)


def cohort_page() -> Visit:
    return Visit(staff(), reverse("courses:cohort", args=[a_flag().cohort.public_id]))


VISITS: dict[str, Callable[[], Visit]] = {
    "courses:flags": queue,
    "courses:flags, to look at": lambda: queue("auditor"),
    "courses:flags, none": empty,
    "courses:decide-flags, nothing chosen": lambda: queue(post={}, page="decide-flags"),
    "courses:flag": lambda: of_flag(a_flag_of_a_trainee()),
    "courses:flag, confirmed": confirmed,
    "courses:flag, gone": gone,
    "courses:decide-flag, nothing filled in": lambda: of_flag(a_flag(), post={}, page="decide-flag"),
    "courses:cohort, with flags": cohort_page,
}
