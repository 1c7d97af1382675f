"""Which people stand behind a figure: those who add more to some measures than to others."""

from collections.abc import Mapping
from dataclasses import dataclass

from goals.rules.indicators import Indicator, Unit
from goals.rules.measures import IN_PARTS

IN, REST = "in", "rest"
"""The parts of an indicator: who is in the numerator, and who is in the denominator without being in it."""

OF_PEOPLE = ("sex", "age", "residence", "hardship", "disability", "grade")
OF_TRAINING = ("category", "base")
OVERLAPPING = frozenset({"hardship", *OF_TRAINING})
"""Breakdowns in which one person may stand in several rows, or in none."""

OF_FAMILIES = frozenset({"family_trained", "family_completed"})
"""Measures of people who are counted under no cell."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Whoever adds more to `measures` than to `less`: with measures of 0 or 1, who is in one and not in the other."""

    measures: tuple[str, ...]
    less: tuple[str, ...] = ()

    def count(self, counts: Mapping[str, int]) -> int:
        """How many there are, in the indicator's unit: a person may add several."""
        whole = sum(counts.get(measure, 0) for measure in self.measures)
        return whole - sum(counts.get(measure, 0) for measure in self.less)


MEMBERS = Slice(("members",))
NO_SKILL = Slice(("members",), ("one", "two"))
ONE_SKILL = Slice(("one",))
TWO_SKILLS = Slice(("two",))


def parts(indicator: Indicator) -> dict[str, Slice]:
    """The people of an indicator by part; a plain count has no rest."""
    numerator = tuple(indicator.numerator.split("+"))
    found = {IN: Slice(numerator)}
    if indicator.denominator:
        found[REST] = Slice(tuple(indicator.denominator.split("+")), numerator)
    return found


def breakdowns(indicator: Indicator) -> tuple[str, ...]:
    """By what the indicator can be broken down: the kinds of cells (docs/indicators.md, Cells)."""
    measures = {*indicator.numerator.split("+"), *filter(None, indicator.denominator.split("+"))}
    if measures & OF_FAMILIES:
        return ()
    return OF_PEOPLE + (OF_TRAINING if measures <= set(IN_PARTS) else ())


def unit(indicator: Indicator) -> Unit:
    """What numerator and denominator count: of a share it is what its denominator counts."""
    if indicator.unit is not Unit.SHARE:
        return indicator.unit
    if indicator.denominator in ("enrolled", "completed"):
        return Unit.ENROLMENTS
    return Unit.RECORDS if indicator.denominator in ("outcomes", "jobs", "externals") else Unit.PERSONS
