"""Which indicator measures what a plan's target asks for (docs/domain.md §2.4, §6)."""

from collections.abc import Mapping

from goals.rules.indicators import INDICATORS, Indicator

_INDICATORS: Mapping[str, str] = {
    "distinct_employment_skills_per_person": "two_skill_coverage",
    "trained_persons": "trained_persons",
    "new_employment_persons": "new_employment",
    "public_welfare_post_placements": "placements_public_welfare",
    "rural_base_placements": "rural_base_placements",
    "basic_info_verification_per_person": "verification_coverage",
    "basic_info_verification_per_person_year": "verification_coverage",
    "ability_assessment_per_person": "assessment_coverage",
    "ability_assessment_per_person_year": "assessment_coverage",
    "demand_registration_per_person": "need_registration_coverage",
    "demand_registration_per_person_year": "need_registration_coverage",
    "employment_service_per_person": "employment_service_coverage",
    "employment_service_per_person_year": "employment_service_coverage",
    "household_members_employed": "household_employment",
    "training_per_graduate_in_need": "graduate_training_rate",
    "employed_graduate_follow_up_months": "graduate_tracking_rate",
    "unemployed_graduate_follow_up_months": "graduate_guidance_rate",
    "guidance_131_vocational": "guidance_coverage",
    "guidance_131_job_offers": "vacancy_coverage",
    "guidance_131_training_referrals": "referral_coverage",
}


def indicator_of(metric: str) -> Indicator | None:
    """The indicator of a metric; a plan entered by an officer names an indicator itself."""
    return INDICATORS.get(_INDICATORS.get(metric, metric))
