"""Founds the demo's federations, opens its bases with their plaques and courses, and opens its accounts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stdnum.cn import uscc

from certificates.actions import keys
from courses.actions import courses
from courses.models import Course, Skill
from goals.demo.accounts import ACCOUNTS, PASSWORD
from goals.demo.citizens import Citizen
from goals.demo.places import BASES, DemoBase
from registry.actions import accounts, bases, federations
from registry.models import Federation, Region, TrainingBase
from registry.rules.access import SYSTEM, Actor, Grant, Role

FOUNDED_ON = date(2021, 12, 1)
PROVINCES = ("620000", "120000", "360000", "210000")
PREFECTURES = ("620500", "211100")
LEVEL_OF_REGION = {"provincial": "province", "prefectural": "prefecture", "county": "county"}


@dataclass
class Place:
    """A base of the demo with its manager, its approver and the people it has met."""

    plan: DemoBase
    base: TrainingBase
    manager: Actor
    courses: list[Course]
    met: list[Citizen] = field(default_factory=list)


def found_federations() -> None:
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
    keys.equip(by=SYSTEM, on=FOUNDED_ON)
    for code in (*PROVINCES, *PREFECTURES):
        keys.create(
            by=SYSTEM, on=FOUNDED_ON, owner=Federation.objects.get(region__code=code), not_before=FOUNDED_ON
        )


def open_base(random: Random, plan: DemoBase, number: int) -> Place:
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


def open_accounts() -> None:
    for held in ACCOUNTS:
        account = accounts.open_account(
            by=SYSTEM, on=FOUNDED_ON, username=held.username, name=held.name, password=PASSWORD
        )
        federation = Federation.objects.filter(region__code=held.organisation).first()
        base = None if federation else TrainingBase.objects.get(name=held.organisation)
        accounts.grant(
            by=SYSTEM, on=FOUNDED_ON, account=account, role=held.role, federation=federation, base=base
        )
