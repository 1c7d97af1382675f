"""Criteria by which a base is reviewed and evaluated: what each weighs, what the points given come to.

A federation writes its own (registry/rules/standards.py); the documents of the four regions name none, so those that hold
where nobody decided follow what an application must tell (docs/domain.md §2.1 C22, C37).
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MOST_CRITERIA = 20
LONGEST_NAME = 60
MOST_POINTS = 1_000
RESULTS = ("excellent", "qualified", "to_mend")
"""From the best down; below the last threshold a base is unqualified."""


def criterion(name: str, weight: int, most: int = 100) -> dict[str, Any]:
    return {"name": name, "weight": weight, "most": most}


REVIEW = [
    criterion("场地", 20),
    criterion("设备", 20),
    criterion("师资", 25),
    criterion("无障碍条件", 20),
    criterion("管理制度", 15),
]
EVALUATION = [
    criterion("培训任务完成情况", 25),
    criterion("培训质量和证书", 25),
    criterion("就业成效", 20),
    criterion("无障碍条件", 15),
    criterion("管理和资金使用", 15),
]


def are_criteria(value: Any) -> bool:
    """Whether this is a list of criteria: named differently, each with a weight and the most points it can have."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_CRITERIA:
        return False
    if not all(isinstance(one, dict) and set(one) == {"name", "weight", "most"} for one in value):
        return False
    named = all(isinstance(one["name"], str) and _is_name(one["name"]) for one in value)
    counted = all(
        type(one[part]) is int and 0 < one[part] <= MOST_POINTS
        for one in value
        for part in ("weight", "most")
    )
    return named and counted and len({one["name"] for one in value}) == len(value)


def _is_name(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and len(text) <= LONGEST_NAME


def are_points(criteria: Sequence[Mapping[str, Any]], points: Sequence[Any]) -> bool:
    """Whether there are points for each criterion, whole numbers from 0 to its most."""
    return len(points) == len(criteria) and all(
        type(given) is int and 0 <= given <= one["most"] for one, given in zip(criteria, points, strict=True)
    )


def score(criteria: Sequence[Mapping[str, Any]], points: Sequence[int]) -> Decimal:
    """What the points come to, from 0 to 100 with one decimal: each criterion's share of its most, by its weight."""
    weights = sum(one["weight"] for one in criteria)
    reached = sum(
        (Decimal(one["weight"]) * given / one["most"] for one, given in zip(criteria, points, strict=True)),
        start=Decimal(0),
    )
    return (reached * 100 / weights).quantize(Decimal("0.1"), ROUND_HALF_UP)


def result(reached: Decimal, thresholds: Mapping[str, int]) -> str:
    """The best result whose threshold the score reaches, or "unqualified"."""
    return next((one for one in RESULTS if reached >= thresholds[one]), "unqualified")
