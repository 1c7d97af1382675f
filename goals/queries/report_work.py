"""What reports and bulletins ask of somebody: due soon, overdue, returned, to be decided, to be issued."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext_lazy

from goals.models import Bulletin
from goals.models.bulletins import BulletinState
from goals.queries import report_status, reports
from goals.queries.report_status import Duty
from goals.rules.reports import Status, is_due_soon
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

DUE_SOON = ngettext_lazy(
    "%(n)s 份报告三十天内到期，最早 %(oldest)s到期", "%(n)s 份报告三十天内到期，最早 %(oldest)s到期", "count"
)
OVERDUE = ngettext_lazy(
    "%(n)s 份报告逾期未报，最早 %(oldest)s到期", "%(n)s 份报告逾期未报，最早 %(oldest)s到期", "count"
)
RETURNED = ngettext_lazy(
    "%(n)s 份报告被退回，改好后再报送，最早 %(oldest)s退回",
    "%(n)s 份报告被退回，改好后再报送，最早 %(oldest)s退回",
    "count",
)
TO_DECIDE = ngettext_lazy(
    "%(n)s 份报告等待审核，最早 %(oldest)s报送", "%(n)s 份报告等待审核，最早 %(oldest)s报送", "count"
)
TO_ISSUE = ngettext_lazy(
    "%(n)s 份通报等待印发，最早 %(oldest)s起草", "%(n)s 份通报等待印发，最早 %(oldest)s起草", "count"
)


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """Of who writes: what their own unit owes. Of who decides: what came in, and drafts of others."""
    found: list[Waiting] = []
    if actor.may_somewhere(Permission.REPORT_WRITE):
        found += _owed(report_status.own(actor, on=on), on)
    if actor.may_somewhere(Permission.REPORT_DECIDE):
        drafts = Bulletin.objects.addressed_to(actor).filter(state=BulletinState.DRAFT)
        if actor.account_id is not None:
            drafts = drafts.exclude(drafter_id=actor.account_id)
        found += [
            *counted(
                "reports_to_decide",
                TO_DECIDE,
                reports.to_decide(actor),
                since="state_since",
                one="goals:decide-report",
                many=reverse("goals:reports"),
            ),
            *counted(
                "bulletins_to_issue",
                TO_ISSUE,
                drafts,
                since="drafted_on",
                one="goals:bulletin",
                many=reverse("goals:bulletins"),
            ),
        ]
    return found


def _owed(duties: list[Duty], on: date) -> list[Waiting]:
    open_ones = [duty for duty in duties if duty.is_open]
    returned = [duty for duty in open_ones if duty.status is Status.RETURNED]
    soon = [duty for duty in open_ones if duty.status is Status.NOT_DUE and is_due_soon(duty.due_on, on=on)]
    late = [duty for duty in open_ones if duty.status is Status.MISSING]
    lines = (
        (
            "reports_returned",
            RETURNED,
            returned,
            [duty.report.state_since for duty in returned if duty.report],
        ),
        ("reports_due_soon", DUE_SOON, soon, [duty.due_on for duty in soon if duty.due_on]),
        ("reports_overdue", OVERDUE, late, [duty.due_on or date(duty.year, 12, 31) for duty in late]),
    )
    return [
        Waiting(key, text, len(several), min(days), _address(several))
        for key, text, several, days in lines
        if several
    ]


def _address(duties: list[Duty]) -> str:
    """The report itself where there is only one, else the list of what is owed."""
    only = duties[0]
    if len(duties) > 1:
        return reverse("goals:reports")
    if only.report is not None:
        return reverse("goals:report", args=[only.report.public_id])
    return reverse("goals:new-report", args=[only.target.code, only.year, only.region.code])
