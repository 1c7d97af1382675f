"""Training, and what became of those who completed it."""

from collections import Counter
from datetime import timedelta

from tests.goals.by_hand.days import months_later, works_on
from tests.goals.by_hand.goal import in_force, proves
from tests.goals.by_hand.lives import Life, Row
from tests.goals.by_hand.span import Span


def begun(life: Life, span: Span) -> list[Row]:
    """Enrolments in cohorts that started from first to until."""
    return [row for row in life.enrolments if span.holds(row["cohort__starts_on"])]


def is_completed(row: Row, span: Span) -> bool:
    return row["outcome"] == "completed" and row["outcome_on"] <= span.on


def training(life: Life, span: Span) -> Counter[str]:
    return counted(life, begun(life, span), span)


def parts(life: Life, span: Span) -> dict[str, Counter[str]]:
    """The same of the enrolments of one category, or at one base."""
    found: dict[str, list[Row]] = {}
    for row in begun(life, span):
        for name in (
            f"category:{row['cohort__course__skill__category__code']}",
            f"base:{row['cohort__base_id']}",
        ):
            found.setdefault(name, []).append(row)
    return {name: counted(life, rows, span) for name, rows in found.items()}


def counted(life: Life, rows: list[Row], span: Span) -> Counter[str]:
    counts: Counter[str] = Counter()
    completed = []
    for row in rows:
        if row["cohort__state"] != "cancelled":
            counts["enrolled"] += 1
        if is_completed(row, span):
            completed.append(row)
            counts["completed"] += 1
            counts["trained"] = 1
            if any(one["enrolment_id"] == row["id"] and in_force(one, span.on) for one in life.certificates):
                counts["certified"] += 1
    return counts + after(life, completed, span)


def after(life: Life, completed: list[Row], span: Span) -> Counter[str]:
    """docs/domain.md §6: conversion within the window, retention after the months, each person once."""
    counts: Counter[str] = Counter()
    window = timedelta(days=span.window_days)
    begun = [spell for spell in life.spells if spell["started_on"] <= span.on]
    jobs = []
    for row in completed:
        if row["employment"] == "employed":
            continue
        if row["employment"] == "":
            counts["unknown_start"] = 1
        elif row["outcome_on"] + window > span.on:
            counts["waiting"] = 1
        else:
            counts["closed"] = 1
            for spell in begun:
                over = spell["ended_on"] is not None and spell["ended_on"] <= row["outcome_on"]
                if not over and spell["started_on"] <= row["outcome_on"] + window:
                    jobs.append(spell)
    if jobs:
        first = sorted(jobs, key=lambda spell: (spell["started_on"], spell["id"]))[0]
        counts["converted"] = 1
        counts[kept(life, first, span)] = 1
    return counts


def kept(life: Life, job: Row, span: Span) -> str:
    """What is known of the person so many months after the job began."""
    day = months_later(job["started_on"], span.months)
    if day > span.on:
        return "early"
    for row in life.follow_ups:
        told = row["result"] in ("employed", "unemployed") and row["done_on"] <= span.on
        if row["spell_id"] == job["id"] and row["months"] == span.months and told:
            return "retained" if row["result"] == "employed" else "left"
    if job["ended_on"] is None or job["ended_on"] > day:
        return "unknown"
    return "retained" if works_on(life, day) else "left"


def family(life: Life, span: Span) -> Counter[str]:
    completed = [row for row in begun(life, span) if is_completed(row, span)]
    if not completed:
        return Counter()
    return Counter({"family_trained": 1, "family_completed": len(completed)})


def externals(life: Life, span: Span) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in life.externals:
        if proves(row, span.on) and span.holds(row["issued_on"]):
            counts[f"external_{row['family']}"] += 1
    return counts
