"""Splitting a target among regions (逐级分解, docs/domain.md §2.2 T07): proposals, and the sum check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

Key = TypeVar("Key")
ONE, CENT = Decimal(1), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SumCheck:
    """What a region answers for, against what it gave to those below; `total` is None where nobody gave it any."""

    total: Decimal | None
    given: Decimal

    @property
    def unallocated(self) -> Decimal:
        return max((self.total or Decimal(0)) - self.given, Decimal(0))

    @property
    def over(self) -> Decimal:
        return max(self.given - (self.total or Decimal(0)), Decimal(0))

    @property
    def fits(self) -> bool:
        return self.total == self.given


def check(total: Decimal | None, values: Iterable[Decimal | None]) -> SumCheck:
    return SumCheck(total, sum((value for value in values if value is not None), Decimal(0)))


def evenly(total: Decimal, keys: Sequence[Key]) -> dict[Key, Decimal]:
    """As equal as whole numbers can be; the first ones get what is left over."""
    return by_weight(total, dict.fromkeys(keys, Decimal(1)))


def by_weight(total: Decimal, weights: Mapping[Key, Decimal | int]) -> dict[Key, Decimal]:
    """In proportion, adding up to the total exactly: what rounding down leaves goes to the largest remainders.

    Whole numbers where the total is one, hundredths elsewhere. Where all weights are 0 it is split evenly.
    """
    if not weights:
        return {}
    whole = sum(weights.values(), Decimal(0))
    if whole <= 0:
        return evenly(total, list(weights))
    step = ONE if total == total.to_integral_value() else CENT
    exact = {key: total * weight / whole for key, weight in weights.items()}
    given = {key: part.quantize(step, rounding=ROUND_DOWN) for key, part in exact.items()}
    left = int((total - sum(given.values())) / step)
    for key in sorted(exact, key=lambda key: given[key] - exact[key])[:left]:
        given[key] += step
    return given
