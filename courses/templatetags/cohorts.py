"""The kind of tag (docs/pages.md) that goes with a state or an outcome; the word beside it says the same."""

from typing import Any

from django import template

from courses.models import Cohort
from courses.queries.outcomes import Preview
from courses.rules.cohorts import EDITABLE
from courses.views.filing_tasks import next_step

register = template.Library()

_STATES = {
    "submitted": "warn",
    "returned": "warn",
    "completed": "good",
    "cancelled": "plain",
    "closed": "plain",
}
_OUTCOMES = {"completed": "good", "failed": "warn"}


_VOUCHERS = {"open": "good", "redeemed": "info", "cancelled": "plain", "expired": "warn"}


@register.inclusion_tag("courses/filings/next.html")
def filing_next(cohort: Cohort) -> dict[str, Any]:
    """Where the filing goes on, on a page of one of its tasks; nothing once it was submitted."""
    return {"step": next_step(cohort) if cohort.state in EDITABLE else None}


@register.filter
def voucher_kind(state: str) -> str:
    return _VOUCHERS[state]


@register.filter
def state_kind(cohort: Cohort) -> str:
    return _STATES.get(cohort.state, "info")


@register.filter
def outcome_kind(preview: Preview) -> str:
    return _OUTCOMES.get(preview.decision.outcome, "plain")
