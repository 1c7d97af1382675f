"""The names of all measures: whole numbers that one person adds to one period (docs/indicators.md)."""

from courses.rules.rates import Rates

POPULATION = ("members", "one", "two", "two_employed", "members_now", "two_now")
RATES = tuple(Rates.__dataclass_fields__)
TRAINING = ("enrolled", "completed", "trained", "certified", *RATES)
FAMILY = ("family_trained", "family_completed")
EMPLOYMENT = ("newly_employed", "re_employed", "public_welfare_terms_over", "rural_base_placed")
SERVICES = (
    "due_verification",
    "verified",
    "due_services",
    "assessed",
    "need_registered",
    "served",
    "four_ones",
    "due_131",
    "guided",
    "vacancies_told",
    "referred",
    "one_three_one",
    "hardship_due",
    "hardship_assisted",
    "households_due",
    "households_employed",
)
GRADUATES = (
    "graduates",
    "graduates_filed",
    "graduates_served",
    "graduates_willing",
    "graduates_placed",
    "graduates_in_need",
    "graduates_trained",
    "graduates_tracked_due",
    "graduates_tracked",
    "graduates_guided_due",
    "graduates_guided",
)
QUALITY = (
    "outcomes",
    "outcomes_late",
    "jobs",
    "jobs_late",
    "jobs_shown",
    "externals",
    "externals_verified",
    "people",
    "people_complete",
)
PREFIXES = ("placed_", "external_")
"""Followed by a form of employment, or a family of certificates."""

MEASURES = frozenset((*POPULATION, *TRAINING, *FAMILY, *EMPLOYMENT, *SERVICES, *GRADUATES, *QUALITY))
IN_PARTS = ("members", "one", "two", *TRAINING)
"""What is also counted for each course category and base."""
