"""How well the records are kept."""

from collections import Counter

from tests.goals.by_hand.lives import Life
from tests.goals.by_hand.span import Span
from tests.goals.by_hand.training import begun
from tests.goals.by_hand.work import started


def quality(life: Life, span: Span) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in begun(life, span):
        if row["outcome"] != "pending" and row["outcome_on"] <= span.on:
            counts["outcomes"] += 1
            if (row["outcome_on"] - row["cohort__ends_on"]).days > 30:
                counts["outcomes_late"] += 1
    for spell in started(life, span):
        counts["jobs"] += 1
        if (spell["recorded_on"] - spell["started_on"]).days > 30:
            counts["jobs_late"] += 1
        if spell["shown"]:
            counts["jobs_shown"] += 1
    for row in life.externals:
        if span.holds(row["issued_on"]) and not row["cancelled_on"]:
            counts["externals"] += 1
            if row["verified_on"] is not None and row["verified_on"] <= span.on:
                counts["externals_verified"] += 1
    return counts


def is_complete(life: Life) -> bool:
    own = life.person
    described = own["phone"] and own["education"] and own["ethnicity"] and own["residence"]
    return bool(described and life.cards and life.needs and life.statuses)
