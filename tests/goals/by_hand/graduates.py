"""Graduates of the period."""

from collections import Counter

from tests.goals.by_hand.days import A_DAY, in_work, months_later, need_on
from tests.goals.by_hand.lives import Life
from tests.goals.by_hand.span import Span


def graduates(life: Life, span: Span) -> Counter[str]:
    counts: Counter[str] = Counter()
    days = [row["graduated_on"] for row in life.graduations if span.holds(row["graduated_on"])]
    if not days:
        return counts
    graduated = max(days)
    counts["graduates"] = 1
    if any(row["opened_on"] <= span.until for row in life.plans):
        counts["graduates_filed"] = 1
    if any(span.holds(row["on"]) for row in life.services):
        counts["graduates_served"] = 1
    need = need_on(life, span.until)
    if need is not None and need["employment_need"]:
        counts["graduates_willing"] = 1
        worked = any(
            spell["started_on"] <= span.until and (spell["ended_on"] is None or spell["ended_on"] > graduated)
            for spell in life.spells
        )
        if worked or in_work(life, span.until):
            counts["graduates_placed"] = 1
    if need is not None and need["training_need"]:
        counts["graduates_in_need"] = 1
        if any(row["outcome"] == "completed" and row["outcome_on"] <= span.until for row in life.enrolments):
            counts["graduates_trained"] = 1
    lasting = [
        spell
        for spell in life.spells
        if spell["started_on"] >= graduated and months_later(spell["started_on"], 6) <= span.on
    ]
    if lasting:
        counts["graduates_tracked_due"] = 1
        first = sorted(lasting, key=lambda spell: (spell["started_on"], spell["id"]))[0]
        for row in life.follow_ups:
            asked = row["spell_id"] == first["id"] and row["months"] == 6
            if asked and row["done_on"] is not None and row["done_on"] <= span.on:
                counts["graduates_tracked"] = 1
    if not in_work(life, graduated + A_DAY):
        counts["graduates_guided_due"] = 1
        for row in life.services:
            if graduated <= row["on"] <= months_later(graduated, 12) and row["on"] <= span.on:
                counts["graduates_guided"] = 1
    return counts
