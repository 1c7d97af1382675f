"""Review flags (疑点): signs of the frauds that audits met, worked out from the records of one cohort.

A flag is a question for a person, never a refusal: each of these can be innocent (docs/domain.md §5.5, docs/flags.md).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

FEW = 5
"""Under so many trainees, sessions or classes, sameness shows nothing."""
LATE_RECORD = timedelta(days=7)
"""Attendance written later than this after the session was not kept as it was held."""
CLASSES_A_YEAR = 3
"""The third class of one person in a year is asked about: two or three a year were met as fraud."""
PEOPLE_A_PHONE = 3
"""A couple may share a phone; three trainees of a class hardly do."""


class Check(StrEnum):
    """What is looked for; the value is stored, so it never changes."""

    OUT_OF_WORKING_AGE = "out_of_working_age"
    STUDENT_AT_START = "student_at_start"
    EMPLOYED_AT_START = "employed_at_start"
    TWO_COHORTS_AT_ONCE = "two_cohorts_at_once"
    MANY_COHORTS_A_YEAR = "many_cohorts_a_year"
    CERTIFICATE_TOO_EARLY = "certificate_too_early"
    TRAINER_TWICE = "trainer_twice"
    ROOM_TWICE = "room_twice"
    LONG_DAYS = "long_days"
    HOURS_CUT = "hours_cut"
    NOBODY_EVER_MISSED = "nobody_ever_missed"
    RECORDED_LATE = "recorded_late"
    ALL_SCORES_EQUAL = "all_scores_equal"
    SHARED_PHONE = "shared_phone"
    ONE_EMPLOYER_NO_CONTRACT = "one_employer_no_contract"
    EVERYBODY_ALWAYS_PASSES = "everybody_always_passes"
    ALWAYS_FULLY_SATISFIED = "always_fully_satisfied"
    NOT_ACCREDITED_AT_START = "not_accredited_at_start"
    USCC_INVALID = "uscc_invalid"
    CHARGED = "charged"


OF_TRAINEES = frozenset(
    {
        Check.OUT_OF_WORKING_AGE,
        Check.STUDENT_AT_START,
        Check.EMPLOYED_AT_START,
        Check.TWO_COHORTS_AT_ONCE,
        Check.MANY_COHORTS_A_YEAR,
        Check.CERTIFICATE_TOO_EARLY,
    }
)
"""Checks that ask about one trainee; the others ask about the cohort."""

OF_LATEST = frozenset({Check.EVERYBODY_ALWAYS_PASSES, Check.ALWAYS_FULLY_SATISFIED})
"""Checks that compare the classes of a base, and are asked about its latest one."""


@dataclass(frozen=True)
class Sign:
    """One thing found: the check, the enrolment it is about (none: the cohort), and what shows it.

    `evidence` holds counts, dates and public ids; never a name or a number of a person.
    """

    check: Check
    enrolment: int | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TraineeFacts:
    """One trainee: what was so on the first day as it is known now, and what the records say.

    `said_unemployed`: the roster did not say that they work. `earlier`: (public id, start, end) of their cohorts that
    began before this one; `nth_this_year`: which of their cohorts of the year this one is. `employer`: of the job that
    followed, "" where nobody employs them.
    """

    enrolment: int
    age: int = 30
    in_working_age: bool = True
    is_student: bool = False
    employed: bool = False
    said_unemployed: bool = True
    phone: str = ""
    score: Decimal | None = None
    earlier: Sequence[tuple[str, date, date]] = ()
    nth_this_year: int = 1
    placed: bool = False
    employer: str = ""
    has_contract: bool = False
    certified_on: date | None = None


@dataclass(frozen=True)
class SessionFacts:
    """One session: by which day half of its attendance was written (none: not written, or not known when), whether
    everybody was there in time, and the public ids of other cohorts with its trainer or its room at the same time."""

    on: date
    hours: int
    is_make_up: bool = False
    is_recorded: bool = False
    recorded_on: date | None = None
    all_there: bool = False
    trainer_clashes: Sequence[str] = ()
    room_clashes: Sequence[str] = ()


@dataclass(frozen=True)
class CohortFacts:
    """A cohort as its records stand; hours in 课时, `charge` in 元.

    `uscc_wrong`: whose unified social credit code cannot be right ("base", "employer"). `passed_lately`: of the base's
    latest classes up to this one, if this one is the latest, (trainees judged, of these passed); `satisfied_lately`:
    their satisfaction in per cent.
    """

    starts_on: date
    ends_on: date
    is_over: bool = False
    for_the_unemployed: bool = True
    any_age: bool = False
    course_hours: int = 0
    hours_per_day: int = 8
    is_accredited: bool = True
    uscc_wrong: Sequence[str] = ()
    charge: Decimal = Decimal(0)
    trainees: Sequence[TraineeFacts] = ()
    sessions: Sequence[SessionFacts] = ()
    passed_lately: Sequence[tuple[int, int]] = ()
    satisfied_lately: Sequence[Decimal] = ()


def signs(cohort: CohortFacts) -> Iterator[Sign]:
    """Every sign in the cohort's records; at most one for each check and enrolment."""
    for trainee in cohort.trainees:
        yield from _of_trainee(trainee, cohort)
    yield from _of_timetable(cohort)
    yield from _of_attendance(cohort)
    yield from _of_results(cohort)
    yield from _of_base(cohort)


def _of_trainee(trainee: TraineeFacts, cohort: CohortFacts) -> Iterator[Sign]:
    here, start = trainee.enrolment, cohort.starts_on.isoformat()
    if not cohort.any_age and not trainee.in_working_age:
        yield Sign(Check.OUT_OF_WORKING_AGE, here, {"age": trainee.age, "starts_on": start})
    if trainee.is_student:
        yield Sign(Check.STUDENT_AT_START, here, {"starts_on": start})
    if cohort.for_the_unemployed and trainee.employed and trainee.said_unemployed:
        yield Sign(Check.EMPLOYED_AT_START, here, {"starts_on": start})
    at_once = sorted(code for code, first, last in trainee.earlier if _meet(cohort, first, last))
    if at_once:
        yield Sign(Check.TWO_COHORTS_AT_ONCE, here, {"cohorts": at_once})
    if trainee.nth_this_year >= CLASSES_A_YEAR:
        evidence = {"count": trainee.nth_this_year, "year": cohort.starts_on.year}
        yield Sign(Check.MANY_COHORTS_A_YEAR, here, evidence)
    last = max((session.on for session in cohort.sessions), default=cohort.ends_on)
    if trainee.certified_on is not None and trainee.certified_on < last:
        dates = {"issued_on": trainee.certified_on.isoformat(), "last_session": last.isoformat()}
        yield Sign(Check.CERTIFICATE_TOO_EARLY, here, dates)


def _meet(cohort: CohortFacts, first: date, last: date) -> bool:
    """Whether a class from the first to the last day shares a day with the cohort."""
    return first <= cohort.ends_on and last >= cohort.starts_on


def _of_timetable(cohort: CohortFacts) -> Iterator[Sign]:
    for check, name in ((Check.TRAINER_TWICE, "trainer_clashes"), (Check.ROOM_TWICE, "room_clashes")):
        clashing = [session for session in cohort.sessions if getattr(session, name)]
        if clashing:
            cohorts = {code for session in clashing for code in getattr(session, name)}
            yield Sign(check, None, {"days": _days(clashing), "cohorts": sorted(cohorts)})
    by_day: Counter[date] = Counter()
    for session in cohort.sessions:
        by_day[session.on] += session.hours
    long = sorted(day.isoformat() for day, hours in by_day.items() if hours > cohort.hours_per_day)
    if long:
        limits = {"most": max(by_day.values()), "limit": cohort.hours_per_day}
        yield Sign(Check.LONG_DAYS, None, {"days": long, **limits})


def _of_attendance(cohort: CohortFacts) -> Iterator[Sign]:
    recorded = [session for session in cohort.sessions if session.is_recorded]
    held = sum(session.hours for session in recorded if not session.is_make_up)
    if cohort.is_over and held < cohort.course_hours:
        yield Sign(Check.HOURS_CUT, None, {"held": held, "planned": cohort.course_hours})
    enough = len(cohort.trainees) >= FEW and len(recorded) >= FEW
    if enough and all(session.all_there for session in recorded):
        evidence = {"sessions": _at_least(len(recorded)), "trainees": len(cohort.trainees)}
        yield Sign(Check.NOBODY_EVER_MISSED, None, evidence)
    late = [s for s in recorded if s.recorded_on is not None and s.recorded_on - s.on > LATE_RECORD]
    if late:
        yield Sign(Check.RECORDED_LATE, None, {"days": _days(late), "limit": LATE_RECORD.days})


def _at_least(count: int) -> int:
    """5, 10, 20, 40 …: a count that grows day by day is other evidence only when it has doubled."""
    reached = FEW
    while reached * 2 <= count:
        reached *= 2
    return reached


def _days(sessions: Sequence[SessionFacts]) -> list[str]:
    return sorted({session.on.isoformat() for session in sessions})


def _of_results(cohort: CohortFacts) -> Iterator[Sign]:
    scores = [trainee.score for trainee in cohort.trainees if trainee.score is not None]
    if len(scores) >= FEW and len(set(scores)) == 1:
        yield Sign(Check.ALL_SCORES_EQUAL, None, {"trainees": len(scores), "score": f"{scores[0]:f}"})
    phones = Counter(trainee.phone for trainee in cohort.trainees if trainee.phone)
    shared = sorted((count for count in phones.values() if count >= PEOPLE_A_PHONE), reverse=True)
    if shared:
        yield Sign(Check.SHARED_PHONE, None, {"trainees": sum(shared), "phones": len(shared)})
    placed = [trainee for trainee in cohort.trainees if trainee.placed]
    at_one = len({trainee.employer for trainee in placed}) == 1 and all(one.employer for one in placed)
    if len(placed) >= FEW and at_one and not any(trainee.has_contract for trainee in placed):
        yield Sign(Check.ONE_EMPLOYER_NO_CONTRACT, None, {"trainees": len(placed)})


def _of_base(cohort: CohortFacts) -> Iterator[Sign]:
    judged = [(trainees, passed) for trainees, passed in cohort.passed_lately if trainees > 0]
    if len(judged) >= FEW and all(passed == trainees for trainees, passed in judged):
        counts = {"cohorts": len(judged), "trainees": sum(trainees for trainees, _passed in judged)}
        yield Sign(Check.EVERYBODY_ALWAYS_PASSES, None, counts)
    satisfied = cohort.satisfied_lately
    if len(satisfied) >= FEW and all(share >= 100 for share in satisfied):
        yield Sign(Check.ALWAYS_FULLY_SATISFIED, None, {"cohorts": len(satisfied)})
    if not cohort.is_accredited:
        yield Sign(Check.NOT_ACCREDITED_AT_START, None, {"starts_on": cohort.starts_on.isoformat()})
    if cohort.uscc_wrong:
        yield Sign(Check.USCC_INVALID, None, {"whose": sorted(set(cohort.uscc_wrong))})
    if cohort.charge > 0:
        yield Sign(Check.CHARGED, None, {"amount": f"{cohort.charge:.2f}"})
