"""Plans that officers entered, for tests, made by the actions that the pages use."""

from decimal import Decimal
from typing import Any

from goals.actions import plan_edits, targets
from goals.actions.plan_edits import PlanText
from goals.actions.targets import NewTarget
from goals.models import Plan, Target
from registry.models import Region
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_region

QUOTE = "2023—2025年全市共实现城乡新增残疾人就业900人"


def a_draft(region: Region | str = "620500", **text: Any) -> Plan:
    """A draft for 2023–2025."""
    region = a_region(region) if isinstance(region, str) else region
    asked: dict[str, Any] = {"title": f"{region.name}行动方案", "first_year": 2023, "last_year": 2025}
    return plan_edits.draft(by=SYSTEM, on=TODAY, region=region, text=PlanText(**asked | text))


def a_new_target(**values: Any) -> NewTarget:
    """900 people newly employed in the plan's years, unless said otherwise."""
    asked: dict[str, Any] = {
        "metric": "new_employment",
        "operator": ">=",
        "period_kind": "cumulative",
        "first_year": 2023,
        "last_year": 2025,
        "quote": QUOTE,
        "value": Decimal(900),
    }
    return NewTarget(**asked | values)


def a_target(plan: Plan | None = None, **values: Any) -> Target:
    """A target of a plan that is in force with it, unless the plan is given."""
    held = plan or a_draft()
    made = targets.add(by=SYSTEM, plan=held, target=a_new_target(**values))
    if plan is None:
        plan_edits.put_in_force(by=SYSTEM, on=TODAY, plan=held)
    return Target.objects.select_related("plan__region", "plan__period").get(pk=made.pk)


def by_hand(**values: Any) -> dict[str, Any]:
    """What makes a target one that is reported by hand."""
    return {"metric": "reported", "metric_name": "专场招聘会", "unit": "次", "value": Decimal(2)} | values
