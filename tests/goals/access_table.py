"""Who may open which door of `goals`."""

from goals.actions import plans
from goals.models import Plan
from goals.queries.coverage import of_region
from tests.access import EVERYONE, EXAMINER, FEDERATION, TRAINER, Door, World
from tests.conftest import TODAY
from tests.goals import open_doors, plan_doors, report_doors
from tests.goals.factories import BEFORE, in_need, not_employed
from tests.registry.factories import a_region

# Trainers keep rosters; figures are for those who answer for them.
READERS = EVERYONE - {EXAMINER, TRAINER}


def build(world: World) -> None:
    """The target's person counts in the figures of the prefecture 620500, whose plan is loaded."""
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)
    plans.load()
    world.plan = Plan.objects.select_related("period").get(region__code="620500")
    not_employed(world.person, since=BEFORE)
    in_need(world.person)
    figures = of_region(a_region("620500"), world.plan.period, on=TODAY).figures
    assert figures.people == 1, "the target counts"
    plan_doors.build(world)
    report_doors.build(world)


def region_code(world: World) -> list[str]:
    return ["620500"]


def indicator(world: World) -> list[str]:
    return ["620500", "two_skill_coverage"]


DOORS = [
    Door("goals:dashboard", READERS, listing=True),
    Door("goals:region", FEDERATION, args=region_code),
    Door("goals:region-sheet", FEDERATION, args=lambda world: ["620500", "coverage", "csv"]),
    Door("goals:indicators", FEDERATION, args=region_code),
    Door("goals:indicator", FEDERATION, args=indicator),
    Door("goals:indicator-sheet", FEDERATION, args=lambda world: [*indicator(world), "sex", "xlsx"]),
    Door("goals:indicator-people", FEDERATION | {EXAMINER}, args=indicator),
    Door("goals:people", EVERYONE, listing=True),
    Door("api:get_coverage", FEDERATION, args=region_code),
    *plan_doors.DOORS,
    *report_doors.DOORS,
    *open_doors.DOORS,
    Door("api:list_indicators", READERS, listing=True),
    Door("api:get_indicators", FEDERATION, args=region_code),
    Door("api:get_indicator", FEDERATION, args=indicator),
    Door("api:get_indicator_trend", FEDERATION, args=indicator),
    Door("api:get_breakdown", FEDERATION, args=lambda world: [*indicator(world), "disability"]),
]

MODELS = {
    "goals.Allocation": "scoped",
    "goals.Bulletin": "scoped",
    "goals.FigureDelta": "internal",
    "goals.FigureSnapshot": "internal",
    "goals.FigureTotal": "internal",
    "goals.Plan": "scoped",
    "goals.PlanPeriod": "public",
    "goals.ReportedFigure": "scoped",
    "goals.Release": "scoped",
    "goals.Report": "scoped",
    "goals.ReportFiling": "internal",
    "goals.Tally": "scoped",
    "goals.Target": "public",
}
