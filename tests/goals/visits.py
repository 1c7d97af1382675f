"""Pages of `goals` that the browser visits, in the states that look different."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from goals.actions import figures, plans
from registry.actions import accounts
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
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
    "goals:region, a city": lambda: with_figures("region", "620500"),
    "goals:region, a county": lambda: with_figures("region", "620502", role="federation_officer"),
    "goals:region, nobody": lambda: without_people("region", "620500"),
    "goals:region, no plan": lambda: page("region", "620500"),
    "goals:people": lambda: with_figures("people"),
    "goals:people, one skill short": lambda: with_figures("people", query="?region=620502&skills=1"),
    "goals:people, nobody": lambda: without_people("people"),
    "goals:people, no plan": lambda: page("people"),
    "goals:plans": lambda: with_figures("plans"),
    "goals:plans, none": lambda: page("plans"),
    **plan_visits.VISITS,
    **report_visits.VISITS,
    **open_visits.VISITS,
}
