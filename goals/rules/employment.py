"""What a person's work adds to a period (docs/indicators.md)."""

from datetime import timedelta

from goals.rules.facts import Facts, Relative, Span, Work, card_on, in_work

TERMS_AT_MOST = 2
"""Terms in 公益性岗位 that one person may have (Jiangxi's plan, target JX-25)."""

SEVERE = (1, 2)
"""Grades of 重度残疾."""

A_DAY = timedelta(days=1)


def counts(facts: Facts, span: Span) -> dict[str, int]:
    begun = [job for job in facts.jobs if span.holds(job.started_on)]
    starts = {job.started_on for job in begun if is_new(facts, job)}
    terms = [job for job in facts.jobs if job.form == "public_welfare" and job.started_on <= span.until]
    return {
        "newly_employed": int(bool(starts)),
        "re_employed": max(len(starts) - 1, 0),
        **{f"placed_{form}": 1 for form in sorted({job.form for job in begun})},
        "public_welfare_terms_over": int(len(terms) > TERMS_AT_MOST),
    }


def is_new(facts: Facts, job: Work) -> bool:
    """新增就业: the day before, no job employed the person and nothing said that they were employed."""
    return not in_work(facts.statuses, facts.jobs, job.started_on - A_DAY)


def rural_base_placed(facts: Facts, span: Span) -> int:
    """Placed by a base: rural disabled people, and household members of rural severely disabled ones (T05)."""
    placed = any(job.found_through == "base" and span.holds(job.started_on) for job in facts.jobs)
    if facts.is_disabled:
        return int(placed and facts.residence == "rural")
    return int(placed and any(one.is_rural and _is_severe(one, span) for one in facts.relatives))


def _is_severe(one: Relative, span: Span) -> bool:
    card = card_on(one.cards, span.until)
    return card is not None and card.grade in SEVERE
