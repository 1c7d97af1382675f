"""Indicators with permanent keys: which measures they divide, by which version of the definition.

A key never changes its meaning within a version. Whoever changes a definition (here or in docs/indicators.md) raises
its version, adds a line of history there, and recounts; reports and snapshots keep the version that they were made by.
Most definitions are readings of ours (docs/domain.md §2.5, §6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.rules.shares import percent

DEFINITIONS = 1
"""Raised with any indicator's version: what snapshots are marked with."""


class Unit(StrEnum):
    PERSONS = "persons"
    ENROLMENTS = "enrolments"
    HOUSEHOLDS = "households"
    RECORDS = "records"
    SHARE = "share"


class Group(StrEnum):
    """Where an indicator is shown."""

    GOAL = "goal"
    TRAINING = "training"
    EMPLOYMENT = "employment"
    SERVICES = "services"
    GRADUATES = "graduates"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share of `numerator` in `denominator`, or without one a plain count in `unit`."""

    key: str
    group: Group
    numerator: str
    denominator: str = ""
    unit: Unit = Unit.SHARE
    version: int = 1
    # Whether less is better: late records, terms beyond the limit.
    is_fault: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """What an indicator says of some counts; `share` in per cent, None for a count or where nobody is counted."""

    indicator: Indicator
    numerator: int
    denominator: int | None
    share: Decimal | None


def _count(key: str, group: Group, measure: str, unit: Unit = Unit.PERSONS) -> Indicator:
    return Indicator(key, group, measure, unit=unit)


FORMS = (
    "quota",
    "concentrated",
    "home_based",
    "flexible",
    "public_welfare",
    "supported",
    "self_employed",
    "farming",
    "massage",
    "new_form",
)
FAMILIES = ("special_ability", "skill_level", "qualification", "blind_medical_massage", "title")

INDICATORS: Mapping[str, Indicator] = {
    one.key: one
    for one in (
        Indicator("two_skill_coverage", Group.GOAL, "two", "members"),
        Indicator("two_skill_coverage_snapshot", Group.GOAL, "two_now", "members_now"),
        _count("one_skill_short", Group.GOAL, "one"),
        Indicator("two_skilled_employed", Group.GOAL, "two_employed", "two"),
        _count("trained_persons", Group.TRAINING, "trained"),
        _count("trained_enrolments", Group.TRAINING, "completed", Unit.ENROLMENTS),
        Indicator("completion_rate", Group.TRAINING, "completed", "enrolled"),
        Indicator("certification_rate", Group.TRAINING, "certified", "completed"),
        *(
            _count(f"external_certificates_{family}", Group.TRAINING, f"external_{family}", Unit.RECORDS)
            for family in FAMILIES
        ),
        _count("family_trained_persons", Group.TRAINING, "family_trained"),
        Indicator("conversion_rate", Group.TRAINING, "converted", "closed"),
        Indicator("retention_rate", Group.TRAINING, "retained", "retained+left"),
        Indicator("retention_unknown", Group.TRAINING, "unknown", "retained+left+unknown", is_fault=True),
        _count("new_employment", Group.EMPLOYMENT, "newly_employed"),
        _count("re_employment", Group.EMPLOYMENT, "re_employed", Unit.RECORDS),
        *(_count(f"placements_{form}", Group.EMPLOYMENT, f"placed_{form}") for form in FORMS),
        _count("rural_base_placements", Group.EMPLOYMENT, "rural_base_placed"),
        Indicator(
            "public_welfare_terms_over",
            Group.EMPLOYMENT,
            "public_welfare_terms_over",
            unit=Unit.PERSONS,
            is_fault=True,
        ),
        Indicator("household_employment", Group.EMPLOYMENT, "households_employed", "households_due"),
        Indicator("four_ones_coverage", Group.SERVICES, "four_ones", "due_services"),
        Indicator("verification_coverage", Group.SERVICES, "verified", "due_verification"),
        Indicator("assessment_coverage", Group.SERVICES, "assessed", "due_services"),
        Indicator("need_registration_coverage", Group.SERVICES, "need_registered", "due_services"),
        Indicator("employment_service_coverage", Group.SERVICES, "served", "due_services"),
        Indicator("one_three_one_coverage", Group.SERVICES, "one_three_one", "due_131"),
        Indicator("guidance_coverage", Group.SERVICES, "guided", "due_131"),
        Indicator("vacancy_coverage", Group.SERVICES, "vacancies_told", "due_131"),
        Indicator("referral_coverage", Group.SERVICES, "referred", "due_131"),
        Indicator("assistance_coverage", Group.SERVICES, "hardship_assisted", "hardship_due"),
        Indicator("graduate_file_rate", Group.GRADUATES, "graduates_filed", "graduates"),
        Indicator("graduate_service_rate", Group.GRADUATES, "graduates_served", "graduates"),
        Indicator("graduate_destination_rate", Group.GRADUATES, "graduates_placed", "graduates_willing"),
        Indicator("graduate_training_rate", Group.GRADUATES, "graduates_trained", "graduates_in_need"),
        Indicator("graduate_tracking_rate", Group.GRADUATES, "graduates_tracked", "graduates_tracked_due"),
        Indicator("graduate_guidance_rate", Group.GRADUATES, "graduates_guided", "graduates_guided_due"),
        Indicator("outcome_lag", Group.QUALITY, "outcomes_late", "outcomes", is_fault=True),
        Indicator("employment_lag", Group.QUALITY, "jobs_late", "jobs", is_fault=True),
        Indicator("evidence_rate", Group.QUALITY, "jobs_shown", "jobs"),
        Indicator("verification_rate", Group.QUALITY, "externals_verified", "externals"),
        Indicator("completeness", Group.QUALITY, "people_complete", "people"),
    )
}
"""In the order in which they are shown. `base_coverage`, `target_attainment` and `validation_failure_rate` are of
regions, targets and files, not of people: goals/queries/."""


def value(indicator: Indicator, counts: Mapping[str, int]) -> Value:
    """The indicator of some counts."""
    numerator = _sum(indicator.numerator, counts)
    if not indicator.denominator:
        return Value(indicator, numerator, None, None)
    denominator = _sum(indicator.denominator, counts)
    return Value(indicator, numerator, denominator, percent(numerator, denominator) if denominator else None)


def _sum(measures: str, counts: Mapping[str, int]) -> int:
    return sum(counts.get(measure, 0) for measure in measures.split("+"))
