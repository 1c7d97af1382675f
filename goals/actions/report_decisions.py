"""Decides on reports that were handed in: accepted, or returned with the reason."""

from datetime import date

from django.db import transaction

from goals.actions.reports import locked, record, require_own
from goals.models import Report, ReportFiling
from goals.models.reports import ReportState
from registry.actions.base_events import OwnWork
from registry.actions.values import lines, require_valid
from registry.errors import InvalidInput
from registry.rules.access import Actor, Permission


def accept(*, by: Actor, on: date, report: Report) -> ReportFiling:
    """Take the report as handed in. Raises NotPermitted, OwnWork, ReportInState."""
    return _decide(by=by, on=on, report=report, is_accepted=True)


def give_back(*, by: Actor, on: date, report: Report, reason: str) -> ReportFiling:
    """Return it to be mended. Raises NotPermitted, OwnWork, InvalidInput, ReportInState."""
    reason = lines(reason)
    require_valid(ReportFiling, reason=reason)
    if not reason:
        raise InvalidInput(fields={"reason": "field_missing"})
    return _decide(by=by, on=on, report=report, is_accepted=False, reason=reason)


@transaction.atomic
def _decide(*, by: Actor, on: date, report: Report, is_accepted: bool, reason: str = "") -> ReportFiling:
    """An approver of the federation that the report goes to, who did not hand it in."""
    require_own(by, Permission.REPORT_DECIDE, report.target.plan.region)
    held = locked(report, ReportState.SUBMITTED)
    filing = held.filings.latest("number")
    if by.account_id is not None and filing.submitter_id == by.account_id:
        raise OwnWork
    filing.is_accepted, filing.decided_on, filing.decided_by, filing.reason = is_accepted, on, by.name, reason
    filing.save(update_fields=["is_accepted", "decided_on", "decided_by", "reason"])
    held.state = ReportState.ACCEPTED if is_accepted else ReportState.RETURNED
    held.state_since = on
    held.save(update_fields=["state", "state_since"])
    verb = "report.accepted" if is_accepted else "report.returned"
    record(verb, held, by=by, version=filing.number)
    return filing
