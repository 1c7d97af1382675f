"""Services, assessments, graduations and service plans."""

from courses.actions import (
    abilities,
    service_plans,
    service_records,
)
from courses.models import ServicePlan, ServiceRecord
from registry.rules.access import SYSTEM
from tests.goals.world import World, nth, step


@step
def service(world: World, n: int, kind: str, days: int) -> None:
    service_records.record(
        by=SYSTEM, on=world.on, person=world.person(n), kind=kind, day=world.ago(days), summary="记录"
    )


@step
def service_removed(world: World, n: int) -> None:
    service_records.remove(by=SYSTEM, on=world.on, record=nth(ServiceRecord.objects, n))


@step
def services_round(world: World, kind: str, days: int) -> None:
    service_records.record_many(by=SYSTEM, on=world.on, people=world.people, kind=kind, day=world.ago(days))


@step
def assessed(world: World, n: int, days: int) -> None:
    abilities.record(
        by=SYSTEM, on=world.on, person=world.person(n), assessed_on=world.ago(days), assessor="评估机构"
    )


@step
def graduated(world: World, n: int, days: int) -> None:
    service_records.record_graduation(
        by=SYSTEM, on=world.on, person=world.person(n), graduated_on=world.ago(days), level="bachelor"
    )


@step
def planned(world: World, n: int, days: int) -> None:
    service_plans.open_plan(
        by=SYSTEM, on=world.on, person=world.person(n), kind="general", aim="就业", opened_on=world.ago(days)
    )


@step
def plan_closed(world: World, n: int) -> None:
    row = nth(ServicePlan.objects.standing(), n)
    service_plans.close(by=SYSTEM, on=world.on, plan=row, closed_on=world.on, reason="achieved")
