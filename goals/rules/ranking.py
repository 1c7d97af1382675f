"""Units compared with each other, as a bulletin (通报) does: task, done, rate, rank, and who is below the line.

The shape is that of Gansu's bulletin (docs/domain.md §5.1): 任务、完成、完成率、排名, and the names of those behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from registry.rules.shares import TENTH


@dataclass(frozen=True)
class Compared:
    """One unit; without a task there is no rate, no rank, and nothing to be below of."""

    unit: str
    task: Decimal | None
    done: int
    rate: Decimal | None
    rank: int | None
    is_below: bool


def rate(done: int, task: Decimal | None) -> Decimal | None:
    """Per cent of the task with one decimal, rounded down; None where there is no task."""
    if task is None or task <= 0:
        return None
    return (Decimal(done) * 100 / task).quantize(TENTH, rounding=ROUND_DOWN)


def compare(
    units: Sequence[str],
    tasks: Mapping[str, Decimal],
    done: Mapping[str, int],
    *,
    line: Decimal | None,
) -> list[Compared]:
    """The units from the best rate to the lowest, those without a rate last; equal rates share a rank.

    After two who share the first rank comes the third.
    """
    rates = {unit: rate(done.get(unit, 0), tasks.get(unit)) for unit in units}
    known = sorted((one for one in rates.values() if one is not None), reverse=True)
    rows = [
        Compared(
            unit=unit,
            task=tasks.get(unit),
            done=done.get(unit, 0),
            rate=found,
            rank=None if found is None else known.index(found) + 1,
            is_below=found is not None and line is not None and found < line,
        )
        for unit, found in rates.items()
    ]
    return sorted(rows, key=lambda row: (row.rate is None, -(row.rate or 0), row.unit))


def average(tasks: Mapping[str, Decimal], done: Mapping[str, int]) -> Decimal | None:
    """The rate of all units with a task together, which is the region's own."""
    held = {unit: task for unit, task in tasks.items() if task > 0}
    return rate(sum(done.get(unit, 0) for unit in held), sum(held.values(), Decimal(0)))
