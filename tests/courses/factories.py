"""Rows of `courses` for tests, made by the actions that the site uses."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from courses.actions import assessments, attendance, cohorts, courses, enrolments, outcomes, skills, trainers
from courses.actions import sessions as timetable
from courses.models import Cohort, Course, Enrolment, Session, Skill, Trainer
from courses.rules.sessions import NewSession
from registry.models import Person, TrainingBase
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_person

STARTS_ON = TODAY - timedelta(days=20)
ENDS_ON = TODAY + timedelta(days=10)
LIFE = ["draft", "submitted", "approved", "enrolling", "running", "assessing", "completed", "closed"]


def a_skill(code: str = "livestreaming") -> Skill:
    """A seeded skill by its code; loads the seed when it is not there yet."""
    if not Skill.objects.filter(code=code).exists():
        skills.load()
    return Skill.objects.get(code=code)


def a_course(base: TrainingBase | None = None, *, skill: str = "livestreaming", **fields: Any) -> Course:
    """A course of 20 课时 (8 theory, 12 practice): small, so that five sessions fill it."""
    base = base or a_base()
    number = Course.objects.filter(base=base).count() + 1
    given = {"name": f"直播销售第{number}项", "theory_hours": 8, "practice_hours": 12} | fields
    return courses.create(by=SYSTEM, on=STARTS_ON, base=base, skill=a_skill(skill), **given)


def a_cohort(
    base: TrainingBase | None = None, *, course: Course | None = None, state: str = "draft", **fields: Any
) -> Cohort:
    """A cohort in the state asked for, without trainees unless the state needs one (then it gets one)."""
    base = base or (course.base if course else a_base())
    number = Cohort.objects.filter(base=base).count() + 1
    given = {"name": f"2024年第{number}期", "starts_on": STARTS_ON, "ends_on": ENDS_ON} | fields
    cohort = cohorts.create(by=SYSTEM, on=STARTS_ON, base=base, course=course or a_course(base), **given)
    bring_to(cohort, state)
    return cohort


def bring_to(cohort: Cohort, state: str) -> Cohort:
    """Walk the cohort on through its life, one allowed move after the other."""
    if state in ("returned", "cancelled"):
        if state == "returned":
            cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state="submitted")
        return cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state=state, reason="日期需要调整")
    begun = "draft" if cohort.state == "returned" else cohort.state
    for step in LIFE[LIFE.index(begun) + 1 : LIFE.index(state) + 1]:
        if step == "running" and not cohort.enrolments.exists():
            enrolled(cohort)
        if step == "completed":
            outcomes.decide(by=SYSTEM, on=TODAY, cohort=cohort)
        cohorts.move_to(by=SYSTEM, on=TODAY, cohort=cohort, state=step)
    return cohort


def some_people(count: int, base: TrainingBase) -> list[Person]:
    """So many people not enrolled anywhere yet, known to the base."""
    first = Person.objects.count() + 1
    return [a_person(n, base=base, on=STARTS_ON) for n in range(first, first + count)]


def enrolled(cohort: Cohort, people: Sequence[Person] | int = 1) -> list[Enrolment]:
    """Enrol these people, or so many new ones; in a running cohort as late joiners."""
    if isinstance(people, int):
        people = some_people(people, base=cohort.base)
    return enrolments.enrol(by=SYSTEM, on=STARTS_ON, cohort=cohort, people=people, late_reason="补录")


def a_trainer(base: TrainingBase, **values: Any) -> Trainer:
    """A trainer of the base since long before any cohort of the tests."""
    number = Trainer.objects.filter(base=base).count() + 1
    given = {"name": f"教师{'甲乙丙丁戊己庚辛'[number % 8]}", "active_from": date(2020, 1, 1)} | values
    return trainers.register(by=SYSTEM, on=STARTS_ON, base=base, **given)


def sessions_of(cohort: Cohort, count: int = 5, hours: int = 4) -> list[Session]:
    """A timetable of so many days, from the first day on; five of four 课时 fill the course of `a_course`."""
    days = [NewSession(on=cohort.starts_on + timedelta(days=day), hours=hours) for day in range(count)]
    return timetable.add_sessions(by=SYSTEM, on=STARTS_ON, cohort=cohort, sessions=days)


def attended(
    cohort: Cohort, sessions: Sequence[Session], enrolled: Sequence[Enrolment], mark: str = "present"
) -> None:
    """Everybody at every session."""
    marks = {(session.pk, enrolment.pk): mark for session in sessions for enrolment in enrolled}
    attendance.record(by=SYSTEM, on=TODAY, cohort=cohort, marks=marks)


def scored(
    cohort: Cohort, enrolled: Sequence[Enrolment], score: Decimal | str = "85", on: date = TODAY
) -> None:
    """The same score for everybody."""
    scores = {enrolment.pk: Decimal(score) for enrolment in enrolled}
    assessments.record(by=SYSTEM, on=TODAY, cohort=cohort, scores=scores, assessed_on=on)


def a_completed_cohort(
    base: TrainingBase | None = None,
    *,
    people: Sequence[Person] | int = 1,
    course: Course | None = None,
    score: Decimal | str = "85",
) -> Cohort:
    """A completed cohort whose trainees were all there and all passed (or, with a lower score, all failed)."""
    cohort = a_cohort(base, course=course, state="enrolling")
    trainees = enrolled(cohort, people)
    sessions = sessions_of(cohort)
    bring_to(cohort, "running")
    attended(cohort, sessions, trainees)
    bring_to(cohort, "assessing")
    scored(cohort, trainees, score)
    return bring_to(cohort, "completed")
