from typing import Any

import pytest

from registry.rules.standards import STANDARDS, problem


@pytest.mark.parametrize("key", STANDARDS)
def test_every_default_is_a_value_that_a_federation_could_decide(key: str) -> None:
    assert problem(key, STANDARDS[key].default) == ""


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("filing_lead_days", 0, ""),
        ("filing_lead_days", -1, "standard_range"),
        ("filing_lead_days", 91, "standard_range"),
        ("filing_lead_days", True, "standard_range"),
        ("filing_lead_days", "7", "standard_range"),
        ("filing_lead_days", 7.0, "standard_range"),
        ("examined_apart", True, ""),
        ("examined_apart", 1, "standard_switch"),
        ("follow_up_months", [1, 3, 60], ""),
        ("follow_up_months", [], "standard_counts"),
        ("follow_up_months", [6, 3], "standard_counts"),
        ("follow_up_months", [3, 3], "standard_counts"),
        ("follow_up_months", ["3", 6], "standard_counts"),
        ("follow_up_months", [3, 61], "standard_counts"),
        ("follow_up_months", list(range(1, 14)), "standard_counts"),
        ("follow_up_months", 3, "standard_counts"),
    ],
)
def test_a_value_is_of_its_kind_and_within_its_limits(key: str, value: Any, said: str) -> None:
    assert problem(key, value) == said
