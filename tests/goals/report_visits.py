"""Pages of reports and bulletins that the browser visits."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from goals.actions import bulletins
from goals.models import Report
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.goals.factories import a_member, certified
from tests.goals.report_factories import (
    a_bulletin,
    a_month,
    a_report,
    accepted,
    returned,
    submitted,
    the_plans,
)
from tests.registry.factories import a_federation, an_account

LONG_TEXT = "组织送教上门，按需求开班，培训后推荐就业。" * 20


def some_people() -> None:
    the_plans("620502", "620503", "620521")
    member = a_member(1, "620502")
    certified(member, "embroidery")
    certified(member, "livestreaming")
    a_member(2, "620503")


def page(name: str, *args: object, at: str = "620502", role: str = "federation_officer") -> Visit:
    return Visit(an_account(role, a_federation(at)), reverse(f"goals:{name}", args=args))


def board() -> Visit:
    some_people()
    accepted(submitted(region="620502", year=2022, on=date(2022, 12, 20)))
    submitted(region="620503", year=2022, on=date(2023, 1, 9))
    returned(submitted(region="620503", year=2023, on=date(2023, 12, 9)))
    return page("reports", at="620500", role="approver")


def own_board() -> Visit:
    some_people()
    a_report(year=2022)
    return page("reports")


def begin() -> Visit:
    some_people()
    return page("new-report", "TS-07", 2024, "620502")


def draft() -> Report:
    some_people()
    a_month("620502", date(2024, 5, 31), two=3, members=8)
    return a_report()


def of_draft(name: str, *args: object) -> Callable[[], Visit]:
    return lambda: page(name, draft().public_id, *args)


def handed_in() -> Report:
    some_people()
    return submitted(returned(submitted()), on=TODAY)


def sent() -> Visit:
    the_plans()
    report = accepted(submitted(region="120000", target="TJ-07"))
    return page("send-report", report.public_id, at="120000")


def bulletin(name: str, role: str) -> Callable[[], Visit]:
    def prepared() -> Visit:
        some_people()
        shown = a_bulletin(
            opening=LONG_TEXT, request="请落后的单位说明原因。", items=["TS-01", "two_skill_coverage"]
        )
        return page(name, shown.public_id, at="620500", role=role)

    return prepared


def issued() -> Visit:
    some_people()
    shown = bulletins.issue(by=SYSTEM, on=TODAY, bulletin=a_bulletin(), number="天残联发〔2024〕12号")
    return page("bulletin", shown.public_id)


def bulletin_list() -> Visit:
    some_people()
    a_bulletin()
    return page("bulletins", at="620500")


def new_bulletin() -> Visit:
    some_people()
    plan = a_bulletin().plan
    return page("new-bulletin", plan.public_id, "620500", at="620500")


VISITS: dict[str, Callable[[], Visit]] = {
    "goals:reports": board,
    "goals:reports, what a county owes": own_board,
    "goals:new-report": begin,
    "goals:report, a draft": of_draft("report"),
    "goals:report, handed in again": lambda: page(
        "report", handed_in().public_id, at="620500", role="approver"
    ),
    "goals:report-section": of_draft("report-section", "results"),
    "goals:report-date": of_draft("report-date"),
    "goals:submit-report": of_draft("submit-report"),
    "goals:decide-report": lambda: page("decide-report", handed_in().public_id, at="620500", role="approver"),
    "goals:send-report": sent,
    "goals:bulletins": bulletin_list,
    "goals:new-bulletin": new_bulletin,
    "goals:bulletin": issued,
    "goals:bulletin, a draft": bulletin("bulletin", "approver"),
    "goals:edit-bulletin": bulletin("edit-bulletin", "federation_officer"),
    "goals:issue-bulletin": bulletin("issue-bulletin", "approver"),
}
