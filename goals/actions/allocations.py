"""Splits a target among the regions below (逐级分解, docs/domain.md §2.2 T07)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from goals.errors import NothingToSplit, PlanNotInForce, TargetIndivisible
from goals.models import Allocation, Target
from goals.models.plans import PlanState
from goals.queries.allocations import below, target_of
from goals.queries.sources import is_divisible
from goals.rules import splits
from goals.rules.splits import SumCheck
from goals.rules.targets import MOST
from registry.actions import audit
from registry.errors import InvalidInput, NotFound
from registry.models import Region
from registry.queries import regions
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def split(
    *, by: Actor, on: date, target: Target, region: Region, values: Mapping[str, Decimal | None]
) -> SumCheck:
    """Give the regions right below these shares, by their codes; None takes one away, who is not named keeps theirs.

    More or less than there is to give is told, never refused: the answer is the sum. Raises NotPermitted, NotFound,
    InvalidInput by region code, PlanNotInForce, TargetIndivisible, NothingToSplit.
    """
    if not region.path.startswith(target.plan.region.path):
        raise NotFound(what="region")
    require(by, Permission.PLAN_EDIT, region_path=region.path)
    # Held to the end: two officers who split one target would each see only half of the sum.
    held = Target.objects.select_for_update(of=("self",), no_key=True).select_related("plan__region")
    target = held.get(pk=target.pk)
    if target.plan.state != PlanState.IN_FORCE:
        raise PlanNotInForce()
    if not is_divisible(target):
        raise TargetIndivisible()
    total = target_of(region, target)
    if total is None:
        raise NothingToSplit(region=region.code)
    before = below(region, target)
    children = {child.code: child for child in regions.children(region.code, on=on)}
    children |= {child.code: child for child in Region.objects.filter(pk__in=before)}
    _check(values, children)
    changed = {code: value for code, value in values.items() if before.get(children[code].pk) != value}
    _write(by, on, target, {children[code]: value for code, value in changed.items()})
    given = splits.check(total, below(region, target).values())
    if changed:
        audit.record(
            "target.split",
            target,
            by=by,
            region_path=region.path,
            code=target.code,
            region=region.code,
            before={code: _said(before.get(children[code].pk)) for code in changed},
            after={code: _said(value) for code, value in changed.items()},
            total=_said(total),
            given=_said(given.given),
        )
    return given


def _write(by: Actor, on: date, target: Target, changed: Mapping[Region, Decimal | None]) -> None:
    gone = [region.pk for region, value in changed.items() if value is None]
    Allocation.objects.filter(target=target, region__in=gone).delete()
    Allocation.objects.bulk_create(
        [
            Allocation(target=target, region=region, value=value, set_on=on, set_by=by.name[:50])
            for region, value in changed.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["target", "region"],
        update_fields=["value", "set_on", "set_by"],
    )


def _check(values: Mapping[str, Decimal | None], children: Mapping[str, Region]) -> None:
    wrong = {code: "region_not_below" for code in values if code not in children}
    wrong |= {
        code: "target_value_range"
        for code, value in values.items()
        if value is not None and not 0 <= value < MOST
    }
    if wrong:
        raise InvalidInput(fields=wrong)


def _said(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
