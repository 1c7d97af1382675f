"""What an officer enters as a target has to go together; each refusal names its field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from goals.rules.metrics import METRICS, How
from goals.rules.readings import Demand, State, of_day
from goals.rules.targets import Asked, due, problems

COUNT = Asked("new_employment", "", ">=", Decimal(900), None, "人", "region", "cumulative", 2025, 2027)
SHARE = replace(COUNT, metric="two_skill_coverage", unit="ratio", value=Decimal("0.6"))
BY_HAND = replace(
    COUNT, metric="reported", metric_name="招聘会", unit="次", per="county", period_kind="annual"
)
DAY = replace(BY_HAND, operator="by", value=None, due_on=date(2026, 11, 30))


@pytest.mark.parametrize("asked", [COUNT, SHARE, BY_HAND, DAY])
def test_what_goes_together_has_no_problems(asked: Asked) -> None:
    assert problems(asked, plan_years=(2025, 2027)) == {}


@pytest.mark.parametrize(
    ("asked", "change", "wrong"),
    [
        (COUNT, {"unit": "ratio", "value": Decimal(1)}, {"unit": "target_unit_count"}),
        (SHARE, {"unit": "人"}, {"unit": "target_unit_share"}),
        (SHARE, {"value": Decimal("1.2")}, {"value": "over_100"}),
        (COUNT, {"value": None}, {"value": "target_value_missing"}),
        (COUNT, {"value": Decimal(-1)}, {"value": "target_value_range"}),
        (COUNT, {"per": "county"}, {"per": "target_per_region"}),
        (COUNT, {"first_year": 2024}, {"first_year": "target_years_outside"}),
        (COUNT, {"first_year": 2027, "last_year": 2026}, {"last_year": "years_order"}),
        (COUNT, {"operator": "by", "value": None, "due_on": date(2026, 1, 1)}, {"operator": "target_day_of_figure"}),
        (COUNT, {"due_on": date(2026, 1, 1)}, {"due_on": "target_day_with_value"}),
        (COUNT, {"metric": "nonsense"}, {"metric": "field_choice"}),
        (BY_HAND, {"metric_name": ""}, {"metric_name": "target_name_missing"}),
        (DAY, {"due_on": None}, {"due_on": "target_day_missing"}),
        (DAY, {"period_kind": "deadline", "due_on": date(2028, 1, 1)}, {"due_on": "target_day_outside"}),
        (BY_HAND, {"metric": "training_bases_per_city"}, {"value": "target_base_one", "per": "target_base_per"}),
    ],
)  # fmt: skip
def test_what_does_not_is_named_by_field(asked: Asked, change: dict[str, Any], wrong: dict[str, str]) -> None:
    assert problems(replace(asked, **change), plan_years=(2025, 2027)) == wrong


def test_a_yearly_day_is_kept_without_its_year() -> None:
    assert due(DAY) == "11-30"
    assert due(replace(DAY, period_kind="deadline")) == "2026-11-30"
    assert due(COUNT) == ""


def test_a_share_of_nobody_is_neither_met_nor_missed_and_limits_know_no_time() -> None:
    assert Demand(Decimal(1)).state(None, date(2025, 1, 1))[0] == State.MISSING
    assert Demand(None).state(Decimal(1), date(2025, 1, 1))[0] == State.TRACKED
    assert Demand(Decimal(2), "<=").state(Decimal(3), date(2025, 1, 1)) == (State.NOT_MET, None)
    assert Demand(Decimal("0.5"), "=").state(Decimal("0.5"), date(2025, 1, 1)) == (State.MET, None)


def test_something_due_by_a_day_is_in_time_late_missing_or_not_due() -> None:
    due_on = date(2024, 11, 30)
    told = [of_day(done, due_on, on=date(2024, 12, 5)) for done in (due_on, date(2024, 12, 1), None)]
    assert told == [State.MET, State.LATE, State.MISSED]
    assert of_day(None, due_on, on=due_on) == State.NOT_DUE


def test_every_metric_of_the_table_is_come_by_in_some_way() -> None:
    assert {metric.how for metric in METRICS.values()} == set(How) - {How.BY_HAND}
