"""Who may open which door of reports and bulletins."""

from typing import Any

from goals.actions import bulletins, periods, report_decisions, reports
from goals.models import PlanPeriod
from registry.rules.access import SYSTEM
from tests.access import APPROVER, FEDERATION, OFFICER, Door, World
from tests.conftest import TODAY


def build(world: World) -> None:
    """The city's own final evaluation, returned to be mended; a bulletin that is still a draft."""
    for period in PlanPeriod.objects.all():
        periods.count(period.pk, on=TODAY)
    world.plan.period.refresh_from_db()
    as_system = {"by": SYSTEM, "on": TODAY}
    target = world.plan.targets.get(code="TS-09")
    world.yearly_report = reports.start(**as_system, target=target, region=world.plan.region, year=2024)
    for section in world.yearly_report.sections:
        reports.write(by=SYSTEM, report=world.yearly_report, section=section, text="已完成")
    reports.submit(**as_system, report=world.yearly_report)
    report_decisions.give_back(**as_system, report=world.yearly_report, reason="请补充")
    world.bulletin = bulletins.draft(
        **as_system,
        plan=world.plan,
        region=world.plan.region,
        period=world.plan.period,
        title="通报",
        items=["two_skill_coverage"],
        line="average",
    )


def plan_id(world: World) -> list[str]:
    return [world.plan.public_id]


def report_id(world: World) -> list[str]:
    return [world.yearly_report.public_id]


def report_file(world: World) -> list[str]:
    return [world.yearly_report.public_id, "docx"]


def report_section(world: World) -> list[str]:
    return [world.yearly_report.public_id, "results"]


def owed(world: World) -> list[Any]:
    return ["TS-09", 2024, "620500"]


def bulletin_id(world: World) -> list[str]:
    return [world.bulletin.public_id]


def bulletin_file(world: World) -> list[str]:
    return [world.bulletin.public_id, "docx"]


def new_bulletin(world: World) -> list[str]:
    return [world.plan.public_id, "620500"]


# Reports are written by officers of the very unit, and decided by approvers of the very federation they go to.
DOORS = [
    Door("goals:reports", FEDERATION, listing=True),
    Door("goals:new-report", frozenset({OFFICER}), own_only=True, args=owed, post=lambda world: {}),
    Door("goals:report", FEDERATION, args=report_id),
    Door("goals:report-file", FEDERATION, args=report_file),
    Door(
        "goals:report-section",
        frozenset({OFFICER}),
        own_only=True,
        args=report_section,
        post=lambda world: {"results": "改过"},
    ),
    Door("goals:report-date", frozenset({OFFICER}), own_only=True, args=report_id, post=lambda world: {}),
    Door("goals:submit-report", frozenset({OFFICER}), own_only=True, args=report_id, post=lambda world: {}),
    Door(
        "goals:decide-report",
        frozenset({APPROVER}),
        own_only=True,
        args=report_id,
        post=lambda world: {"decision": "accept"},
    ),
    Door("goals:send-report", frozenset({OFFICER}), own_only=True, args=report_id),
    Door("goals:bulletins", FEDERATION, listing=True),
    Door("goals:new-bulletin", frozenset({OFFICER}), own_only=True, args=new_bulletin),
    Door("goals:bulletin", FEDERATION, own_only=True, args=bulletin_id),
    Door("goals:bulletin-file", FEDERATION, own_only=True, args=bulletin_file),
    Door("goals:edit-bulletin", frozenset({OFFICER}), own_only=True, args=bulletin_id),
    Door(
        "goals:issue-bulletin",
        frozenset({APPROVER}),
        own_only=True,
        args=bulletin_id,
        post=lambda world: {"number": "天残联发〔2024〕1号"},
    ),
    # A county sees on the plan above it what it owes itself.
    Door(
        "api:get_report_status",
        FEDERATION,
        listing=True,
        args=plan_id,
        answers=frozenset({200, 404}),
    ),
    Door("api:list_reports", FEDERATION, listing=True),
    Door(
        "api:start_report",
        frozenset({OFFICER}),
        own_only=True,
        get=False,
        post=lambda world: {"target": "TS-09", "region_code": "620500", "year": 2024},
    ),
    Door("api:get_report", FEDERATION, args=report_id),
    Door(
        "api:write_report_section",
        frozenset({OFFICER}),
        own_only=True,
        args=report_section,
        get=False,
        post=lambda world: {"text": "改过"},
        method="put",
    ),
    Door(
        "api:submit_report",
        frozenset({OFFICER}),
        own_only=True,
        args=report_id,
        get=False,
        post=lambda world: {},
    ),
    Door(
        "api:decide_report",
        frozenset({APPROVER}),
        own_only=True,
        args=report_id,
        get=False,
        post=lambda world: {"is_accepted": True},
    ),
    Door("api:download_report", FEDERATION, args=report_file),
    Door("api:list_bulletins", FEDERATION, listing=True),
    Door("api:get_bulletin", FEDERATION, own_only=True, args=bulletin_id),
    Door("api:download_bulletin", FEDERATION, own_only=True, args=bulletin_file),
]
