"""Builds the demo: federations, bases, cohorts over 2022 to 2024 with their rosters, results and certificates.

Everything goes through the actions that users call, so the demo can never hold a state the rules forbid; the rosters
are real workbooks. The same seed gives the same people, marks and dates.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from stdnum.cn import uscc

from certificates.actions import certificates, external, keys
from certificates.models import Certificate
from courses.actions import assessments, attendance, cohorts, courses, enrolments, outcomes, rosters
from courses.models import Cohort, Course, Enrolment, Skill
from courses.rules.sessions import NewSession
from courses.workbooks.writing import write_table
from goals.demo.accounts import ACCOUNTS, PASSWORD
from goals.demo.citizens import Citizen, invented_citizen
from goals.demo.places import BASES, DemoBase
from registry.actions import accounts, bases, federations
from registry.models import Account, Federation, Person, Region, TrainingBase
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM, Actor, Grant, Role

SEED = 20220630
FOUNDED_ON = date(2021, 12, 1)
PROVINCES = ("620000", "120000", "360000", "210000")
PREFECTURES = ("620500", "211100")
ROSTER_HEADERS = (
    "序号 姓名 性别 民族 身份证号 残疾人证号 文化程度 户口性质 联系电话 就业状况 就业培训需求 人员类别 无障碍需求"
).split()
LEVEL_OF_REGION = {"provincial": "province", "prefectural": "prefecture", "county": "county"}
COHORTS_PER_BASE = 2
COHORT_SIZE = (42, 58)
RETURNING = 0.24
"""Share of a second cohort that already trained at the base: those who may reach two skills."""


@dataclass
class Place:
    """A base of the demo with its manager, its approver and the people it has met."""

    plan: DemoBase
    base: TrainingBase
    manager: Actor
    met: list[Citizen]
    courses: list[Course]


def build(say: Callable[[str], None]) -> None:
    """Build the whole registry; `say` is told of each step as it ends."""
    random = Random(SEED)  # noqa: S311  # invented people, not secrets
    _found_federations()
    say(f"federations: {Federation.objects.count()}")
    places = [_open_base(random, plan, number) for number, plan in enumerate(BASES)]
    say(f"bases: {len(places)}")
    _open_accounts()
    taken: set[str] = set()
    for number, (place, turn) in enumerate(_timetable(places), 1):
        cohort = _run_cohort(random, place, turn, taken)
        if number % 10 == 0 or number == len(places) * COHORTS_PER_BASE:
            say(f"cohorts: {number} of {len(places) * COHORTS_PER_BASE}, last one {cohort.name}")
    _change_some(random)
    _record_external(random)
    say(f"people: {Person.objects.count()}, certificates: {Certificate.objects.count()}")


def _found_federations() -> None:
    nation = Region.objects.get(code="000000")
    wanted = [nation, *Region.objects.filter(code__in=PROVINCES).order_by("code")]
    for code in (*PREFECTURES, "120000", "360000"):
        top = Region.objects.get(code=code)
        below = Region.objects.within(top.path).in_force(FOUNDED_ON).order_by("path")
        # Jiangxi has 100 counties; its 11 prefectures and the counties with a base are enough for a first look.
        with_base = {base.county for base in BASES}
        wanted += [
            region
            for region in below
            if region not in wanted and (code != "360000" or region.level == "prefecture")
        ]
        wanted += [region for region in below if code == "360000" and region.code in with_base]
    for region in wanted:
        name = "中国残疾人联合会" if region == nation else f"{region.name}残疾人联合会"
        neutral = "全国职业技能培训登记平台" if region == nation else f"{region.name}职业技能培训登记平台"
        federations.found(by=SYSTEM, on=FOUNDED_ON, region=region, name=name, public_name=neutral)
    for code in (*PROVINCES, *PREFECTURES):
        keys.create(
            by=SYSTEM, on=FOUNDED_ON, owner=Federation.objects.get(region__code=code), not_before=FOUNDED_ON
        )


def _open_base(random: Random, plan: DemoBase, number: int) -> Place:
    region = Region.objects.get(code=plan.county)
    body = f"52{plan.county}MJ{random.randrange(10**7):07d}"[:17]
    base = bases.register(
        by=SYSTEM,
        on=FOUNDED_ON,
        region=region,
        name=plan.name,
        public_name=plan.public_name,
        institution_kind=plan.institution_kind,
        ownership=plan.ownership,
        kind=plan.kind,
        uscc=body + uscc.calc_check_digit(body),
        categories=[plan.category],
        address=f"{region.name}文化路{random.randrange(1, 200)}号",
        phone=f"0{random.randrange(310, 999)}-{random.randrange(10**6, 10**7)}",
    )
    granting = Region.objects.get(code__in=region.ancestor_codes, level=LEVEL_OF_REGION[plan.level])
    granted = FOUNDED_ON + timedelta(days=random.randrange(10, 40))
    accreditation = bases.accredit(
        by=SYSTEM,
        on=granted,
        base=base,
        federation=granting.federation,
        level=plan.level,
        plaque_number=f"{plan.county}-2022-{number + 1:03d}",
        granted_on=granted,
        # One runs out, so that the directory shows it.
        valid_until=date(2024, 6, 30) if number % 11 == 7 else date(2026, 12, 31),
    )
    if number % 17 == 14:
        bases.revoke_accreditation(
            by=SYSTEM,
            on=date(2024, 11, 1),
            accreditation=accreditation,
            revoked_on=date(2024, 11, 1),
            reason="年度评估不合格",
        )
    manager = Actor(
        account_id=None, name="演示基地", grants=(Grant(role=Role.BASE_MANAGER, base_id=base.pk),)
    )
    return Place(
        plan,
        base,
        manager,
        met=[],
        courses=[_course(place_skill, base, manager) for place_skill in plan.skills],
    )


def _course(code: str, base: TrainingBase, manager: Actor) -> Course:
    skill = Skill.objects.get(code=code)
    massage = code == "health-massage"
    return courses.create(
        by=manager,
        on=FOUNDED_ON,
        base=base,
        skill=skill,
        name=f"{skill.name.removeprefix('盲人')}技能培训",
        training_kind="rural_practical"
        if code in ("crop-growing", "animal-husbandry")
        else "employment_skill",
        level=5 if massage else 0,
        theory_hours=40 if massage else 16,
        practice_hours=80 if massage else 32,
        online_hours=0,
        rule_source="开班备案管理办法",
    )


def _open_accounts() -> None:
    for held in ACCOUNTS:
        account = accounts.open_account(
            by=SYSTEM, on=FOUNDED_ON, username=held.username, name=held.name, password=PASSWORD
        )
        federation = Federation.objects.filter(region__code=held.organisation).first()
        base = None if federation else TrainingBase.objects.get(name=held.organisation)
        accounts.grant(
            by=SYSTEM, on=FOUNDED_ON, account=account, role=held.role, federation=federation, base=base
        )


def _timetable(places: list[Place]) -> Iterator[tuple[Place, int]]:
    """First every base's first cohort, then every base's second: years follow each other as in life."""
    for turn in range(COHORTS_PER_BASE):
        for place in places:
            yield place, turn


def _run_cohort(random: Random, place: Place, turn: int, taken: set[str]) -> Cohort:
    """One cohort from filing to certificates."""
    course = place.courses[turn % len(place.courses)]
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
    )
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
    _teach(random, place, cohort)
    if turn and random.random() < 0.12:
        return cohort  # still running: something to do in a first look
    cohorts.move_to(by=place.manager, on=ends_on, cohort=cohort, state="assessing")
    _examine(random, place, cohort, ends_on)
    outcomes.decide(by=place.manager, on=ends_on, cohort=cohort)
    cohorts.move_to(by=place.manager, on=ends_on, cohort=cohort, state="completed")
    if random.random() < 0.94:  # a few wait for somebody to press "issue"
        issued_on = ends_on + timedelta(days=7)
        certificates.issue_cohort(by=place.manager, on=issued_on, cohort=cohort, limit=500)
    return cohort


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


def _teach(random: Random, place: Place, cohort: Cohort) -> None:
    """Eight sessions; most people come, some miss a few, a handful leave."""
    hours = cohort.course.total_hours
    sessions = attendance.add_sessions(
        by=place.manager,
        on=cohort.starts_on,
        cohort=cohort,
        sessions=[
            NewSession(
                on=cohort.starts_on + timedelta(days=3 * number),
                part=1,
                kind="theory" if number < 2 else "practice",
                hours=min(12, hours // 8),
                topic="",
            )
            for number in range(8)
        ],
    )
    marks = {}
    for enrolment in Enrolment.objects.filter(cohort=cohort):
        diligence = 0.97 if random.random() < 0.93 else 0.6
        for session in sessions:
            there = random.random() < diligence
            marks[(session.pk, enrolment.pk)] = (
                "present" if there else random.choice(("leave", "absent", "late"))
            )
    attendance.record(by=place.manager, on=cohort.ends_on, cohort=cohort, marks=marks)
    for enrolment in Enrolment.objects.filter(cohort=cohort):
        if random.random() < 0.02:
            enrolments.withdraw(by=place.manager, on=cohort.ends_on, enrolment=enrolment)


def _examine(random: Random, place: Place, cohort: Cohort, on: date) -> None:
    scores = {
        enrolment.pk: Decimal(min(100, max(20, round(random.gauss(80, 11)))))
        for enrolment in Enrolment.objects.filter(cohort=cohort).exclude(outcome="withdrew")
    }
    assessments.record(by=place.manager, on=on, cohort=cohort, scores=scores, assessed_on=on)


def _change_some(random: Random) -> None:
    """A few certificates are withdrawn, and a few suspended while somebody looks into them."""
    issued = list(Certificate.objects.filter(status="issued").order_by("pk")[::97])
    for number, certificate in enumerate(issued):
        if number % 3:
            certificates.withdraw(
                by=SYSTEM,
                on=date(2024, 10, 8),
                certificate=certificate,
                reason_class="requirements_not_met",
                note="抽查：出勤记录不符",
            )
        else:
            certificates.suspend(
                by=SYSTEM,
                on=date(2024, 10, 8),
                certificate=certificate,
                reason_class="under_review",
                note="举报核查中",
            )


def _record_external(random: Random) -> None:
    """Certificates of others: checked on the national site by a person, or still waiting for that."""
    skill = Skill.objects.get(code="medical-massage")
    holders = Person.objects.filter(certificates__skill__code="health-massage").distinct().order_by("pk")[:40]
    for number, person in enumerate(holders):
        recorded = external.record(
            by=SYSTEM,
            on=date(2024, 3, 1),
            person=person,
            skill=skill,
            family="blind_medical_massage",
            level=0,
            number=f"2023{number + 1:06d}",
            issuer="中国残疾人联合会",
            issued_on=date(2023, 12, 20),
        )
        if number % 4:
            external.verify(
                by=SYSTEM,
                on=date(2024, 3, 15),
                external=recorded,
                how="在全国联网查询网站查到，姓名和编号一致",
            )


def demo_actor(username: str, *, on: date) -> Actor:
    """The actor of a demo account, for scripts and tests."""
    return actor_for(Account.objects.get(username=username), on=on)
