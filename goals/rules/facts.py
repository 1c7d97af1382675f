"""What is recorded of one person, as values: all that figures are counted from (docs/indicators.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from courses.rules.rates import Job
from registry.rules.citizen_ids import Sex


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day of a period, and the day of counting."""

    first: date
    last: date
    on: date
    # The last day that counts: the period's, or today while it runs. Before `first` nothing counts.
    until: date = field(init=False)

    def __post_init__(self) -> None:
        # Worked out once: it is asked some hundred times for each person.
        object.__setattr__(self, "until", min(self.last, self.on))

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.until


@dataclass(frozen=True, slots=True)
class Need:
    """A need registration: counts from its day until the next one."""

    on: date
    training_need: bool
    employable: bool
    employment_need: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Employed or not, from a day until the next status."""

    since: date
    employed: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A 残疾人证 as recorded on a day."""

    on: date
    category: str
    grade: int


@dataclass(frozen=True, slots=True)
class Hard:
    """A hardship class from a day to the day on which it was over, that day not included."""

    kind: str
    since: date
    ended_on: date | None

    def in_(self, span: Span) -> bool:
        return self.since <= span.until and (self.ended_on is None or self.ended_on > span.first)


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate of ours that is issued, or an external one that was verified; `base` of ours, `family` of others."""

    skill: int
    category: str
    issued_on: date
    base: int | None = None
    family: str = ""
    verified_on: date = date.min
    valid_until: date = date.max

    def holds(self, on: date) -> bool:
        """Whether it proves its skill on the day."""
        return max(self.issued_on, self.verified_on) <= on <= self.valid_until


@dataclass(frozen=True, slots=True)
class External:
    """An external certificate that was not cancelled."""

    issued_on: date
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Training:
    """An enrolment; `outcome_on` is empty while it is open. `at_start` is the employment at the enrolment."""

    category: str
    base: int
    starts_on: date
    ends_on: date
    is_cancelled: bool
    is_completed: bool
    outcome_on: date | None
    at_start: str
    # Since when a certificate of ours, which is issued now, certifies it.
    certified_since: date | None = None


@dataclass(frozen=True, slots=True)
class Work(Job):
    """A standing employment spell."""

    form: str = ""
    found_through: str = ""
    recorded_on: date = date.max
    is_shown: bool = False
    # When the follow-up after six months was done.
    six_months_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Another member of the household: what counts for a household with work, or for places for its members."""

    statuses: Sequence[Status] = ()
    jobs: Sequence[Work] = ()
    is_rural: bool = False
    cards: Sequence[Card] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """One person. Everything dated stands in the order of its days."""

    sex: Sex
    birth_date: date
    is_disabled: bool = True
    is_household_member: bool = False
    residence: str = ""
    # Whether phone, education, ethnicity are recorded; the rest of completeness follows from the facts.
    is_described: bool = False
    needs: Sequence[Need] = ()
    statuses: Sequence[Status] = ()
    cards: Sequence[Card] = ()
    hardships: Sequence[Hard] = ()
    proofs: Sequence[Proof] = ()
    externals: Sequence[External] = ()
    trainings: Sequence[Training] = ()
    jobs: Sequence[Work] = ()
    # What the follow-up after the nation's months of retention found, and when, by the job.
    answers: Mapping[int, tuple[date, bool]] = field(default_factory=dict)
    services: Sequence[tuple[str, date]] = ()
    assessed_on: Sequence[date] = ()
    graduated_on: Sequence[date] = ()
    planned_on: Sequence[date] = ()
    # Of a disabled person the members of the household, of a member the disabled person.
    relatives: Sequence[Relative] = ()


def need_on(needs: Sequence[Need], day: date) -> Need | None:
    """The registration that holds on a day."""
    return next((need for need in reversed(needs) if need.on <= day), None)


def card_on(cards: Sequence[Card], day: date) -> Card | None:
    """The latest 残疾人证 recorded by the day."""
    return next((card for card in reversed(cards) if card.on <= day), None)


def employed_on(statuses: Sequence[Status], day: date) -> bool | None:
    """Whether employed on a day; None where nothing was recorded by then."""
    return next((status.employed for status in reversed(statuses) if status.since <= day), None)


def works_on(jobs: Iterable[Job], day: date) -> bool:
    """Whether a job employs the person on a day."""
    return any(job.started_on <= day and (job.ended_on is None or job.ended_on > day) for job in jobs)


def in_work(statuses: Sequence[Status], jobs: Iterable[Job], day: date) -> bool:
    """Whether a job employs the person on a day, or they are recorded as employed."""
    return works_on(jobs, day) or employed_on(statuses, day) is True
