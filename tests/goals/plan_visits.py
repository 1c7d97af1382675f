"""Pages of plans, targets, reported figures and the cascade that the browser visits, in the states that look different."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from goals.actions import allocations, plans, reported_figures
from goals.models import Plan, Target
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.goals.plan_factories import a_draft, a_target
from tests.registry.factories import a_federation, a_person, a_region, an_account

COUNTIES = {"620502": 1200, "620503": 1000, "620521": 900}


def loaded() -> Plan:
    """Tianshui's plan: a split that gives too much, a person at work, figures that were reported and undone."""
    for code in (*COUNTIES, "620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()
    a_spell(a_person(1, "620502"), date(2024, 2, 1))
    values = {code: Decimal(value) for code, value in COUNTIES.items()}
    city, split = a_region("620500"), Target.objects.get(code="TS-01")
    allocations.split(by=SYSTEM, on=TODAY, target=split, region=city, values=values)
    for year in (2023, 2024):
        report("TS-13", "620502", year=year, value=Decimal(2))
    figure = report("TS-13", "620503", year=2024, value=Decimal(20))
    reported_figures.undo(by=SYSTEM, on=TODAY, figure=figure, reason="多写了一个零")
    return Plan.objects.get(region=city)


def report(code: str, region: str, **values: Any) -> Any:
    target = Target.objects.select_related("plan__region").get(code=code)
    place, source = a_region(region), "天水市人社局关于2024年专场招聘会情况的通报"
    return reported_figures.report(
        by=SYSTEM, on=TODAY, target=target, region=place, source=source, as_of=TODAY, **values
    )


def page(name: str, *args: Any, at: str = "620500", query: str = "", **sent: Any) -> Visit:
    account = an_account("federation_officer", a_federation(at))
    return Visit(account, reverse(f"goals:{name}", args=args) + query, **sent)


def of_plan(name: str, *args: Any, **values: Any) -> Visit:
    plan = loaded()
    return page(name, *(args or (plan.public_id,)), **values)


def of_draft(name: str, **values: Any) -> Visit:
    draft = a_draft()
    a_target(draft)
    a_target(draft, metric="two_skill_coverage", unit="ratio", value=Decimal("0.6"), note="按固定人群计算。")
    return page(name, draft.public_id, **values)


def undo() -> Visit:
    loaded()
    return page("undo-figure", report("TS-13", "620521", year=2024, value=Decimal(3)).public_id)


def edit_target() -> Visit:
    return page("edit-target", a_target(a_draft()).code)


VISITS: dict[str, Callable[[], Visit]] = {
    "goals:plan": lambda: of_plan("plan"),
    "goals:plan, a county's part": lambda: of_plan("plan", at="620502"),
    "goals:plan, without progress": lambda: of_plan("plan", at="211100"),
    "goals:plan, a draft": lambda: of_draft("plan"),
    "goals:new-plan": lambda: page("new-plan"),
    "goals:edit-plan": lambda: of_draft("edit-plan"),
    "goals:withdraw-plan": lambda: of_draft("withdraw-plan"),
    "goals:new-target": lambda: of_draft("new-target"),
    "goals:new-target, wrong": lambda: of_draft("new-target", post={"metric": "reported"}),
    "goals:edit-target": edit_target,
    "goals:target, split": lambda: of_plan("target", "TS-01"),
    "goals:target, each county's report": lambda: of_plan("target", "TS-13"),
    "goals:report-figure": lambda: of_plan("report-figure", "TS-13"),
    "goals:undo-figure": undo,
    "goals:split": lambda: of_plan("split", "TS-01"),
    "goals:split, a proposal": lambda: of_plan("split", "TS-01", query="?by=evenly"),
}
