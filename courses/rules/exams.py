"""Scores of an examination: the parts, their weights, and which attempt counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

DEFAULT_THEORY_WEIGHT = 40
"""Per cent; most courses here are manual, so practice weighs more. Each examination may set its own."""


_ABSENT = frozenset({"缺考", "缺", "absent"})


def says_absent(text: str) -> bool:
    """Whether somebody wrote, in the place of a mark, that the candidate did not come."""
    return text.strip().casefold() in _ABSENT


@dataclass(frozen=True)
class Mark:
    """What an examiner writes down of one candidate: marks 0 to 100 of each part, or that nobody came."""

    theory: Decimal | None = None
    practice: Decimal | None = None
    is_absent: bool = False


def weight(kind: str, theory_weight: int) -> int:
    """The share of theory in per cent that fits the kind of the examination."""
    return {"theory": 100, "practice": 0}.get(kind, theory_weight)


def parts(kind: str) -> tuple[str, ...]:
    """The parts that are marked."""
    return ("theory", "practice") if kind == "both" else (kind,)


def is_settled(mark: Mark, kind: str) -> bool:
    """Whether nothing is left to record: the candidate was absent, or every part has its mark."""
    return mark.is_absent or all(getattr(mark, part) is not None for part in parts(kind))


def score(mark: Mark, kind: str, theory_weight: int) -> Decimal | None:
    """The weighted score with one decimal, half rounded up; None while a part is missing, and for the absent."""
    if mark.is_absent or not is_settled(mark, kind):
        return None
    shares = {"theory": weight(kind, theory_weight), "practice": 100 - weight(kind, theory_weight)}
    weighted = sum((getattr(mark, part) * shares[part] for part in parts(kind)), Decimal(0)) / 100
    return weighted.quantize(Decimal("0.1"), ROUND_HALF_UP)


def counting(scores: Sequence[Decimal | None], *, best: bool) -> Decimal | None:
    """The score that counts of all attempts, the first attempt first; None stands for an absence.

    By the local standard the best one, or the last. Of the last, an absence takes nothing away: who passed and did not
    come to another attempt has passed.
    """
    there = [one for one in scores if one is not None]
    if not there:
        return None
    return max(there) if best else there[-1]
