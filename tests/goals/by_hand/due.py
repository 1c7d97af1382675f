"""Services due and done."""

from collections import Counter

from tests.goals.by_hand.days import in_work, need_on, of_working_age
from tests.goals.by_hand.goal import MONITORED, RURAL_POOR, Ever, classes
from tests.goals.by_hand.lives import Life
from tests.goals.by_hand.span import Span


def services(life: Life, household: list[Life], span: Span, found: Ever) -> Counter[str]:
    counts: Counter[str] = Counter()
    done = Counter(row["kind"] for row in life.services if span.holds(row["on"]))
    held = classes(life, span)
    if found.idle:
        counts["due_verification"] = 1
        if done["verification"]:
            counts["verified"] = 1
    if found.idle_and_willing:
        counts["due_services"] = 1
        assessed = any(span.holds(row["assessed_on"]) for row in life.assessments)
        registered = any(span.holds(row["registered_on"]) for row in life.needs)
        if assessed:
            counts["assessed"] = 1
        if registered:
            counts["need_registered"] = 1
        if done["employment_service"]:
            counts["served"] = 1
        if assessed and registered and done["employment_service"] and done["verification"]:
            counts["four_ones"] = 1
    if found.of_age and held & MONITORED:
        counts["due_131"] = 1
        if done["guidance"] >= 1:
            counts["guided"] = 1
        if done["vacancy"] >= 3:
            counts["vacancies_told"] = 1
        if done["referral"] >= 1:
            counts["referred"] = 1
        if done["guidance"] >= 1 and done["vacancy"] >= 3 and done["referral"] >= 1:
            counts["one_three_one"] = 1
    if found.idle and held:
        counts["hardship_due"] = 1
        if any(count for kind, count in done.items() if kind != "verification"):
            counts["hardship_assisted"] = 1
    need = need_on(life, span.until)
    if (
        held & RURAL_POOR
        and life.person["residence"] == "rural"
        and of_working_age(life, span.until)
        and need is not None
        and need["employable"]
        and need["employment_need"]
    ):
        counts["households_due"] = 1
        if any(in_work(one, span.until) for one in [life, *household]):
            counts["households_employed"] = 1
    return counts
