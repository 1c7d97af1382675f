"""Runs the demo's cohorts from filing to certificates; every roster is a real workbook."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from certificates.actions import certificates
from courses.actions import (
    assessments,
    attendance,
    cohorts,
    enrolments,
    filings,
    outcomes,
    rosters,
    trainers,
)
from courses.actions import sessions as timetable
from courses.actions.filings import NewLine
from courses.models import Cohort, Enrolment, Trainer
from courses.rules.sessions import NewSession
from courses.workbooks.writing import write_table
from goals.demo.citizens import invented_citizen
from goals.demo.names import invented_name
from goals.demo.organisations import FOUNDED_ON, Place
from registry.rules.access import Actor, Grant, Role

ROSTER_HEADERS = (
    *("序号", "姓名", "性别", "民族", "身份证号", "残疾人证号", "文化程度", "户口性质", "联系电话"),
    *("就业状况", "就业培训需求", "人员类别", "无障碍需求"),
)
COHORT_SIZE = (42, 58)
SPOTLESS = "天水市残疾人就业创业电商实训基地"
"""In this base's second cohort all were always there and did equally well, written down in one go."""
HURRIED = "甘谷县麻编工艺培训基地"
"""This base's second cohort was taught in five long days."""
RETURNING = 0.24
"""Share of a second cohort that already trained at the base: those who may reach two skills."""


def run_cohort(
    random: Random, place: Place, turn: int, taken: set[str], starts_on: date | None = None
) -> Cohort:
    """One cohort from filing to certificates."""
    course = place.courses[turn % len(place.courses)]
    if starts_on is None:
        starts_on = date(2022 + turn, 3, 1) + timedelta(days=random.randrange(0, 500 if turn else 280))
    ends_on = starts_on + timedelta(days=27)
    cohort = cohorts.create(
        by=place.manager,
        on=starts_on - timedelta(days=14),
        base=place.base,
        course=course,
        name=f"{starts_on.year}年{course.skill.name.removeprefix('盲人')}第{turn + 1}期",
        starts_on=starts_on,
        ends_on=ends_on,
        venue=place.base.address,
        planned_trainees=COHORT_SIZE[1],
    )
    _complete_filing(place, cohort, in_a_hurry=bool(turn) and place.plan.name == HURRIED)
    is_spotless = bool(turn) and place.plan.name == SPOTLESS
    approver = Actor(
        account_id=None,
        name="演示审核",
        grants=(Grant(role=Role.APPROVER, region_path=place.base.region.path),),
    )
    on = starts_on - timedelta(days=10)
    cohorts.move_to(by=place.manager, on=on, cohort=cohort, state="submitted")
    cohorts.move_to(by=approver, on=on, cohort=cohort, state="approved")
    cohorts.move_to(by=place.manager, on=on, cohort=cohort, state="enrolling")
    _load_roster(random, place, turn, cohort, on, taken)
    cohorts.move_to(by=place.manager, on=starts_on, cohort=cohort, state="running")
    _teach(random, place, cohort, is_spotless)
    if turn and random.random() < 0.12:
        return cohort  # still running: something to do in a first look
    cohorts.move_to(by=place.manager, on=ends_on, cohort=cohort, state="assessing")
    _examine(random, place, cohort, ends_on, is_spotless)
    outcomes.decide(by=place.manager, on=ends_on, cohort=cohort)
    cohorts.move_to(by=place.manager, on=ends_on, cohort=cohort, state="completed")
    if random.random() < 0.94:  # a few wait for somebody to press "issue"
        issued_on = ends_on + timedelta(days=7)
        certificates.issue_cohort(by=place.manager, on=issued_on, cohort=cohort, limit=500)
    return cohort


def _complete_filing(place: Place, cohort: Cohort, in_a_hurry: bool) -> None:
    """A timetable that makes up the course's hours, eight a day at most, who teaches, and what it costs."""
    hours = cohort.course.total_hours
    days = 5 if in_a_hurry else max(8, -(-hours // 8))
    a_day, pause = -(-hours // days), min(3, 27 // days)
    timetable.add_sessions(
        by=place.manager,
        on=cohort.starts_on,
        cohort=cohort,
        sessions=[
            NewSession(
                on=cohort.starts_on + timedelta(days=pause * number),
                part=1,
                kind="theory" if number < 2 else "practice",
                hours=min(a_day, hours - a_day * number),
                topic="",
            )
            for number in range(days)
        ],
    )
    held = Trainer.objects.filter(base=place.base).first()
    trainer = (
        held
        or trainers.register(
            by=place.manager,
            on=FOUNDED_ON,
            base=place.base,
            name=invented_name(Random(place.base.serial)),  # noqa: S311  # an invented trainer
            active_from=FOUNDED_ON,
            skills=[course.skill for course in place.courses],
            qualification="从教五年",
            access_skills=["oral_description", "screen_reader", "sign_language"][: 1 + place.base.serial % 3],
        )
    )
    trainers.assign(by=place.manager, on=cohort.starts_on, cohort=cohort, trainers=[trainer])
    amounts = {"teaching": 150 * hours, "materials": 4200, "board_and_lodging": 26000, "insurance": 1800}
    lines = [NewLine(item, Decimal(amount), "security_fund") for item, amount in amounts.items()]
    filings.set_budget(by=place.manager, on=cohort.starts_on, cohort=cohort, lines=lines)


def _load_roster(random: Random, place: Place, turn: int, cohort: Cohort, on: date, taken: set[str]) -> None:
    size = random.randrange(*COHORT_SIZE)
    returning = random.sample(place.met, min(len(place.met), int(size * RETURNING))) if turn else []
    fresh = [
        invented_citizen(random, county=place.plan.county, category=place.plan.category, taken=taken)
        for _ in range(size - len(returning))
    ]
    rows = [
        [
            str(number), person.name, person.sex, person.ethnicity, person.citizen_id, person.disability_number,
            person.education, person.residence, person.phone, person.employment, person.training_need,
            person.group, person.access_needs,
        ]
        for number, person in enumerate([*returning, *fresh], 1)
    ]  # fmt: skip
    data = write_table(ROSTER_HEADERS, rows)
    roster = rosters.upload(
        by=place.manager, on=on, cohort=cohort, file_name=f"{cohort.name}花名册.xlsx", data=data
    )
    rosters.load(by=place.manager, on=on, roster=roster)
    place.met += fresh


def _teach(random: Random, place: Place, cohort: Cohort, is_spotless: bool) -> None:
    """Most people come, some miss a few, a handful leave; a week's attendance is written at its end."""
    sessions = list(cohort.sessions.all())
    marks = {}
    for enrolment in Enrolment.objects.filter(cohort=cohort):
        diligence = 0.97 if random.random() < 0.93 else 0.6
        for session in sessions:
            there = random.random() < diligence
            marks[(session.pk, enrolment.pk)] = (
                "present" if there else random.choice(("leave", "absent", "late"))
            )
    if is_spotless:
        marks = dict.fromkeys(marks, "present")
        attendance.record(by=place.manager, on=cohort.ends_on, cohort=cohort, marks=marks)
    else:
        for week in range(4):
            held = {session.pk for session in sessions if (session.on - cohort.starts_on).days // 7 == week}
            written = {pair: mark for pair, mark in marks.items() if pair[0] in held}
            on = cohort.starts_on + timedelta(days=7 * week + 6)
            attendance.record(by=place.manager, on=on, cohort=cohort, marks=written)
    for enrolment in Enrolment.objects.filter(cohort=cohort):
        if random.random() < 0.02:
            enrolments.withdraw(by=place.manager, on=cohort.ends_on, enrolment=enrolment)


def _examine(random: Random, place: Place, cohort: Cohort, on: date, is_spotless: bool) -> None:
    scores = {
        enrolment.pk: Decimal(min(100, max(20, round(random.gauss(80, 11)))))
        for enrolment in Enrolment.objects.filter(cohort=cohort).exclude(outcome="withdrew")
    }
    if is_spotless:
        scores = dict.fromkeys(scores, Decimal(88))
    assessments.record(by=place.manager, on=on, cohort=cohort, scores=scores, assessed_on=on)
