"""What a generated province has before its people, and what is made of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from courses.rules.rates import Terms
from goals.rules.facts import Facts


@dataclass(frozen=True)
class Course:
    """A cohort that people can be in: days as numbers from EPOCH."""

    pk: int
    base: int
    skill: int
    category: str
    starts: int
    ends: int


@dataclass(frozen=True)
class World:
    """Where people live and what they can learn there; `on` is the day on which it is all known."""

    counties: Sequence[int]
    weights: Sequence[float]
    cohorts: dict[int, list[Course]]
    skills: Sequence[tuple[int, str]]
    terms: Terms
    on: date


@dataclass
class Lives:
    """A portion of the people: rows by model, and (person, region, facts)."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    facts: list[tuple[int, int, Facts]] = field(default_factory=list)
