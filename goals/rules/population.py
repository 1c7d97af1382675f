"""Who belongs to the population of the two-skills goal, and since when.

Tianshui's plan (天政办发〔2022〕78号) speaks of 有培训需求和就业条件的就业年龄段未就业残疾人: four conditions
that must hold on one day. The population is fixed for the period of the plans: whoever met them on its first
day, or later on the day on which they first did, stays to its end. Finding a job therefore never lowers the
rate (docs/domain.md §2.5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.rules.citizen_ids import WORKING_AGE, AgeBand, Sex, in_working_age


@dataclass(frozen=True, slots=True)
class Need:
    """A need registration: counts from its day until the next one."""

    on: date
    training_need: bool
    employable: bool


@dataclass(frozen=True, slots=True)
class Status:
    """Employed or not, from a day until the next status."""

    since: date
    employed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What is recorded of one disabled person; `needs` and `statuses` in the order of their days."""

    sex: Sex
    birth_date: date
    needs: Sequence[Need]
    statuses: Sequence[Status]


def joined_on(
    standing: Standing, first: date, last: date, bands: Mapping[Sex, AgeBand] = WORKING_AGE
) -> date | None:
    """The first day from `first` to `last` on which all four conditions hold, or None.

    Nothing recorded is not a yes: without a need registration or an employment status a person is not
    counted.
    """
    changes = {first, birthday(standing.birth_date, bands[standing.sex].lowest)}
    changes |= {need.on for need in standing.needs} | {status.since for status in standing.statuses}
    days = (day for day in changes if first <= day <= last)
    return min((day for day in days if qualifies(standing, day, bands)), default=None)


def qualifies(standing: Standing, on: date, bands: Mapping[Sex, AgeBand] = WORKING_AGE) -> bool:
    """Whether all four conditions hold on the day: need, fitness for work, working age, no employment."""
    need = next((need for need in reversed(standing.needs) if need.on <= on), None)
    status = next((status for status in reversed(standing.statuses) if status.since <= on), None)
    if need is None or status is None:
        return False
    of_age = in_working_age(standing.sex, standing.birth_date, on, bands)
    return need.training_need and need.employable and not status.employed and of_age


def birthday(birth_date: date, years: int) -> date:
    """The day on which a person reaches an age; 29 February counts as 1 March
    (registry.rules.citizen_ids.age).
    """
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 2, 28) + timedelta(days=1)
