"""Who may open which door of plans, their targets, reported figures and the cascade."""

from decimal import Decimal

from goals.actions import reported_figures
from goals.models import Target
from registry.rules.access import SYSTEM
from tests.access import EVERYONE, EXAMINER, FEDERATION, OFFICER, TRAINER, Door, World
from tests.conftest import TODAY
from tests.goals.plan_factories import QUOTE, a_draft, a_target
from tests.registry.factories import a_region

OFFICERS = frozenset({OFFICER})
# Trainers keep rosters; figures are for those who answer for them.
READERS = EVERYONE - {EXAMINER, TRAINER}
# Plans are published documents: whoever reads figures anywhere opens them; what they see of progress is only their own part
# (tests/goals/views/test_plans.py), and where they have none in it there is nothing to download, enter or split.
ANYWHERE = frozenset({200, 302, 403, 404, 409, 422})

A_TARGET = {
    "metric": "new_employment",
    "operator": ">=",
    "period_kind": "cumulative",
    "first_year": 2023,
    "last_year": 2025,
    "quote": QUOTE,
    "value": 900,
}
A_PLAN = {"title": "又一份方案", "first_year": 2023, "last_year": 2025}


def build(world: World) -> None:
    """A draft with a target in 620500, and a figure that was reported of the loaded plan there."""
    world.draft_plan = a_draft(title="未公布的草稿")
    world.draft_target = a_target(world.draft_plan)
    target = Target.objects.select_related("plan__region").get(code="TS-14")
    world.figure = reported_figures.report(
        by=SYSTEM,
        on=TODAY,
        target=target,
        region=a_region("620500"),
        value=Decimal(1),
        as_of=TODAY,
        source="未公布的通报",
    )


def plan_id(world: World) -> list[str]:
    return [world.plan.public_id]


def draft_id(world: World) -> list[str]:
    return [world.draft_plan.public_id]


def draft_code(world: World) -> list[str]:
    return [world.draft_target.code]


def figure_id(world: World) -> list[str]:
    return [world.figure.public_id]


def of_the_plan(world: World) -> list[str]:
    return ["TS-01"]


def by_hand(world: World) -> list[str]:
    return ["TS-14"]


def nothing(world: World) -> dict[str, str]:
    return {}


def reason(world: World) -> dict[str, str]:
    return {"reason": "重新印发"}


def a_figure(world: World) -> dict[str, object]:
    return {"region": "620500", "source": "通报", "value": 1}


def a_split(world: World) -> dict[str, object]:
    return {"region": "620500", "values": {"620502": 9}}


DOORS = [
    Door("goals:plans", READERS, listing=True),
    Door("goals:plan", READERS, listing=True, args=plan_id),
    Door("goals:plan-ledger", READERS, listing=True, args=plan_id, answers=ANYWHERE),
    Door("goals:new-plan", OFFICERS, listing=True, post=nothing),
    Door("goals:edit-plan", OFFICERS, args=draft_id, post=nothing),
    Door("goals:put-in-force", OFFICERS, args=draft_id, get=False, post=nothing),
    Door("goals:withdraw-plan", OFFICERS, args=draft_id, post=reason),
    Door("goals:new-target", OFFICERS, args=draft_id, post=nothing),
    Door("goals:edit-target", OFFICERS, args=draft_code, post=nothing),
    Door("goals:target", READERS, listing=True, args=of_the_plan),
    Door("goals:report-figure", OFFICERS, listing=True, args=by_hand, post=nothing, answers=ANYWHERE),
    Door("goals:undo-figure", OFFICERS, FEDERATION, args=figure_id, post=reason),
    Door("goals:split", OFFICERS, listing=True, args=of_the_plan, post=nothing, answers=ANYWHERE),
    Door("api:list_plans", READERS, listing=True),
    Door("api:list_targets", READERS, listing=True, args=plan_id),
    Door("api:draft_plan", OFFICERS, get=False, post=lambda world: A_PLAN | {"region": "620500"}),
    Door("api:edit_plan", OFFICERS, args=draft_id, get=False, method="put", post=lambda world: A_PLAN),
    Door("api:put_plan_in_force", OFFICERS, args=draft_id, get=False, post=nothing),
    Door("api:withdraw_plan", OFFICERS, args=draft_id, get=False, post=reason),
    Door("api:add_target", OFFICERS, args=draft_id, get=False, post=lambda world: A_TARGET),
    Door(
        "api:change_target", OFFICERS, args=draft_code, get=False, method="put", post=lambda world: A_TARGET
    ),
    Door(
        "api:remove_target",
        OFFICERS,
        args=draft_code,
        get=False,
        method="delete",
        post=nothing,
        answers=frozenset({204}),
    ),
    Door("api:list_reported_figures", READERS, listing=True, args=by_hand),
    Door("api:report_figure", OFFICERS, FEDERATION, args=by_hand, get=False, post=a_figure),
    Door("api:undo_figure", OFFICERS, FEDERATION, args=figure_id, get=False, post=reason),
    Door("api:get_split", READERS, listing=True, args=of_the_plan, answers=ANYWHERE),
    Door("api:split_target", OFFICERS, FEDERATION, args=of_the_plan, get=False, method="put", post=a_split),
]
