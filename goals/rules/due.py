"""What was due to a person in a period, and done: “四个一”, “131”, assistance, households (docs/indicators.md)."""

from collections import Counter
from datetime import date

from goals.rules.facts import Facts, Relative, Span, in_work, need_on
from goals.rules.population import first_day, is_unemployed
from registry.rules.citizen_ids import in_working_age
from registry.rules.hardship import MONITORED, RURAL_POOR

VACANCIES = 3
"""Vacancies that “131” asks for (docs/domain.md §2.2 T12)."""


def counts(facts: Facts, span: Span) -> dict[str, int]:
    done = Counter(kind for kind, day in facts.services if span.holds(day))
    classes = {one.kind for one in facts.hardships if one.in_(span)}
    return {
        **four_ones(facts, span, done),
        **one_three_one(facts, span, done, classes),
        **assistance(facts, span, done, classes),
        **household(facts, span, classes),
    }


def four_ones(facts: Facts, span: Span, done: Counter[str]) -> dict[str, int]:
    due = first_day(facts, span, lambda day: is_unemployed(facts, day)) is not None
    wanted = (
        first_day(facts, span, lambda day: is_unemployed(facts, day) and _wants_work(facts, day)) is not None
    )
    verified = due and done["verification"] > 0
    assessed = wanted and any(span.holds(day) for day in facts.assessed_on)
    registered = wanted and any(span.holds(need.on) for need in facts.needs)
    served = wanted and done["employment_service"] > 0
    return {
        "due_verification": int(due),
        "verified": int(verified),
        "due_services": int(wanted),
        "assessed": int(assessed),
        "need_registered": int(registered),
        "served": int(served),
        "four_ones": int(verified and assessed and registered and served),
    }


def one_three_one(facts: Facts, span: Span, done: Counter[str], classes: set[str]) -> dict[str, int]:
    due = bool(classes & MONITORED) and _is_ever_of_age(facts, span)
    guided = due and done["guidance"] >= 1
    told = due and done["vacancy"] >= VACANCIES
    referred = due and done["referral"] >= 1
    return {
        "due_131": int(due),
        "guided": int(guided),
        "vacancies_told": int(told),
        "referred": int(referred),
        "one_three_one": int(guided and told and referred),
    }


def assistance(facts: Facts, span: Span, done: Counter[str], classes: set[str]) -> dict[str, int]:
    """就业援助 of everybody in hardship (docs/domain.md §2.2 T44)."""
    due = bool(classes) and first_day(facts, span, lambda day: is_unemployed(facts, day)) is not None
    helped = due and any(count for kind, count in done.items() if kind != "verification")
    return {"hardship_due": int(due), "hardship_assisted": int(helped)}


def household(facts: Facts, span: Span, classes: set[str]) -> dict[str, int]:
    """Rural poor households in which somebody can and wants to work, and those where somebody does (T46)."""
    need = need_on(facts.needs, span.until)
    due = (
        facts.residence == "rural"
        and bool(classes & RURAL_POOR)
        and in_working_age(facts.sex, facts.birth_date, span.until)
        and need is not None
        and need.employable
        and need.employment_need
    )
    works = due and any(
        in_work(one.statuses, one.jobs, span.until)
        for one in (Relative(facts.statuses, facts.jobs), *facts.relatives)
    )
    return {"households_due": int(due), "households_employed": int(works)}


def _wants_work(facts: Facts, day: date) -> bool:
    need = need_on(facts.needs, day)
    return need is not None and need.employment_need


def _is_ever_of_age(facts: Facts, span: Span) -> bool:
    """Whether of working age on some day of the span: on its first or from a birthday in it."""
    return first_day(facts, span, lambda day: in_working_age(facts.sex, facts.birth_date, day)) is not None
