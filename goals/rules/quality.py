"""及时, 真实, 完整 of what is recorded of a person in a period (docs/domain.md §2.2 T34; docs/indicators.md)."""

from datetime import date, timedelta

from goals.rules.facts import Facts, Span
from goals.rules.training import begun_in

LATE = timedelta(days=30)
"""Whatever is recorded longer than this after it happened is late [reading]."""


def counts(facts: Facts, span: Span) -> dict[str, int]:
    decided = [
        one for one in begun_in(facts, span) if one.outcome_on is not None and one.outcome_on <= span.on
    ]
    begun = [job for job in facts.jobs if span.holds(job.started_on)]
    issued = [one for one in facts.externals if span.holds(one.issued_on)]
    return {
        "outcomes": len(decided),
        "outcomes_late": sum(is_late(one.ends_on, one.outcome_on) for one in decided),
        "jobs": len(begun),
        "jobs_late": sum(is_late(job.started_on, job.recorded_on) for job in begun),
        "jobs_shown": sum(job.is_shown for job in begun),
        "externals": len(issued),
        "externals_verified": sum(
            one.verified_on is not None and one.verified_on <= span.on for one in issued
        ),
    }


def is_late(happened: date, recorded: date | None) -> bool:
    return recorded is not None and recorded - happened > LATE


def is_complete(facts: Facts) -> bool:
    """Whether everything is recorded that the figures and their breakdowns rest on."""
    return bool(facts.is_described and facts.residence and facts.cards and facts.needs and facts.statuses)
