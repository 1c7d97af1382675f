"""Builds the demo: federations, bases, cohorts over 2022 to 2024 with their rosters, results and certificates.

Everything goes through the actions that users call, so the demo can never hold a state the rules forbid. The same
seed gives the same people, marks and dates.
"""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from certificates.actions import external
from certificates.models import Certificate
from courses.models import EmploymentSpell, FollowUp, Skill
from goals.demo import (
    base_life,
    doubts,
    examining,
    exchange,
    filings,
    helping,
    lately,
    library,
    lives,
    opinions,
    planning,
    subsidies,
    work_found,
)
from goals.demo.cohorts import run_cohort
from goals.demo.organisations import Place, found_federations, open_accounts, open_base
from goals.demo.places import BASES
from registry.models import Federation, Person
from registry.requests import today
from registry.rules.access import SYSTEM

SEED = 20220630
COHORTS_PER_BASE = 2


def build(say: Callable[[str], None]) -> None:
    """Build the whole registry; `say` is told of each step as it ends."""
    random = Random(SEED)  # noqa: S311  # invented people, not secrets
    found_federations()
    say(f"federations: {Federation.objects.count()}")
    places = [open_base(random, plan, number) for number, plan in enumerate(BASES)]
    say(f"bases: {len(places)}")
    open_accounts()
    planning.go_on()
    taken: set[str] = set()
    for number, (place, turn) in enumerate(_timetable(places), 1):
        cohort = run_cohort(random, place, turn, taken)
        if number % 10 == 0 or number == len(places) * COHORTS_PER_BASE:
            say(f"cohorts: {number} of {len(places) * COHORTS_PER_BASE}, last one {cohort.name}")
    lives.go_on()
    opinions.speak(Random(SEED))  # noqa: S311  # invented opinions
    _record_external()
    subsidies.go_on()
    base_life.go_on(places)
    examining.go_on()
    work_found.go_on()
    planning.find_work()
    helping.go_on(today())
    library.fill_the_shelves()
    exchange.go_on()
    say(f"open review flags: {doubts.go_on()}")
    lately.go_on(places, taken)
    filings.go_on(today())
    say(f"employment spells: {EmploymentSpell.objects.count()}, follow-ups: {FollowUp.objects.count()}")
    say(f"people: {Person.objects.count()}, certificates: {Certificate.objects.count()}")


def _timetable(places: list[Place]) -> Iterator[tuple[Place, int]]:
    """First every base's first cohort, then every base's second: years follow each other as in life."""
    for turn in range(COHORTS_PER_BASE):
        for place in places:
            yield place, turn


def _record_external() -> None:
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
