"""Pages of filing, packages and vouchers that the browser visits, in the states that look different."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse

from courses.actions import cohorts, courses, vouchers
from courses.models import Cohort, Voucher
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course, bring_to, enrolled
from tests.courses.filing_factories import a_filing, a_package, a_voucher, an_ability_assessment
from tests.registry.factories import a_base, a_federation, a_person, an_account, an_accreditation


def page(
    name: str,
    cohort: Cohort,
    *,
    role: str = "base_manager",
    post: Mapping[str, Any] | None = None,
    query: str = "",
) -> Visit:
    organisation = cohort.base if role == "base_manager" else a_federation("620500")
    address = reverse(f"courses:{name}", args=[cohort.public_id])
    return Visit(an_account(role, organisation), address + query, post)


def officers(name: str, *args: str, post: Mapping[str, Any] | None = None, query: str = "") -> Visit:
    address = reverse(f"courses:{name}", args=args)
    return Visit(an_account("federation_officer", a_federation("620500")), address + query, post)


def in_order() -> Cohort:
    """A filing about which there is nothing to say."""
    cohort = a_filing()
    an_accreditation(cohort.base)
    [trainee] = enrolled(cohort)
    an_ability_assessment(trainee.person)
    return cohort


def of_four_orders() -> Cohort:
    """A four-order filing, late, returned with remarks."""
    cohort = a_filing(procurement_mode="four_order", starts_on=TODAY + timedelta(days=2))
    enrolled(cohort, 3)
    cohorts.edit(
        by=SYSTEM,
        on=TODAY,
        cohort=cohort,
        ordering_employer="直播销售第一公司",
        trainee_choice="直播销售第一期",
        payer="直播销售第二期",
    )
    courses.edit(by=SYSTEM, on=TODAY, course=cohort.course, is_flagship=True, prerequisites="直播销售")
    cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state="submitted")
    cohorts.move_to(
        by=SYSTEM, on=TODAY, cohort=cohort, state="returned", task_reasons={"budget": "日期需要调整"}
    )
    return cohort


def with_apprentices(state: str = "draft", people: int = 2) -> Cohort:
    cohort = a_filing(organisation_mode="apprenticeship")
    if people:
        enrolled(cohort, people)
    return bring_to(cohort, state)


def batch(state: str, to: str, role: str, post: Mapping[str, Any] | None = None, count: int = 2) -> Visit:
    base = a_base()
    chosen = "".join(f"&cohort={bring_to(a_filing_of(base), state).public_id}" for _n in range(count))
    organisation = base if role == "base_manager" else a_federation("620500")
    return Visit(an_account(role, organisation), f"{reverse('courses:move-cohorts')}?to={to}{chosen}", post)


def a_filing_of(base: Any) -> Cohort:
    return a_filing(course=a_course(base))


def to_approve() -> Visit:
    base = a_base()
    for _n in range(2):
        bring_to(a_filing_of(base), "submitted")
    account = an_account("approver", a_federation("620500"))
    return Visit(account, f"{reverse('courses:cohorts')}?state=submitted")


def publishing(post: Mapping[str, Any] | None = None) -> Visit:
    cohort = bring_to(a_filing(), "approved")
    return officers("publish-cohorts", query=f"?cohort={cohort.public_id}", post=post)


def to_publish() -> Visit:
    bring_to(a_filing(), "approved")
    return officers("cohorts", query="?state=approved")


def using(state: str = "enrolling", post: Mapping[str, Any] | None = None) -> Visit:
    cohort = a_cohort(state="enrolling")
    [trainee, *_others] = enrolled(cohort, 2)
    voucher = a_voucher(trainee.person, course=cohort.course)
    vouchers.redeem(by=SYSTEM, on=TODAY, cohort=cohort, numbers=[voucher.number])
    return page("use-vouchers", bring_to(cohort, state), post=post)


def some_vouchers() -> Voucher:
    """One open, one expired, one cancelled; the cancelled one."""
    package = a_package(name="直播销售第一期")
    a_voucher(a_person(1), package=package)
    a_voucher(
        a_person(2), package=package, on=TODAY - timedelta(days=90), expires_on=TODAY - timedelta(days=1)
    )
    cancelled = a_voucher(a_person(3), package=package)
    return vouchers.cancel(by=SYSTEM, on=TODAY, voucher=cancelled, reason="日期需要调整")


def listed(query: str = "") -> Visit:
    some_vouchers()
    return officers("vouchers", query=query)


def assessing(post: Mapping[str, Any] | None = None, count: int = 0) -> Visit:
    person = a_person(base=a_base())
    for number in range(count):
        an_ability_assessment(
            person, on=TODAY - timedelta(days=number), assessor="直播销售第一期", conclusion=""
        )
    address = reverse("courses:abilities", args=[person.public_id])
    return Visit(an_account("counsellor", a_federation("620500")), address, post)


VISITS: dict[str, Callable[[], Visit]] = {
    "courses:cohort, filing complete": lambda: page("cohort", in_order()),
    "courses:cohort, returned with remarks": lambda: page("cohort", of_four_orders()),
    "courses:cohorts, to approve": to_approve,
    "courses:filing, to submit": lambda: page("filing", in_order()),
    "courses:filing, late and with remarks": lambda: page("filing", of_four_orders()),
    "courses:filing, not complete": lambda: page("filing", a_cohort()),
    "courses:filing, not complete and sent": lambda: page("filing", a_cohort(), post={"act": "submit"}),
    "courses:filing, for the approver": lambda: page(
        "filing", bring_to(of_four_orders(), "submitted"), role="approver"
    ),
    "courses:filing, returned without a reason": lambda: page(
        "filing", bring_to(in_order(), "submitted"), role="approver", post={"act": "return"}
    ),
    "courses:filing, to read": lambda: page("filing", bring_to(in_order(), "enrolling"), role="auditor"),
    "courses:budget": lambda: page("budget", a_filing()),
    "courses:budget, nothing filled in": lambda: page("budget", a_cohort(), post={}),
    "courses:budget, no amount": lambda: page("budget", a_cohort(), post={"amount-venue": "优秀"}),
    "courses:budget, frozen": lambda: page("budget", a_cohort(state="submitted")),
    "courses:orders": lambda: page("orders", of_four_orders()),
    "courses:orders, nothing filled in": lambda: page("orders", a_cohort(), post={}),
    "courses:orders, frozen": lambda: page("orders", a_cohort(state="submitted")),
    "courses:masters": lambda: page("masters", with_apprentices()),
    "courses:masters, nobody": lambda: page("masters", with_apprentices(people=0)),
    "courses:masters, frozen": lambda: page("masters", with_apprentices("submitted")),
    "courses:copy-cohort": lambda: page("copy-cohort", a_filing()),
    "courses:copy-cohort, nothing filled in": lambda: page("copy-cohort", a_filing(), post={}),
    "courses:move-cohorts": lambda: batch("submitted", "approved", "approver"),
    "courses:move-cohorts, nothing chosen": lambda: batch("submitted", "approved", "approver", count=0),
    "courses:move-cohorts, reason missing": lambda: batch("submitted", "returned", "approver", post={}),
    "courses:publish-cohorts": publishing,
    "courses:publish-cohorts, nothing filled in": lambda: publishing({}),
    "courses:cohorts, to publish": to_publish,
    "courses:use-vouchers": using,
    "courses:use-vouchers, wrong number": lambda: using(post={"numbers": "123"}),
    "courses:use-vouchers, cohort over": lambda: page("use-vouchers", a_cohort()),
    "courses:packages": lambda: a_package(name="直播销售第一期") and officers("packages"),
    "courses:packages, none": lambda: officers("packages"),
    "courses:new-package": lambda: a_course(a_base()) and officers("new-package"),
    "courses:new-package, nothing filled in": lambda: officers("new-package", post={}),
    "courses:package": lambda: officers("package", a_package(name="直播销售第一期", hours=48).public_id),
    "courses:package, nothing filled in": lambda: officers("package", a_package().public_id, post={}),
    "courses:vouchers": listed,
    "courses:vouchers, none of this state": lambda: listed("?state=redeemed"),
    "courses:issue-vouchers": lambda: a_package(name="直播销售第一期") and officers("issue-vouchers"),
    "courses:issue-vouchers, nothing filled in": lambda: officers("issue-vouchers", post={}),
    "courses:voucher": lambda: officers("voucher", a_voucher().public_id),
    "courses:voucher, cancelled": lambda: officers("voucher", some_vouchers().public_id),
    "courses:voucher, reason missing": lambda: officers("voucher", a_voucher().public_id, post={}),
    "courses:abilities": lambda: assessing(count=2),
    "courses:abilities, none": assessing,
    "courses:abilities, nothing filled in": lambda: assessing({}),
}
