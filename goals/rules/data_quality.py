"""Data quality of a unit in four dimensions: 及时, 真实, 完整, 准确 (docs/domain.md §2.2 T34, docs/indicators.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from goals.rules.indicators import INDICATORS, value
from registry.rules.shares import percent

TIMELY, TRUE, COMPLETE, ACCURATE = "timely", "true", "complete", "accurate"

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    TIMELY: ("outcome_lag", "employment_lag", "certification_rate"),
    TRUE: ("evidence_rate", "verification_rate", "flags_open"),
    COMPLETE: ("completeness", "entry_rate"),
    ACCURATE: ("validation_failure_rate", "discrepancies_open"),
}
KEYS = tuple(key for keys in DIMENSIONS.values() for key in keys)
FROM_PEOPLE = tuple(key for key in KEYS if key in INDICATORS)
"""Counted from people; the others are of flags, files and typed figures."""

LESS_IS_BETTER = frozenset(
    {
        "outcome_lag",
        "employment_lag",
        "flags_open",
        "validation_failure_rate",
        "discrepancies_open",
    }
)

Pair = tuple[int, int]
"""How many, of how many."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One indicator of a unit; `share` in per cent, None where there is nothing to measure."""

    key: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Decimal | None:
        return percent(self.numerator, self.denominator) if self.denominator else None

    @property
    def lack(self) -> Decimal | None:
        """How far it is from what it should be, in percentage points: 0 is without fault."""
        if self.share is None:
            return None
        return self.share if self.key in LESS_IS_BETTER else max(Decimal(0), 100 - self.share)


@dataclass(frozen=True)
class Marks:
    """All indicators of one unit."""

    by_key: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def lack(self) -> Decimal | None:
        """The mean of what its indicators lack, by which units are put in order; None without anything measured."""
        lacks = [mark.lack for mark in self.by_key.values() if mark.lack is not None]
        return (sum(lacks, Decimal(0)) / len(lacks)).quantize(Decimal("0.1")) if lacks else None

    @property
    def worst(self) -> Mark | None:
        """The indicator furthest from what it should be; None where none lacks anything."""
        found = [mark for mark in self.by_key.values() if mark.lack]
        return max(found, key=lambda mark: (mark.lack or 0, -KEYS.index(mark.key)), default=None)


def marks(counts: Mapping[str, int], others: Mapping[str, Pair]) -> Marks:
    """Of the counts of a unit's people (rules/measures.py), and of pairs that others counted, by key."""
    found: dict[str, Mark] = {}
    for key in KEYS:
        if key in FROM_PEOPLE:
            counted = value(INDICATORS[key], counts)
            found[key] = Mark(key, counted.numerator, counted.denominator or 0)
        else:
            found[key] = Mark(key, *others.get(key, (0, 0)))
    return Marks(found)


def dimension_of(key: str) -> str:
    return next(dimension for dimension, keys in DIMENSIONS.items() if key in keys)
