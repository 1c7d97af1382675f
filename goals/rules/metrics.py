"""How the figure of each target is come by: the permanent keys of goals/seeds/targets.json, and those of indicators.

docs/domain.md §2.4 lists every target with its metric. A metric that is in neither table is reported by hand: its figure
is another system's (§2.3), or a person's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from goals.rules import reports
from goals.rules.indicators import INDICATORS, Group, Indicator, Unit

REPORTED = "reported"
"""The metric of targets that officers enter with a name of their own."""


class How(StrEnum):
    INDICATOR = "indicator"
    BASES = "bases"
    REPORTS = "reports"
    SUBSIDY = "subsidy"
    BY_HAND = "by_hand"


class Asks(StrEnum):
    """What the target asks of the figure."""

    # The figure, or the share, is compared with the target's value.
    FIGURE = "figure"
    # So much for each person: everybody due has it (四个一, 131, graduates).
    EVERYBODY = "everybody"
    # A limit for each person: nobody is beyond it.
    NOBODY = "nobody"
    # The document sets no share to reach; it is followed (docs/domain.md §2.5).
    NOTHING = "nothing"
    # Not below the nation's average of the year before, which is entered by hand (T18).
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Metric:
    """`key` names the indicator, or the kind of base; `level` the regions that should have such a base."""

    how: How
    key: str = ""
    asks: Asks = Asks.FIGURE
    level: str = ""

    @property
    def grows(self) -> bool:
        """Whether the figure climbs over the target's time, so that it can be held against time elapsed.

        Counts do, and shares of people who are served or skilled one after the other; rates of what ended do not.
        """
        if self.how is not How.INDICATOR:
            return False
        held = INDICATORS[self.key]
        return held.unit is not Unit.SHARE or held.group in (Group.GOAL, Group.SERVICES)


def _figure(key: str) -> Metric:
    return Metric(How.INDICATOR, key)


def _everybody(key: str) -> Metric:
    return Metric(How.INDICATOR, key, Asks.EVERYBODY)


METRICS: Mapping[str, Metric] = {
    "distinct_employment_skills_per_person": Metric(How.INDICATOR, "two_skill_coverage", Asks.NOTHING),
    "new_employment_persons": _figure("new_employment"),
    "trained_persons": _figure("trained_persons"),
    "public_welfare_post_placements": _figure("placements_public_welfare"),
    "rural_base_placements": _figure("rural_base_placements"),
    "basic_info_verification_per_person": _everybody("verification_coverage"),
    "basic_info_verification_per_person_year": _everybody("verification_coverage"),
    "ability_assessment_per_person": _everybody("assessment_coverage"),
    "ability_assessment_per_person_year": _everybody("assessment_coverage"),
    "demand_registration_per_person": _everybody("need_registration_coverage"),
    "demand_registration_per_person_year": _everybody("need_registration_coverage"),
    "employment_service_per_person": _everybody("employment_service_coverage"),
    "employment_service_per_person_year": _everybody("employment_service_coverage"),
    "guidance_131_vocational": _everybody("guidance_coverage"),
    "guidance_131_job_offers": _everybody("vacancy_coverage"),
    "guidance_131_training_referrals": _everybody("referral_coverage"),
    "household_members_employed": _everybody("household_employment"),
    "graduate_file_rate": _figure("graduate_file_rate"),
    "graduate_service_rate": _figure("graduate_service_rate"),
    "graduate_destination_rate": Metric(How.INDICATOR, "graduate_destination_rate", Asks.AVERAGE),
    "training_per_graduate_in_need": _everybody("graduate_training_rate"),
    "employed_graduate_follow_up_months": _everybody("graduate_tracking_rate"),
    "unemployed_graduate_follow_up_months": _everybody("graduate_guidance_rate"),
    "public_welfare_post_terms": Metric(How.INDICATOR, "public_welfare_terms_over", Asks.NOBODY),
    "training_bases_per_city": Metric(How.BASES, "training", level="prefecture"),
    "incubation_bases_per_city": Metric(How.BASES, "incubation", level="prefecture"),
    "accredited_training_bases_per_county": Metric(How.BASES, "training", level="county"),
    "startup_subsidy": Metric(How.SUBSIDY, "startup"),
    "startup_operating_months": Metric(How.SUBSIDY, "startup"),
    **{key: Metric(How.REPORTS, kind) for key, kind in reports.KINDS.items()},
}

UNIT_LEVELS: Mapping[str, str] = {"county": "county", "district": "county", "prefecture": "prefecture"}
"""Targets that are set for each unit below: the level of those units, by `Target.per`."""


def of(metric: str) -> Metric:
    """How a metric is come by; by hand where nothing here counts it."""
    return METRICS.get(metric) or Metric(How.INDICATOR if metric in INDICATORS else How.BY_HAND, metric)


def indicator_of(metric: str) -> Indicator | None:
    """The indicator that measures how far a target is; None where something else does, or it only finds breaches."""
    held = of(metric)
    return INDICATORS[held.key] if held.how is How.INDICATOR and held.asks is not Asks.NOBODY else None
