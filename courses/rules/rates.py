"""就业转化率 and 稳定率: who found work after a training, and who still had it months later (docs/domain.md §6).

Neither the plans nor anything else defines them; these are ours. Persons are counted, each once in a figure:

- closed: completed a cohort, were not employed at its start, and the window of so many days has passed;
- converted: of those, whom a job employed on some day after the completion, that began before the window's end;
- waiting: the window of a completion is still open. They are in no rate, whether they have work or not;
- unknown_start: nothing was recorded of their employment at the start. They are in no rate either;
- retained, left, unknown, early: of the converted, by their first such job, so many months after it began: still
  employed, no longer, nobody knows, not yet so long ago. The rate is retained of retained and left.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from courses.rules.employment import add_months, covers

Group = Hashable


@dataclass(frozen=True, slots=True)
class Completion:
    """A training that a person completed: what is counted together, and "employed", "unemployed" or "" at its start."""

    group: Group
    person: int
    at_start: str
    on: date


@dataclass(frozen=True, slots=True)
class Job:
    """A spell; `pk` tells two that began on one day apart."""

    pk: int
    started_on: date
    ended_on: date | None
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What local standards say: the window in days, the months after which work counts as lasting."""

    window_days: int
    months: int


@dataclass(frozen=True, slots=True)
class Rates:
    """Persons of one group, or of all."""

    closed: int = 0
    converted: int = 0
    waiting: int = 0
    unknown_start: int = 0
    retained: int = 0
    left: int = 0
    unknown: int = 0
    early: int = 0

    @property
    def known(self) -> int:
        """Whose retention is known: what the retention rate is of."""
        return self.retained + self.left

    @property
    def looked_at(self) -> int:
        """Whose months are over, known or not: what the share of the unknown is of."""
        return self.known + self.unknown


def rates(
    completions: Iterable[Completion],
    jobs: Mapping[int, Iterable[Job]],
    answers: Mapping[int, bool],
    terms: Terms,
    *,
    on: date,
) -> tuple[Rates, dict[Group, Rates]]:
    """The figures of everybody and of each group, on the day.

    `jobs` by person, `answers`: what the follow-up of a job after `terms.months` found, by the job.
    """
    everybody = _Count()
    groups: dict[Group, _Count] = defaultdict(_Count)
    last_closed = on - timedelta(days=terms.window_days)
    for one in completions:
        counts = (everybody, groups[one.group])
        if one.at_start == "employed":
            continue
        if not one.at_start:
            for count in counts:
                count.unknown_start.add(one.person)
        elif one.on > last_closed:
            for count in counts:
                count.waiting.add(one.person)
        else:
            first = first_job(one, jobs.get(one.person, ()), terms)
            for count in counts:
                count.closed.add(one.person)
                if first is not None:
                    count.take(one.person, first)
    # The same job may be a person's first in several groups.
    judged: dict[int, str] = {}
    for person, job in {pair for count in (everybody, *groups.values()) for pair in count.first.items()}:
        judged[job.pk] = retention(job, jobs[person], answers.get(job.pk), terms, on=on)
    return everybody.rates(judged), {group: count.rates(judged) for group, count in groups.items()}


def first_job(one: Completion, jobs: Iterable[Job], terms: Terms) -> Job | None:
    """The first job that employed the person on some day after the completion and began before the window's end."""
    until = one.on + timedelta(days=terms.window_days)
    found = [
        job for job in jobs if job.started_on <= until and (job.ended_on is None or job.ended_on > one.on)
    ]
    return min(found, key=_order, default=None)


def retention(job: Job, jobs: Iterable[Job], answer: bool | None, terms: Terms, *, on: date) -> str:
    """What is known of the person so many months after the job began.

    The follow-up's answer decides. Without one, a job that was over by then decides: was there another on that day?
    """
    day = add_months(job.started_on, terms.months)
    if day > on:
        return "early"
    if answer is not None:
        return "retained" if answer else "left"
    if job.ended_on is not None and job.ended_on <= day:
        return "retained" if any(covers(other, day) for other in jobs) else "left"
    return "unknown"


def _order(job: Job) -> tuple[date, int]:
    return job.started_on, job.pk


class _Count:
    """The people of one group; `first` is each converted person's first job."""

    def __init__(self) -> None:
        self.closed: set[int] = set()
        self.waiting: set[int] = set()
        self.unknown_start: set[int] = set()
        self.first: dict[int, Job] = {}

    def take(self, person: int, job: Job) -> None:
        held = self.first.get(person)
        if held is None or _order(job) < _order(held):
            self.first[person] = job

    def rates(self, judged: Mapping[int, str]) -> Rates:
        after = [judged[job.pk] for job in self.first.values()]
        return Rates(
            closed=len(self.closed),
            converted=len(self.first),
            waiting=len(self.waiting),
            unknown_start=len(self.unknown_start),
            **{kind: after.count(kind) for kind in ("retained", "left", "unknown", "early")},
        )
