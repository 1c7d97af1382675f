"""`two_skill_coverage` as people read it: who is in the population, who has one skill, who has two or more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goals.rules.attainment import Pace, attainment, elapsed
from registry.rules.shares import percent


@dataclass(frozen=True, slots=True)
class Figures:
    """People in the population, and of them with exactly one skill and with two or more, and of those the employed.

    `people_now` and `two_now` are the snapshot reading: of those only who meets the four conditions today.
    """

    people: int = 0
    one_skill: int = 0
    two_skills: int = 0
    employed: int = 0
    people_now: int = 0
    two_now: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Figures":
        measures = ("members", "one", "two", "two_employed", "members_now", "two_now")
        return cls(*(counts.get(measure, 0) for measure in measures))

    @property
    def no_skill(self) -> int:
        return self.people - self.one_skill - self.two_skills

    @property
    def share(self) -> Decimal:
        """`two_skill_coverage` in percent (docs/domain.md §6)."""
        return percent(self.two_skills, self.people)

    @property
    def share_now(self) -> Decimal:
        """`two_skill_coverage_snapshot` in percent."""
        return percent(self.two_now, self.people_now)

    @property
    def employed_share(self) -> Decimal:
        """`two_skilled_employed` in percent."""
        return percent(self.employed, self.two_skills)

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.people, self.one_skill, self.two_skills


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What regions are held against: a target's share with the days in which it is reached, or the region above them.

    Shares in percent.
    """

    wanted: Decimal
    first: date | None = None
    last: date | None = None

    @property
    def is_target(self) -> bool:
        return self.first is not None

    def expected(self, on: date) -> Decimal:
        """What should be reached by the end of `on`: a target in step with the time elapsed."""
        if self.first is None or self.last is None:
            return self.wanted
        return self.wanted * elapsed(self.first, self.last, on) / 100

    def is_behind(self, found: Figures, on: date) -> bool:
        """Whether the figures fall short of it; where nobody counts, nobody is behind."""
        if not found.people:
            return False
        actual = Decimal(100 * found.two_skills) / found.people
        if self.first is None or self.last is None:
            return actual < self.wanted
        held = attainment(actual, self.wanted, first=self.first, last=self.last, on=on)
        return held.pace in (Pace.BEHIND, Pace.MISSED)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a region's page says first. `change` in percentage points since the end of the last quarter, None where
    that was not kept; `units` are the statutory regions right below in which anybody counts, `level` theirs.
    """

    name: str
    people: int
    share: Decimal
    change: Decimal | None = None
    level: str = ""
    units: int = 0
    behind: int = 0
    by_target: bool = False
