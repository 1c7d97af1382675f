"""Days, periods and what the worker does."""

from goals.actions import figures, periods, snapshots
from registry.actions import standards
from registry.rules.access import SYSTEM
from tests.goals.world import World, step


@step
def standard(world: World, key: str, value: int, days: int) -> None:
    standards.decide(by=SYSTEM, federation=world.federation, key=key, value=value, since=world.ago(days))
    world.count()


@step
def days_pass(world: World, days: int) -> None:
    world.pass_days(days)


@step
def plan_opens(world: World, first: int, years: int) -> None:
    periods.ensure(first, first + years)
    world.count()


@step
def fold(world: World) -> None:
    figures.fold()


@step
def snapshot(world: World) -> None:
    snapshots.take(on=world.on)
