"""Graduates of a period: filed, served, placed, trained, followed (docs/indicators.md; docs/domain.md §2.2 T16 to T18)."""

from datetime import timedelta

from courses.rules.employment import add_months
from goals.rules.facts import Facts, Span, in_work, need_on

A_DAY = timedelta(days=1)

TRACKED_MONTHS = 6
"""半年期稳岗留岗动态跟踪 of employed graduates (T16)."""

GUIDED_MONTHS = 12
"""一年期“不断线”就业指导 of graduates without work (T17)."""


def counts(facts: Facts, span: Span) -> dict[str, int]:
    graduated = max((day for day in facts.graduated_on if span.holds(day)), default=None)
    if graduated is None:
        return {}
    need = need_on(facts.needs, span.until)
    willing = need is not None and need.employment_need
    in_need = need is not None and need.training_need
    since = [job for job in facts.jobs if job.started_on >= graduated]
    placed = in_work(facts.statuses, facts.jobs, span.until) or any(
        job.started_on <= span.until and (job.ended_on is None or job.ended_on > graduated)
        for job in facts.jobs
    )
    first = min(since, key=lambda job: (job.started_on, job.pk), default=None)
    tracked_due = first is not None and add_months(first.started_on, TRACKED_MONTHS) <= span.on
    tracked = first is not None and first.six_months_on is not None and first.six_months_on <= span.on
    guided_due = not in_work(facts.statuses, facts.jobs, graduated + A_DAY)
    guided_until = min(add_months(graduated, GUIDED_MONTHS), span.on)
    guided = guided_due and any(graduated <= day <= guided_until for _kind, day in facts.services)
    trained = any(
        one.is_completed and one.outcome_on is not None and one.outcome_on <= span.until
        for one in facts.trainings
    )
    return {
        "graduates": 1,
        "graduates_filed": int(any(day <= span.until for day in facts.planned_on)),
        "graduates_served": int(any(span.holds(day) for _kind, day in facts.services)),
        "graduates_willing": int(willing),
        "graduates_placed": int(willing and placed),
        "graduates_in_need": int(in_need),
        "graduates_trained": int(in_need and trained),
        "graduates_tracked_due": int(tracked_due),
        "graduates_tracked": int(tracked_due and tracked),
        "graduates_guided_due": int(guided_due),
        "graduates_guided": int(guided),
    }
