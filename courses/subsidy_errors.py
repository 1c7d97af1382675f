"""Refusals of subsidies: schemes, claims, other offices' payments, grants to bases."""

from registry.errors import Conflict, InvalidInput, NotPermitted


class SchemeMissing(Conflict):
    """No federation at or above the region has a scheme of this `kind` in force on the day."""

    code = "subsidy_scheme_missing"


class SchemeOverlaps(Conflict):
    """The federation has a scheme of this kind in these days already; it is replaced, not doubled."""

    code = "subsidy_scheme_overlaps"


class SchemeOver(Conflict):
    """The scheme was ended or replaced before."""

    code = "subsidy_scheme_over"


class CohortNotCompleted(Conflict):
    """Subsidies are claimed for cohorts whose outcomes are decided."""

    code = "subsidy_cohort_not_completed"


class FundingSourceRefused(InvalidInput):
    """The scheme may not be paid from this source."""

    code = "subsidy_funding_source"


class NotEligible(Conflict):
    """The person does not meet these `conditions` of the scheme."""

    code = "subsidy_not_eligible"


class StepNotAllowed(Conflict):
    """The claim in this `state` cannot take this `step`."""

    code = "subsidy_step_not_allowed"


class StepTaken(NotPermitted):
    """Who took one step of a claim takes none that needs another permission (`step` names the one taken)."""

    code = "subsidy_step_by_same_person"


class CostCharged(Conflict):
    """`count` costs of the claim are charged elsewhere already (避免交叉使用); the claim's page shows where."""

    code = "subsidy_cost_charged"


class NothingToPay(Conflict):
    """No person of the claim meets the conditions."""

    code = "subsidy_nothing_to_pay"


class NoticeNotPassed(Conflict):
    """The public notice that the place asks for is missing, runs on or was objected to: `stand`, `until`."""

    code = "subsidy_notice_not_passed"


class FundingUndone(Conflict):
    """The row was undone before."""

    code = "subsidy_row_undone"


class GrantHeld(Conflict):
    """The base got a grant for this purpose in this year already (避免交叉使用)."""

    code = "base_grant_held"


class GrantPaid(Conflict):
    """The grant was paid before."""

    code = "base_grant_paid"
