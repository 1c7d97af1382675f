"""What stands before a journey begins: Tianshui with its federations, a key, a base, accounts, plans, people.

Journeys happen today, as they would for users; the days of a class are counted back from there.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from courses.models import Skill
from goals.actions import plans
from registry.actions import standing
from registry.models import Account, TrainingBase
from registry.requests import today
from registry.rules.access import SYSTEM, Role
from tests.certificates.factories import a_signing_key, an_issued_certificate, an_issuing_base
from tests.courses.factories import a_skill, a_trainer
from tests.journeys.trainees import KNOWN, ONE_SKILL
from tests.registry.factories import a_base, a_federation, a_person, a_region, an_account, an_accreditation

TIANSHUI = ("620502", "620503", "620521", "620522", "620523", "620524", "620525")
WITH_PLANS = ("120000", "360000", "211100", "620500")
IN_THE_PERIOD = date(2022, 3, 1)


@dataclass(frozen=True)
class Ground:
    """The base of the journey and who works there and above it; `skill` is what its course teaches."""

    base: TrainingBase
    skill: Skill
    clerk: Account
    trainer: Account
    approver: Account
    officer: Account
    city_officer: Account
    stranger: Account
    starts_on: date
    ends_on: date


def the_ground() -> Ground:
    """All of it, made by the actions and factories that other tests use."""
    for code in (*TIANSHUI, *WITH_PLANS):
        a_region(code)
    plans.load()
    city, county = a_federation("620500"), a_federation("620502")
    a_signing_key(city)
    base = a_base("620502", name="秦州区残疾人职业培训基地", public_name="秦州区启明职业培训学校")
    an_accreditation(base, county)
    a_trainer(base, name="杨树林")
    _people_known_before()
    return Ground(
        base=base,
        skill=a_skill("livestreaming"),
        clerk=an_account(Role.BASE_MANAGER, base, username="clerk", name="何晓梅"),
        trainer=an_account(Role.TRAINER, base, username="trainer", name="杨树林"),
        approver=an_account(Role.APPROVER, county, username="approver", name="罗志强"),
        officer=an_account(Role.FEDERATION_OFFICER, county, username="officer", name="郭丽华"),
        city_officer=an_account(Role.READ_ONLY, city, username="city", name="马晓东"),
        stranger=an_account(Role.BASE_MANAGER, a_base("620503"), username="stranger", name="董建军"),
        starts_on=today() - timedelta(days=20),
        ends_on=today(),
    )


def _people_known_before() -> None:
    """Six people of the county stand in its figures, two of them with a skill; so does one of the next county."""
    other_base = an_issuing_base("620503")
    for trainee in KNOWN:
        person = a_person(
            name=trainee.name,
            citizen_id=trainee.citizen_id,
            disability_number=trainee.disability_number,
            on=IN_THE_PERIOD,
        )
        _in_need_of_work(person)
        if trainee in ONE_SKILL:
            an_issued_certificate(person, base=other_base, skill="health-massage")
    _in_need_of_work(a_person(1, region="620503", on=IN_THE_PERIOD))


def _in_need_of_work(person) -> None:
    day = IN_THE_PERIOD
    standing.record_employment(by=SYSTEM, on=day, person=person, status="unemployed", since=day)
    standing.record_need(
        by=SYSTEM, on=day, person=person, training_need=True, employment_need=True, employable=True
    )
