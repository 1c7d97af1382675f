"""Whoever puts together all that was released still cannot tell a count of one to four people.

Small provinces are drawn at random and released as the site does it: two months, each county, prefecture and the province,
in all, by parts, by sex and by age. The attacker (attacker.py) gets every number as an equation.
"""

import os
from collections.abc import Hashable, Iterable, Iterator
from itertools import product
from random import Random

import pytest

from registry.rules.releases import Parts, Released, is_safe, released
from registry.rules.suppression import LEAST
from tests.registry.rules.attacker import Attack

BREAKDOWNS = {"sex": ("m", "f"), "age": ("young", "old")}
PARTS = (0, 1)  # with the goal reached, and without
MONTHS = (0, 1)

Count = tuple[str, ...]


class Province:
    """Prefectures with counties, some people registered above the counties; counted in two months."""

    def __init__(self, random: Random) -> None:
        self.below = {"P": [f"P{n}" for n in range(random.choice([2, 3]))]}
        for prefecture in self.below["P"]:
            self.below[prefecture] = [f"{prefecture}.{n}" for n in range(random.choice([0, 2, 3]))]
        self.codes = [*self.below, *(one for below in self.below.values() for one in below)]
        self.codes = list(dict.fromkeys(self.codes))
        # Each leaf, and those who belong to no leaf: by month, and each person's part, sex and age.
        self.people: dict[tuple[int, str], list[tuple[int, str, str]]] = {}
        for code in self.codes:
            is_leaf = not self.below.get(code)
            size = (
                random.choice([0, 1, 2, 3, 5, 8, 13, 30, 60]) if is_leaf else random.choice([0, 0, 0, 2, 6])
            )
            weights = [random.choice([0, 1, 3, 9]) for _ in range(8)]
            kinds = [
                (part, sex, age) for part in PARTS for sex in BREAKDOWNS["sex"] for age in BREAKDOWNS["age"]
            ]
            before = random.choices(kinds, [weight or 0.01 for weight in weights], k=size)
            more = random.choices(kinds, k=random.choice([0, 0, 1, 2, 6, 15]))
            self.people[0, code] = before
            self.people[1, code] = before[random.choice([0, 0, 0, 1, 6]) :] + more

    def places(self, code: str) -> Iterator[str]:
        """The region with all below it: whose people it counts."""
        yield code
        for child in self.below.get(code, ()):
            yield from self.places(child)

    def count(self, month: int, code: str, part: int | None = None, cell: str = "") -> int:
        return sum(
            (part is None or kind[0] == part) and (not cell or cell in kind[1:])
            for place in self.places(code)
            for kind in self.people[month, place]
        )

    def tables(self, month: int) -> dict[str, dict[str, Parts]]:
        """What the site would show to the federation itself."""
        tables = {
            "": {code: (self.count(month, code),) for code in self.codes},
            "parts": {code: tuple(self.count(month, code, part) for part in PARTS) for code in self.codes},
        }
        for breakdown, cells in BREAKDOWNS.items():
            tables[breakdown] = {
                code: tuple(self.count(month, code, part, cell) for cell in cells for part in PARTS)
                for code in self.codes
            }
        return tables


def as_released(province: Province) -> list[dict[str, Released]]:
    """The tables of both months as they leave."""
    months: list[dict[str, Released]] = []
    for month in MONTHS:
        shown: dict[str, Released] = {}
        for name, table in province.tables(month).items():
            within = None if not name else set(shown["" if name == "parts" else "parts"])
            earlier = [before[name] for before in months]
            codes = released("P", province.below, table, earlier=earlier, within=within)
            shown[name] = {code: table[code] for code in codes}
        months.append(shown)
    return months


def without_complements(province: Province) -> list[dict[str, Released]]:
    """The same with nothing held back but the small counts themselves."""
    return [
        {
            name: {code: parts for code, parts in table.items() if is_safe(parts)}
            for name, table in province.tables(month).items()
        }
        for month in MONTHS
    ]


def unknowns(province: Province, code: str, part: int, cell: str = "") -> list[Hashable]:
    return [(place, part, cell) for place in province.places(code)]


def attack(province: Province, shown: dict[str, Released]) -> Attack:
    """Everything that one month tells, and what everybody knows: the cells of a breakdown make up the whole."""
    equations: list[tuple[Iterable[Hashable], int]] = []
    for code, (total,) in shown[""].items():
        equations.append(([one for part in PARTS for one in unknowns(province, code, part)], total))
    for code, parts in shown["parts"].items():
        equations += [(unknowns(province, code, part), parts[part]) for part in PARTS]
    for breakdown, cells in BREAKDOWNS.items():
        for code, parts in shown[breakdown].items():
            kinds = [(cell, part) for cell in cells for part in PARTS]
            equations += [
                (unknowns(province, code, part, cell), count)
                for (cell, part), count in zip(kinds, parts, strict=True)
            ]
    found = Attack(equations)
    for code in province.codes:
        for part in PARTS:
            for cells in BREAKDOWNS.values():
                row = {(code, part, cell): 1 for cell in cells} | {(code, part, ""): -1}
                found.add(row, 0)
    return found


def told(province: Province, months: list[dict[str, Released]]) -> list[object]:
    """Which counts, or changes from month to month, of one to four people the attacker knows."""
    attacks = [attack(province, shown) for shown in months]
    cells = ["", *(cell for cells in BREAKDOWNS.values() for cell in cells)]
    truth = [
        {
            (code, part, cell): sum(
                kind[0] == part and (not cell or cell in kind) for kind in province.people[month, code]
            )
            for code in province.codes
            for part in PARTS
            for cell in cells
        }
        for month in MONTHS
    ]

    def knows(month: int, wanted: list[Hashable]) -> bool:
        if attacks[month].another(truth[month], wanted):
            return False
        least, most = attacks[month].bounds(wanted)
        return least == most

    found: list[object] = []
    for code, cell, parts in product(province.codes, cells, ((0,), (1,), PARTS)):
        wanted = [one for part in parts for one in unknowns(province, code, part, cell)]
        counts = [sum(truth[month][one] for one in wanted) for month in MONTHS]
        found += [
            (code, cell, parts, month)
            for month in MONTHS
            if 0 < counts[month] < LEAST and knows(month, wanted)
        ]
        if 0 < abs(counts[1] - counts[0]) < LEAST and all(knows(month, wanted) for month in MONTHS):
            found.append((code, cell, parts, "change"))
    return found


# Each takes a second of CPU; before a release: PROVINCES=500.
@pytest.mark.parametrize("seed", range(int(os.environ.get("PROVINCES", "6"))))
def test_nobody_works_out_a_small_count(seed):
    province = Province(Random(seed))
    assert told(province, as_released(province)) == []


def test_the_attacker_works_them_out_where_only_small_counts_are_hidden():
    province = Province(Random(0))
    assert len(told(province, without_complements(province))) > 10
