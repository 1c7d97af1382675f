"""Somebody who has all that was ever released, knows that people are counted in whole numbers from 0 up, and computes.

Exact: equations are eliminated in fractions, and what they leave open is bounded by linear programming.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from math import ceil, floor

Row = dict[Hashable, Fraction]


class Attack:
    """`equations` are (which unknown counts add up, to what)."""

    def __init__(self, equations: Iterable[tuple[Iterable[Hashable], int]]) -> None:
        self.rows: dict[Hashable, tuple[Row, Fraction]] = {}
        for unknowns, total in equations:
            self.add(Counter(unknowns), total)

    def add(self, row: Mapping[Hashable, int], value: int) -> None:
        """One more equation: so many times each unknown, together the value."""
        self._eliminate({one: Fraction(factor) for one, factor in row.items()}, Fraction(value))

    def bounds(self, unknowns: Iterable[Hashable]) -> tuple[int, int | None]:
        """The least and the most that these counts can be together; None where nothing bounds them."""
        aim: Row = defaultdict(Fraction)
        known = Fraction(0)
        for unknown in unknowns:
            if unknown in self.rows:
                row, value = self.rows[unknown]
                known += value
                for free, factor in row.items():
                    if free != unknown:
                        aim[free] -= factor
            else:
                aim[unknown] += 1
        aim = {free: factor for free, factor in aim.items() if factor}
        if not aim:
            return int(known), int(known)
        least = -self._most({free: -factor for free, factor in aim.items()})
        most = self._most(aim)
        return ceil(known + least), None if most is None else floor(known + most)

    def another(self, truth: Mapping[Hashable, int], unknowns: Iterable[Hashable]) -> bool:
        """Whether a world close to the true one fits as well, in which these counts together are another number.

        Much cheaper than `bounds`, and says no sometimes where there is one.
        """
        wanted = set(unknowns)
        moves: dict[Hashable, Row] = defaultdict(dict)
        for pivot, (row, _value) in self.rows.items():
            for free, factor in row.items():
                if free != pivot:
                    moves[free][pivot] = -factor
        for free in truth.keys() - self.rows.keys():
            moves[free][free] = Fraction(1)
        steps = [_times(move, sign) for move in moves.values() for sign in (1, -1)]
        telling = [step for step in steps if sum(step.get(one, 0) for one in wanted)]
        if any(_fits(step, truth) for step in telling):
            return True
        for step in telling:
            short = [one for one, change in step.items() if truth[one] + change < 0]
            for other in steps:
                if any(one in other for one in short):
                    both = dict(other)
                    _subtract(both, step, Fraction(-1))
                    if sum(both.get(one, 0) for one in wanted) and _fits(both, truth):
                        return True
        return False

    def _eliminate(self, row: Row, value: Fraction) -> None:
        for pivot in [one for one in row if one in self.rows]:
            factor = row[pivot]
            held, total = self.rows[pivot]
            _subtract(row, held, factor)
            value -= factor * total
        pivot = next((one for one, factor in row.items() if factor), None)
        if pivot is None:
            assert value == 0, "what was released contradicts itself"
            return
        scale = row[pivot]
        row = {one: factor / scale for one, factor in row.items() if factor}
        value /= scale
        for one, (held, total) in self.rows.items():
            if factor := held.get(pivot, 0):
                _subtract(held, row, factor)
                self.rows[one] = ({key: left for key, left in held.items() if left}, total - factor * value)
        self.rows[pivot] = (row, value)

    def _most(self, aim: Row) -> Fraction | None:
        """The largest value of a sum of free unknowns, by the simplex method (Bland's rule) on what touches them."""
        touched: dict[Hashable, set[Hashable]] = defaultdict(set)
        for pivot, (row, _value) in self.rows.items():
            for unknown in row:
                touched[unknown].add(pivot)
        free, pivots = set(aim), set()
        waiting = list(free)
        while waiting:
            for pivot in touched[waiting.pop()] - pivots:
                pivots.add(pivot)
                for unknown in set(self.rows[pivot][0]) - {pivot} - free:
                    free.add(unknown)
                    waiting.append(unknown)
        table = {pivot: dict(self.rows[pivot][0]) for pivot in pivots}
        right = {pivot: self.rows[pivot][1] for pivot in pivots}
        return _simplex(table, right, dict(aim))


def _simplex(table: dict[Hashable, Row], right: dict[Hashable, Fraction], aim: Row) -> Fraction | None:
    """Rows solved for their pivots, pivots and others from 0 up. First feasible (dual steps), then the most of `aim`."""
    value = Fraction(0)
    order = _order(table, aim)
    while bad := [pivot for pivot in right if right[pivot] < 0]:
        pivot = min(bad, key=order.__getitem__)
        enter = min((one for one, factor in table[pivot].items() if factor < 0), key=order.__getitem__)
        value += _pivot(table, right, aim, pivot, enter)
    while better := [one for one, factor in aim.items() if factor > 0]:
        enter = min(better, key=order.__getitem__)
        limits = [(right[p] / row[enter], order[p], p) for p, row in table.items() if row.get(enter, 0) > 0]
        if not limits:
            return None
        value += _pivot(table, right, aim, min(limits)[2], enter)
    return value


def _order(table: Mapping[Hashable, Row], aim: Row) -> dict[Hashable, int]:
    names = sorted({*aim, *(one for row in table.values() for one in row)}, key=repr)
    return {name: number for number, name in enumerate(names)}


def _pivot(
    table: dict[Hashable, Row], right: dict[Hashable, Fraction], aim: Row, leave: Hashable, enter: Hashable
) -> Fraction:
    row, value = table.pop(leave), right.pop(leave)
    scale = row[enter]
    row, value = {one: factor / scale for one, factor in row.items()}, value / scale
    for one, held in table.items():
        if factor := held.get(enter, 0):
            _subtract(held, row, factor)
            right[one] -= factor * value
    table[enter], right[enter] = row, value
    gained = Fraction(0)
    if factor := aim.get(enter, 0):
        _subtract(aim, row, factor)
        gained = factor * value
    return gained


def _times(row: Row, factor: int) -> Row:
    return {one: part * factor for one, part in row.items()}


def _fits(step: Row, truth: Mapping[Hashable, int]) -> bool:
    return all(change.denominator == 1 and truth[one] + change >= 0 for one, change in step.items())


def _subtract(row: Row, other: Row, factor: Fraction) -> None:
    for one, part in other.items():
        left = row.get(one, 0) - factor * part
        if left:
            row[one] = left
        else:
            row.pop(one, None)
