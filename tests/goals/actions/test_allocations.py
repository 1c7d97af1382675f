"""A parent splits a target among its children, and they what they were given; the sum is told, never refused."""

from decimal import Decimal

import pytest

from goals.actions import allocations
from goals.errors import NothingToSplit, PlanNotInForce, TargetIndivisible
from goals.models import Allocation, Target
from goals.queries.allocations import of_region, target_of
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.goals.plan_factories import a_draft, a_target
from tests.registry.factories import a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def target() -> Target:
    for code in ("620502", "620503", "620521"):
        a_region(code)
    return a_target()


def split(target: Target, region: str = "620500", by: object = SYSTEM, **values: int | None) -> object:
    asked = {code.strip("_"): None if value is None else Decimal(value) for code, value in values.items()}
    return allocations.split(by=by, on=TODAY, target=target, region=a_region(region), values=asked)  # type: ignore[arg-type]


def test_what_is_left_or_too_much_is_told_and_one_row_of_audit_says_what_changed(target: Target) -> None:
    check = split(target, _620502=300, _620503=500)
    assert (check.total, check.given, check.unallocated) == (900, 800, 100)  # type: ignore[attr-defined]
    over = split(target, _620502=300, _620503=650)
    assert over.over == 50  # type: ignore[attr-defined]
    split(target, _620502=300, _620503=650)
    events = AuditEvent.objects.filter(verb="target.split").order_by("pk")
    assert [event.facts["after"] for event in events] == [
        {"620502": "300", "620503": "500"},
        {"620503": "650"},
    ]
    assert split(target, _620503=None).given == 300  # type: ignore[attr-defined]
    assert Allocation.objects.count() == 1


def test_a_child_splits_what_it_was_given(target: Target) -> None:
    county = a_region("620502")
    assert target_of(county, target) is None
    with pytest.raises(NothingToSplit):
        split(target, "620502")
    split(target, _620502=300)
    assert target_of(county, target) == 300
    assert [(share.target, share.value) for share in of_region(county, target.plan.period)] == [(target, 300)]
    assert [share.value for share in of_region(a_region("620500"), target.plan.period)] == [900]
    assert of_region(a_region("620503"), target.plan.period) == []


def test_only_officers_over_the_region_that_splits_may(target: Target) -> None:
    for role, place in (("federation_officer", "620502"), ("approver", "620500")):
        with pytest.raises(NotPermitted):
            split(target, by=an_actor(role, a_federation(place)), _620502=300)
    assert split(target, by=an_actor("federation_officer", a_federation("620000")), _620502=300)


def test_only_regions_right_below_and_sensible_numbers(target: Target) -> None:
    with pytest.raises(InvalidInput) as refused:
        split(target, _620000=3, _620502=-1)
    assert refused.value.facts["fields"] == {"620000": "region_not_below", "620502": "target_value_range"}
    with pytest.raises(NotFound):
        split(target, "620000", _620500=3)


def test_shares_and_days_are_the_same_everywhere_and_drafts_are_not_split() -> None:
    plan = a_draft()
    with pytest.raises(PlanNotInForce):
        split(a_target(plan))
    share = a_target(plan, metric="two_skill_coverage", unit="ratio", value=Decimal("0.6"))
    type(plan).objects.update(state="in_force")
    with pytest.raises(TargetIndivisible):
        split(share)
