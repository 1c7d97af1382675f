"""Who is counted for the two-skills goal and for services, since when; and who has which skills."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tests.goals.by_hand.days import from_to, need_on, of_working_age, status_on
from tests.goals.by_hand.lives import Life, Row
from tests.goals.by_hand.span import Span

MONITORED = {"monitored_household", "marginal_household", "unstable_household", "sudden_household"}
RURAL_POOR = {"lifted_household", *MONITORED}


@dataclass
class Ever:
    """What held on some day from first to until."""

    joined_on: date | None = None
    of_age: bool = False
    idle: bool = False
    idle_and_willing: bool = False


def ever(life: Life, span: Span) -> Ever:
    found = Ever()
    for day in from_to(span.first, span.until):
        if not of_working_age(life, day):
            continue
        found.of_age = True
        if status_on(life, day) != "unemployed":
            continue
        found.idle = True
        need = need_on(life, day)
        if need is None:
            continue
        if need["employment_need"]:
            found.idle_and_willing = True
        if need["training_need"] and need["employable"] and found.joined_on is None:
            found.joined_on = day
    return found


def classes(life: Life, span: Span) -> set[str]:
    """The hardship classes in the period."""
    return {
        row["kind"]
        for row in life.hardships
        if row["since"] <= span.until and (row["ended_on"] is None or row["ended_on"] > span.first)
    }


def in_force(certificate: Row, on: date) -> bool:
    """One of ours that proves a skill on the day."""
    first = certificate["first_issued_on"] or certificate["issued_on"]
    return certificate["status"] == "issued" and first <= on


def proves(external: Row, on: date) -> bool:
    """One of others that proves a skill on the day."""
    if external["verified_on"] is None or external["verified_on"] > on or external["cancelled_on"]:
        return False
    if external["issued_on"] > on:
        return False
    return external["valid_until"] is None or external["valid_until"] >= on


def skills(life: Life, on: date) -> set[int]:
    ours = {row["skill_id"] for row in life.certificates if in_force(row, on)}
    return ours | {row["skill_id"] for row in life.externals if proves(row, on)}


def goal(life: Life, span: Span, found: Ever) -> Counter[str]:
    counts: Counter[str] = Counter()
    held = len(skills(life, span.on))
    if found.joined_on:
        counts["members"] = 1
        if held == 1:
            counts["one"] = 1
        if held >= 2:
            counts["two"] = 1
            if status_on(life, span.until) == "employed":
                counts["two_employed"] = 1
    need = need_on(life, span.until)
    if (
        need is not None
        and need["training_need"]
        and need["employable"]
        and of_working_age(life, span.until)
        and status_on(life, span.until) == "unemployed"
    ):
        counts["members_now"] = 1
        if held >= 2:
            counts["two_now"] = 1
    return counts


def parts(life: Life, span: Span, found: Ever) -> dict[str, Counter[str]]:
    """Under each category of a skill held, and each base that certified one, what a member adds to the goal."""
    if not found.joined_on:
        return {}
    held = len(skills(life, span.on))
    names = set()
    for row in life.certificates:
        if in_force(row, span.on):
            names |= {f"category:{row['skill__category__code']}", f"base:{row['base_id']}"}
    for row in life.externals:
        if proves(row, span.on):
            names.add(f"category:{row['skill__category__code']}")
    return {name: Counter({"members": 1, "one" if held == 1 else "two": 1}) for name in names}
