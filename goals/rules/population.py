"""Who belongs to the population of the two-skills goal, and since when.

Tianshui's plan (天政办发〔2022〕78号) speaks of 有培训需求和就业条件的就业年龄段未就业残疾人: four conditions
that must hold on one day. The population is fixed for the period of the plans: whoever met them on its first
day, or later on the day on which they first did, stays to its end. Finding a job therefore never lowers the
rate (docs/domain.md §2.5). Measures: docs/indicators.md.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from goals.rules.facts import Facts, Span, employed_on, need_on
from registry.rules.citizen_ids import WORKING_AGE, AgeBand, Sex, in_working_age

Bands = Mapping[Sex, AgeBand]
GOAL = 2
"""Skills that everybody in need is to have: “至少掌握2门以上” (docs/domain.md §2.5)."""


def joined_on(facts: Facts, span: Span, bands: Bands = WORKING_AGE) -> date | None:
    """The first day of the span on which all four conditions hold, or None.

    Nothing recorded is not a yes: without a need registration or an employment status a person is not
    counted.
    """
    return first_day(facts, span, lambda day: qualifies(facts, day, bands), bands)


def first_day(
    facts: Facts, span: Span, holds: Callable[[date], bool], bands: Bands = WORKING_AGE
) -> date | None:
    """The first day of the span on which something holds that begins only with a need, a status or working age."""
    first, until = span.first, span.until
    if first <= until and holds(first):
        return first
    changes = {birthday(facts.birth_date, bands[facts.sex].lowest)}
    changes.update(need.on for need in facts.needs)
    changes.update(status.since for status in facts.statuses)
    return next((day for day in sorted(changes) if first < day <= until and holds(day)), None)


def qualifies(facts: Facts, on: date, bands: Bands = WORKING_AGE) -> bool:
    """Whether all four conditions hold on the day: need, fitness for work, working age, no employment."""
    need = need_on(facts.needs, on)
    if need is None or not (need.training_need and need.employable):
        return False
    return is_unemployed(facts, on, bands)


def is_unemployed(facts: Facts, on: date, bands: Bands = WORKING_AGE) -> bool:
    """Whether of working age and recorded as not employed on the day."""
    of_age = in_working_age(facts.sex, facts.birth_date, on, bands)
    return of_age and employed_on(facts.statuses, on) is False


def birthday(birth_date: date, years: int) -> date:
    """The day on which a person reaches an age; 29 February counts as 1 March
    (registry.rules.citizen_ids.age).
    """
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 2, 28) + timedelta(days=1)


def counts(facts: Facts, span: Span, *, joined: date | None, skills: int) -> dict[str, int]:
    """`members` to `two_now`."""
    is_member = joined is not None
    is_member_now = qualifies(facts, span.until)
    return {
        "members": int(is_member),
        "one": int(is_member and skills == 1),
        "two": int(is_member and skills >= GOAL),
        "two_employed": int(is_member and skills >= GOAL and employed_on(facts.statuses, span.until) is True),
        "members_now": int(is_member_now),
        "two_now": int(is_member_now and skills >= GOAL),
    }
