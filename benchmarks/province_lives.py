"""Invented lives for a province's people: as rows of the tables, and as the values that figures are counted from.

Deterministic by seed and place in the order. What is drawn how often is a guess at a province, not a statistic.
"""

import random
from datetime import date, timedelta
from typing import Any

from benchmarks.province_world import Lives, World
from goals.rules.facts import Card, External, Facts, Hard, Need, Proof, Relative, Status, Training, Work
from goals.rules.graduates import TRACKED_MONTHS
from registry.rules.citizen_ids import Sex
from registry.rules.disability_numbers import DisabilityCategory
from registry.rules.hardship import Hardship

MANY = 64
"""Row ids of a person: n * MANY and what follows."""

EPOCH = date(1940, 1, 1)
DAYS = [EPOCH + timedelta(days=n) for n in range(36_000)]
ISO = [day.isoformat() for day in DAYS]
CATEGORIES = [category.value for category in DisabilityCategory]
CLASSES = [kind.value for kind in Hardship]
FORMS = (
    "quota",
    "concentrated",
    "home_based",
    "flexible",
    "public_welfare",
    "supported",
    "farming",
    "massage",
)
SERVICES = ("verification", "verification", "employment_service", "employment_service", "guidance", "vacancy",
            "vacancy", "vacancy", "referral")  # fmt: skip
FAMILIES = ("special_ability", "skill_level", "skill_level", "qualification", "title")


def number(day: date) -> int:
    return (day - EPOCH).days


def portion(world: World, first: int, last: int, seed: int) -> Lives:
    """The people from number `first` to before `last`; some are household members of the one before."""
    dice = random.Random(f"{seed}-{first}")
    made = Lives()
    n = first
    regions = iter(dice.choices(world.counties, world.weights, k=last - first))
    while n < last:
        region = next(regions)
        head = _life(world, made, dice, n, region, None)
        n += 1
        if n < last and dice.random() < 0.04:
            member = _life(world, made, dice, n, region, n - 1)
            next(regions)
            n += 1
            head["relatives"], member["relatives"] = [_relative(member)], [_relative(head)]
            made.facts.append((n - 2, region, Facts(**head)))
            made.facts.append((n - 1, region, Facts(**member)))
        else:
            made.facts.append((n - 1, region, Facts(**head)))
    return made


def _relative(known: dict[str, Any]) -> Relative:
    return Relative(
        known["statuses"],
        known["jobs"],
        is_rural=known["residence"] == "rural",
        cards=known["cards"],
    )


def _life(
    world: World, made: Lives, dice: random.Random, n: int, region: int, head: int | None
) -> dict[str, Any]:
    rows, today, pk = made.rows, number(world.on), n * MANY
    sex = "male" if dice.random() < 0.58 else "female"
    born = number(date(dice.randrange(1945, 2012), 1, 1)) + dice.randrange(365)
    residence = "rural" if dice.random() < 0.7 else "urban"
    described = dice.random() < 0.9
    kind = "disabled" if head is None else "household_member"
    rows["Person"].append(
        (n, f"p{n:011d}", n.to_bytes(32, "big"), ISO[born], sex, kind, head, region, residence,
         "汉族" if described else "", "junior" if described else "", "2021-11-01")
    )  # fmt: skip
    known: dict[str, Any] = {
        "sex": Sex(sex),
        "birth_date": DAYS[born],
        "is_disabled": head is None,
        "is_household_member": head is not None,
        "residence": residence,
        "is_described": described,
        "cards": [],
        "jobs": [],
        "answers": {},
    }
    if head is None:
        category, grade = dice.choices(CATEGORIES, (12, 9, 2, 55, 9, 8, 5))[0], dice.randrange(1, 5)
        rows["DisabilityCertificate"].append((n, n, n.to_bytes(32, "big"), category, grade, "2021-11-01"))
        known["cards"] = [Card(date(2021, 11, 1), category, grade)]
    known |= _standing(world, made, dice, n, today)
    trained = _trainings(world, made, dice, n, region)
    known["trainings"], known["proofs"] = trained
    _external(world, made, dice, n, known)
    since = max((number(one.outcome_on) for one in trained[0] if one.outcome_on), default=0)
    if dice.random() < (0.3 if since else 0.05):
        _work(world, made, dice, n, region, since or number(date(2021, 6, 1)), known)
    _services(made, dice, pk, n, known)
    return known


def _standing(world: World, made: Lives, dice: random.Random, n: int, today: int) -> dict[str, Any]:
    """Needs, statuses, hardship, graduation."""
    rows, pk = made.rows, n * MANY
    needs, statuses, hard, graduated = [], [], [], []
    day = number(date(2021, 6, 1))
    if dice.random() < 0.85:
        for k in range(1 + (dice.random() < 0.3)):
            day += dice.randrange(1, 500)
            training, fit, work = dice.random() < 0.8, dice.random() < 0.85, dice.random() < 0.6
            rows["NeedRegistration"].append((pk + k, n, training, work, fit, ISO[day]))
            needs.append(Need(DAYS[day], training, fit, work))
    since, is_employed = number(date(2019, 1, 1)) + dice.randrange(900), dice.random() < 0.2
    if dice.random() < 0.92:
        for k in range(1 + (dice.random() < 0.2)):
            rows["EmploymentStatus"].append(
                (pk + k, n, "employed" if is_employed else "unemployed", ISO[since])
            )
            statuses.append(Status(DAYS[since], is_employed))
            since, is_employed = since + dice.randrange(300, 1200), not is_employed
    if dice.random() < 0.15:
        kind = dice.choice(CLASSES)
        since = number(date(2020, 1, 1)) + dice.randrange(1400)
        ended = since + dice.randrange(200, 900) if dice.random() < 0.3 else None
        ended_iso = None if ended is None else ISO[ended]
        rows["HardshipStatus"].append((pk, f"h{pk:011d}", n, kind, ISO[since], ended_iso, ISO[since]))
        hard.append(Hard(kind, DAYS[since], None if ended is None else DAYS[ended]))
    if dice.random() < 0.01:
        day = number(date(dice.randrange(2022, 2025), 6, 30))
        rows["Graduation"].append((pk, n, ISO[day]))
        graduated.append(DAYS[day])
    return {"needs": needs, "statuses": statuses, "hardships": hard, "graduated_on": graduated}


def _trainings(
    world: World, made: Lives, dice: random.Random, n: int, region: int
) -> tuple[list[Training], list[Proof]]:
    """About 2.2 enrolments, many with none: most end with a certificate, of which 3 in 100 were withdrawn."""
    rows, pk = made.rows, n * MANY
    near = world.cohorts[region]
    count = min(int(dice.gammavariate(0.9, 2.7) + 0.5), 14)
    chosen = {one.pk: one for one in dice.choices(near, k=count)} if count else {}
    trainings, proofs, bases = [], [], set()
    for k, one in enumerate(sorted(chosen.values(), key=lambda cohort: (cohort.starts, cohort.pk))):
        own = pk + k
        at_start = dice.choices(("unemployed", "employed", ""), (80, 12, 8))[0]
        completed = dice.random() < 0.94
        decided = one.ends + dice.randrange(1, 45)
        rows["Enrolment"].append(
            (own, f"e{own:011d}", one.pk, n, ISO[one.starts], at_start, "completed" if completed else "withdrew",
             "passed" if completed else "left", ISO[decided])
        )  # fmt: skip
        is_certified = False
        if completed and dice.random() < 0.95:
            is_certified = dice.random() < 0.97
            issued = decided + 5
            rows["Certificate"].append(
                (own, f"c{own:011d}", f"P{own:011d}", f"C{own:011d}", own, n, one.skill, one.base, ISO[one.starts],
                 ISO[one.ends], ISO[issued], "issued" if is_certified else "withdrawn", ISO[issued], own)
            )  # fmt: skip
            if is_certified:
                proofs.append(Proof(one.skill, one.category, DAYS[issued], one.base))
        if one.base not in bases:
            bases.add(one.base)
            rows["BaseRegistration"].append((own, n, one.base, ISO[one.starts]))
        trainings.append(
            Training(one.category, one.base, DAYS[one.starts], DAYS[one.ends], False, completed, DAYS[decided],
                     at_start, DAYS[decided + 5] if is_certified else None)
        )  # fmt: skip
    return trainings, proofs


def _external(world: World, made: Lives, dice: random.Random, n: int, known: dict[str, Any]) -> None:
    """About one person in two has a certificate of another issuer; 1 in 10 ran out, 1 in 10 is not verified."""
    externals = known["externals"] = []
    count = dice.choices((0, 1, 2), (56, 34, 10))[0]
    for k in range(count):
        pk = n * MANY + k
        (skill, category), family = dice.choice(world.skills), dice.choice(FAMILIES)
        issued = number(date(2018, 1, 1)) + dice.randrange(2500)
        until = issued + 365 if dice.random() < 0.1 else None
        verified = dice.random() < 0.9
        rows = (
            pk,
            f"x{pk:011d}",
            n,
            skill,
            family,
            f"X{pk:012d}",
            ISO[issued],
            until and ISO[until],
            ISO[issued],
        )
        checked = ("复核", ISO[issued + 20], "全国联网查询") if verified else ("", None, "")
        made.rows["ExternalCertificate"].append(rows + checked)
        checked_on = DAYS[issued + 20] if verified else None
        externals.append(External(DAYS[issued], checked_on))
        if checked_on:
            known["proofs"].append(
                Proof(
                    skill,
                    category,
                    DAYS[issued],
                    None,
                    family,
                    checked_on,
                    DAYS[until] if until else date.max,
                )
            )


def _work(
    world: World, made: Lives, dice: random.Random, n: int, region: int, since: int, known: dict[str, Any]
) -> None:
    rows, today, start = made.rows, number(world.on), since + dice.randrange(1, 200)
    for k in range(1 + (dice.random() < 0.25)):
        if start >= today:
            break
        pk = n * MANY + k
        ended = start + dice.randrange(20, 500) if dice.random() < 0.4 else None
        if ended is not None and ended > today:
            ended = None
        form, found = dice.choice(FORMS), dice.choice(("base", "federation", "self"))
        recorded, is_shown = start + dice.randrange(60), dice.random() < 0.6
        rows["EmploymentSpell"].append(
            (pk, f"w{pk:011d}", n, form, "fixed_term", found, ISO[start], ended and ISO[ended],
             "resigned" if ended else "", ISO[recorded])
        )  # fmt: skip
        if is_shown:
            rows["Evidence"].append((pk, f"v{pk:011d}", pk, region))
        asked: dict[int, date] = {}
        for j, months in enumerate(sorted({TRACKED_MONTHS, world.terms.months})):
            if start + 31 * months < today and dice.random() < 0.6:
                result = dice.choices(("employed", "unemployed", "unreachable"), (60, 25, 15))[0]
                own, due = pk * 2 + j, ISO[start + 31 * months]
                rows["FollowUp"].append((own, f"f{own:011d}", n, pk, months, due, due, result))
                asked[months] = DAYS[start + 31 * months]
                if months == world.terms.months and result != "unreachable":
                    known["answers"][pk] = (DAYS[start + 31 * months], result == "employed")
        known["jobs"].append(
            Work(pk, DAYS[start], DAYS[ended] if ended else None, "fixed_term", form, found, DAYS[recorded],
                 is_shown, asked.get(TRACKED_MONTHS))
        )  # fmt: skip
        start = (ended or start) + dice.randrange(1, 200)


def _services(made: Lives, dice: random.Random, pk: int, n: int, known: dict[str, Any]) -> None:
    """“四个一” and “131” of about four people in ten, over the years of the plan."""
    services, assessed = [], []
    first = number(date(2022, 1, 1))
    if dice.random() < 0.4:
        for k in range(dice.randrange(1, 6)):
            day, kind = first + dice.randrange(1095), dice.choice(SERVICES)
            made.rows["ServiceRecord"].append((pk + k, f"s{pk + k:011d}", n, kind, ISO[day]))
            services.append((kind, DAYS[day]))
    if dice.random() < 0.25:
        day = first + dice.randrange(1095)
        made.rows["AbilityAssessment"].append((pk, f"a{pk:011d}", n, ISO[day]))
        assessed.append(DAYS[day])
    planned = []
    if dice.random() < 0.02:
        day = first + dice.randrange(1095)
        made.rows["ServicePlan"].append((pk, f"b{pk:011d}", n, ISO[day]))
        planned.append(DAYS[day])
    known |= {"services": services, "assessed_on": assessed, "planned_on": planned}
