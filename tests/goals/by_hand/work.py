"""Work found."""

from collections import Counter

from tests.goals.by_hand.days import A_DAY, card_on, in_work
from tests.goals.by_hand.lives import Life, Row
from tests.goals.by_hand.span import Span


def started(life: Life, span: Span) -> list[Row]:
    """Spells that began from first to until."""
    return [spell for spell in life.spells if span.holds(spell["started_on"])]


def work(life: Life, span: Span) -> Counter[str]:
    counts: Counter[str] = Counter()
    starts = {spell["started_on"] for spell in started(life, span)}
    into_work = [day for day in starts if not in_work(life, day - A_DAY)]
    if into_work:
        counts["newly_employed"] = 1
        counts["re_employed"] = len(into_work) - 1
    for spell in started(life, span):
        counts[f"placed_{spell['form']}"] = 1
    welfare = [
        spell
        for spell in life.spells
        if spell["form"] == "public_welfare" and spell["started_on"] <= span.until
    ]
    if len(welfare) > 2:
        counts["public_welfare_terms_over"] = 1
    if life.person["residence"] == "rural" and through_base(life, span):
        counts["rural_base_placed"] = 1
    return counts


def through_base(life: Life, span: Span) -> bool:
    return any(spell["found_through"] == "base" for spell in started(life, span))


def of_family(life: Life, head: Life | None, span: Span) -> Counter[str]:
    """A household member counts for the rural base placements where the disabled person is rural, with grade 1 or 2."""
    if head is None or head.person["residence"] != "rural" or not through_base(life, span):
        return Counter()
    card = card_on(head, span.until)
    return Counter({"rural_base_placed": 1}) if card is not None and card["grade"] in (1, 2) else Counter()
