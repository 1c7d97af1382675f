"""Pages of `goals` that the browser visits, in the states that look different."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from goals.actions import figures, plans
from goals.models import FigureSnapshot, PlanPeriod
from goals.rules.trends import last_quarter_end
from registry.actions import accounts
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, a_course
from tests.goals import open_visits, plan_visits, report_visits
from tests.goals.factories import a_member, certified
from tests.registry.factories import a_base, a_federation, a_region, an_account
from tests.registry.visits import LONG_NAME


def some_figures(base: Any = None) -> None:
    """The plans; five people in two counties: two with two skills, one with one, two with none."""
    for code in ("620500", "620521", "120000", "360000", "211100"):
        a_region(code)
    plans.load()
    members = [
        a_member(n, region, base=base, **{"name": LONG_NAME} if n == 1 else {})
        for n, region in enumerate(("620502", "620502", "620502", "620503", "620503"), 1)
    ]
    for member in members[:2]:
        certified(member, "embroidery")
    for member in members[:3]:
        certified(member, "livestreaming")
    figures.fold()


def page(name: str, *args: Any, role: str = "read_only", at: str = "620500", query: str = "") -> Visit:
    return Visit(an_account(role, a_federation(at)), reverse(f"goals:{name}", args=args) + query)


def with_figures(name: str, *args: Any, **values: Any) -> Visit:
    some_figures()
    return page(name, *args, **values)


def over_time(name: str, *args: Any) -> Visit:
    """With the ends of two quarters, one of them kept at the time."""
    visit = with_figures(name, *args)
    period = PlanPeriod.objects.get(first_year=2022, last_year=2024)
    counts = {"members": 5, "two": 1, "one": 2}
    for end, taken in ((date(2024, 3, 31), TODAY), (last_quarter_end(today()), today())):
        FigureSnapshot.objects.create(
            period=period,
            region=a_region("620500"),
            month_end=end,
            counts=counts,
            definitions=1,
            taken_on=taken,
        )
    return visit


def proposals() -> Visit:
    """People one skill short with a class near them, and a link to refer them."""
    some_figures()
    begins = today() + timedelta(days=7)
    base = a_base("620502")
    course = a_course(base, skill="health-massage")
    a_cohort(base, course=course, state="enrolling", starts_on=begins, ends_on=begins + timedelta(days=9))
    return page("people", role="federation_officer", at="620502", query="?region=620502&skills=1")


def without_people(name: str, *args: Any) -> Visit:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()
    return page(name, *args)


def several_regions() -> Visit:
    some_figures()
    account = an_account("read_only", a_federation("620502"))
    accounts.grant(by=SYSTEM, on=TODAY, account=account, role="read_only", federation=a_federation("620503"))
    return Visit(account, reverse("goals:dashboard"))


def own_base() -> Visit:
    base = a_base()
    some_figures(base)
    return Visit(an_account("base_manager", base), reverse("goals:dashboard"))


VISITS: dict[str, Callable[[], Visit]] = {
    "goals:dashboard, several regions": several_regions,
    "goals:dashboard, a base's own trainees": own_base,
    "goals:region, a city": lambda: over_time("region", "620500"),
    "goals:region, a county": lambda: with_figures("region", "620502", role="federation_officer"),
    "goals:region, nobody": lambda: without_people("region", "620500"),
    "goals:region, no plan": lambda: page("region", "620500"),
    "goals:indicators": lambda: with_figures("indicators", "620500"),
    "goals:indicator": lambda: over_time("indicator", "620500", "two_skill_coverage"),
    "goals:indicator-people": lambda: with_figures(
        "indicator-people", "620500", "two_skill_coverage", query="?part=rest"
    ),
    "goals:people": lambda: with_figures("people"),
    "goals:people, one skill short": proposals,
    "goals:people, nobody": lambda: without_people("people"),
    "goals:people, no plan": lambda: page("people"),
    "goals:plans": lambda: with_figures("plans"),
    "goals:plans, none": lambda: page("plans"),
    **plan_visits.VISITS,
    **report_visits.VISITS,
    **open_visits.VISITS,
}
