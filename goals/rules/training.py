"""What a person's training adds to a period: by the year in which a class starts (docs/indicators.md)."""

from collections import Counter
from collections.abc import Sequence

from courses.rules.rates import Completion, Rates, Terms, rates
from goals.rules.facts import Facts, Span, Training
from goals.rules.measures import RATES

ME = 0
"""The person that `rates` is asked about."""


def begun_in(facts: Facts, span: Span) -> list[Training]:
    return [one for one in facts.trainings if span.holds(one.starts_on)]


def counts(facts: Facts, span: Span, terms: Terms) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """What all of it adds, and what the part of each course category and base adds."""
    begun = begun_in(facts, span)
    if not begun:
        return {}, {}
    completions = [
        Completion(cell, ME, one.at_start, one.outcome_on)
        for one in begun
        if one.outcome_on is not None and is_completed(one, span)
        for cell in cells_of(one)
    ]
    answers = {job: found for job, (day, found) in facts.answers.items() if day <= span.on}
    total, groups = rates(completions, {ME: facts.jobs}, answers, terms, on=span.on)
    parts = {
        cell: _counts([one for one in begun if cell in cells_of(one)], span, groups.get(cell, Rates()))
        for cell in sorted({cell for one in begun for cell in cells_of(one)})
    }
    return _counts(begun, span, total), parts


def cells_of(one: Training) -> tuple[str, str]:
    return f"category:{one.category}", f"base:{one.base}"


def is_completed(one: Training, span: Span) -> bool:
    return one.is_completed and one.outcome_on is not None and one.outcome_on <= span.on


def of_family(facts: Facts, span: Span) -> dict[str, int]:
    """The training of household members, which plans count apart (docs/domain.md §2.1 C07)."""
    completed = sum(is_completed(one, span) for one in begun_in(facts, span))
    return {"family_trained": int(completed > 0), "family_completed": completed}


def external(facts: Facts, span: Span) -> dict[str, int]:
    """Certificates of others that prove a skill, by family."""
    found = Counter(
        proof.family
        for proof in facts.proofs
        if proof.family and proof.holds(span.on) and span.holds(proof.issued_on)
    )
    return {f"external_{family}": count for family, count in found.items()}


def _counts(begun: Sequence[Training], span: Span, of: Rates) -> dict[str, int]:
    completed = [one for one in begun if is_completed(one, span)]
    return {
        "enrolled": sum(not one.is_cancelled for one in begun),
        "completed": len(completed),
        "trained": int(bool(completed)),
        "certified": sum(
            one.certified_since is not None and one.certified_since <= span.on for one in completed
        ),
        **{name: getattr(of, name) for name in RATES},
    }
