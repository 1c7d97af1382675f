"""Classes of 就业困难人员 and of households that plans count apart (docs/domain.md §2.2 T12, T13, T43, T46)."""

from enum import StrEnum


class Hardship(StrEnum):
    """Why somebody is helped before others; one person can be in several classes at a time."""

    SUBSISTENCE_ALLOWANCE = "subsistence_allowance"
    DESTITUTE = "destitute"
    LIFTED_HOUSEHOLD = "lifted_household"
    MONITORED_HOUSEHOLD = "monitored_household"
    MARGINAL_HOUSEHOLD = "marginal_household"
    UNSTABLE_HOUSEHOLD = "unstable_household"
    SUDDEN_HOUSEHOLD = "sudden_household"
    GRADUATE = "graduate"
    ZERO_EMPLOYMENT_FAMILY = "zero_employment_family"
    SEVERAL_DISABLED = "several_disabled"
    LONG_TERM_UNEMPLOYED = "long_term_unemployed"
    HARD_TO_EMPLOY = "hard_to_employ"


MONITORED = frozenset(
    {
        Hardship.MONITORED_HOUSEHOLD,
        Hardship.MARGINAL_HOUSEHOLD,
        Hardship.UNSTABLE_HOUSEHOLD,
        Hardship.SUDDEN_HOUSEHOLD,
    }
)
"""防返贫监测对象: the three classes that Jiangxi's plan names, and the word for all of them where none is said."""

RURAL_POOR = MONITORED | {Hardship.LIFTED_HOUSEHOLD}
"""脱贫户和防返贫监测对象, in whose households at least one shall work (docs/domain.md §2.2 T46)."""
