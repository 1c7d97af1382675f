"""What one person adds to the figures of one period, all together (docs/indicators.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from courses.rules.rates import Terms
from goals.rules import due, employment, graduates, population, quality, training
from goals.rules.facts import Facts, Proof, Span, card_on
from registry.rules.citizen_ids import age

AGES = ((15, "0-15"), (24, "16-24"), (34, "25-34"), (44, "35-44"), (54, "45-54"), (59, "55-59"))
OLDER = "60+"


@dataclass(frozen=True, slots=True)
class Counted:
    """The row of a person in a period."""

    counts: Mapping[str, int]
    joined_on: date | None = None
    skills: int = 0
    cells: tuple[str, ...] = ()
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def counted(facts: Facts, span: Span, terms: Terms) -> Counted | None:
    """What the person adds; None where that is nothing."""
    if span.on < span.first:
        return None
    if not facts.is_disabled:
        return _of_others(facts, span)
    joined = population.joined_on(facts, span)
    held = [proof for proof in facts.proofs if proof.holds(span.on)]
    skills = len({proof.skill for proof in held})
    trained, parts = training.counts(facts, span, terms)
    counts = _some(
        population.counts(facts, span, joined=joined, skills=skills)
        | trained
        | training.external(facts, span)
        | employment.counts(facts, span)
        | {"rural_base_placed": employment.rural_base_placed(facts, span)}
        | due.counts(facts, span)
        | graduates.counts(facts, span)
        | quality.counts(facts, span)
    )
    if not counts:
        return None
    if joined:
        for cell in {cell for proof in held for cell in _cells_of(proof)}:
            goal = {"members": 1, "one": int(skills == 1), "two": int(skills >= population.GOAL)}
            parts[cell] = parts.get(cell, {}) | goal
    counts |= _some({"people": 1, "people_complete": int(quality.is_complete(facts))})
    kept = {cell: _some(part) for cell, part in sorted(parts.items())}
    return Counted(
        counts, joined, skills, tuple(cells(facts, span)), {cell: part for cell, part in kept.items() if part}
    )


def cells(facts: Facts, span: Span) -> Iterator[str]:
    """Under what a person is counted besides, for breakdowns."""
    yield f"sex:{facts.sex}"
    years = age(facts.birth_date, span.first)
    yield "age:" + next((band for highest, band in AGES if years <= highest), OLDER)
    yield f"residence:{facts.residence or 'unknown'}"
    card = card_on(facts.cards, span.until)
    yield f"disability:{card.category if card else 'none'}"
    yield f"grade:{card.grade if card else 'none'}"
    classes = sorted({one.kind for one in facts.hardships if one.in_(span)})
    yield from (f"hardship:{kind}" for kind in classes or ["none"])


def _cells_of(proof: Proof) -> Iterator[str]:
    yield f"category:{proof.category}"
    if proof.base is not None:
        yield f"base:{proof.base}"


def _of_others(facts: Facts, span: Span) -> Counted | None:
    """Of people without a 残疾人证 only what plans count of household members."""
    if not facts.is_household_member:
        return None
    counts = _some(
        training.of_family(facts, span) | {"rural_base_placed": employment.rural_base_placed(facts, span)}
    )
    return Counted(counts, cells=tuple(cells(facts, span))) if counts else None


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    """Without what is 0; in one order, so that equal counts are equal rows."""
    return {name: count for name, count in sorted(counts.items()) if count}
