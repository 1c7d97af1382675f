"""Reports and bulletins for tests, made by the actions that officers call."""

from datetime import date
from typing import Any

from goals.actions import bulletins, plans, report_decisions, reports
from goals.models import Bulletin, FigureSnapshot, Plan, PlanPeriod, Report, Target
from goals.rules.indicators import DEFINITIONS
from registry.models import Region
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.registry.factories import a_region

PLANNED = ("620500", "120000", "360000", "211100")


def the_plans(*codes: str) -> None:
    """The seeded plans, with the regions of these codes below."""
    for code in (*PLANNED, *codes):
        a_region(code)
    plans.load()


def a_target(code: str = "TS-07") -> Target:
    return Target.objects.select_related("plan__region", "plan__period").get(code=code)


def a_report(
    region: Region | str = "620502",
    year: int = 2024,
    target: str = "TS-07",
    by: Actor = SYSTEM,
    on: date = TODAY,
) -> Report:
    """A draft with nothing in it."""
    region = a_region(region) if isinstance(region, str) else region
    return reports.start(by=by, on=on, target=a_target(target), region=region, year=year)


def written(report: Report, by: Actor = SYSTEM) -> Report:
    for name in report.sections:
        report = reports.write(by=by, report=report, section=name, text=f"本部分：{name}")
    return report


def submitted(report: Report | None = None, by: Actor = SYSTEM, on: date = TODAY, **values: Any) -> Report:
    report = report or a_report(by=by, on=on, **values)
    reports.submit(by=by, on=on, report=written(report, by=by))
    report.refresh_from_db()
    return report


def accepted(report: Report, on: date = TODAY) -> Report:
    report_decisions.accept(by=SYSTEM, on=on, report=report)
    report.refresh_from_db()
    return report


def returned(report: Report, reason: str = "请补充数字", on: date = TODAY) -> Report:
    report_decisions.give_back(by=SYSTEM, on=on, report=report, reason=reason)
    report.refresh_from_db()
    return report


def a_bulletin(by: Actor = SYSTEM, on: date = TODAY, **values: Any) -> Bulletin:
    """Tianshui's counties compared by the two-skills goal."""
    plan = Plan.objects.select_related("period", "region").get(region__code="620500")
    asked = {
        "plan": plan,
        "region": plan.region,
        "period": plan.period,
        "title": "全市残疾人就业工作进展情况通报",
        "items": ["two_skill_coverage"],
        "line": "average",
    }
    return bulletins.draft(by=by, on=on, **(asked | values))


def a_month(region: Region | str, month_end: date, **counts: int) -> None:
    """The figures of a region as a month ended, for every period that there is."""
    region = a_region(region) if isinstance(region, str) else region
    FigureSnapshot.objects.bulk_create(
        FigureSnapshot(
            period=period,
            region=region,
            month_end=month_end,
            counts=counts,
            definitions=DEFINITIONS,
            taken_on=month_end,
        )
        for period in PlanPeriod.objects.all()
    )
