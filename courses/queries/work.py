"""Cohorts that wait for somebody: to be approved, mended, recorded or brought to their end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from courses.models import Attendance, Cohort, EmploymentSpell, RosterImport, RosterImportRow, Session
from courses.models.cohorts import CohortState
from courses.models.rosters import RowState
from courses.queries.evaluations import to_evaluate
from courses.rules.cohorts import OPEN_TO_ATTENDANCE, OPEN_TO_ENROLMENT, OPEN_TO_LATE_ENROLMENT
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

NOT_OVER = frozenset(
    {CohortState.APPROVED, CohortState.ENROLLING, CohortState.RUNNING, CohortState.ASSESSING}
)
"""Approved, so held, and not completed."""

Rows = QuerySet[Cohort]
A_MONTH, A_YEAR = timedelta(days=30), timedelta(days=365)


def submitted(cohorts: Rows, on: date) -> Rows:
    """Waiting for an approver; `since` is the day they are to start."""
    return cohorts.filter(state=CohortState.SUBMITTED).annotate(since=F("starts_on"))


def returned(cohorts: Rows, on: date) -> Rows:
    """Sent back to the base; `since` is the day they are to start."""
    return cohorts.filter(state=CohortState.RETURNED).annotate(since=F("starts_on"))


def with_bad_rows(cohorts: Rows, on: date) -> Rows:
    """With a roster that has rows to correct and may still be loaded; `since` its first upload."""
    bad = RosterImportRow.objects.filter(roster=OuterRef("pk"), state=RowState.BAD)
    rosters = RosterImport.objects.filter(Exists(bad), cohort=OuterRef("pk")).order_by("uploaded_at")
    first = Subquery(rosters.annotate(day=TruncDate("uploaded_at")).values("day")[:1])
    is_open = cohorts.filter(state__in=OPEN_TO_ENROLMENT | OPEN_TO_LATE_ENROLMENT)
    return is_open.annotate(since=first).filter(since__isnull=False)


def without_attendance(cohorts: Rows, on: date) -> Rows:
    """With a session up to this day of which no attendance is recorded; `since` the first such session.

    One that is still enrolling has to be started first.
    """
    recorded = Attendance.objects.filter(session=OuterRef("pk"))
    sessions = Session.objects.filter(~Exists(recorded), cohort=OuterRef("pk"), on__lte=on).order_by("on")
    begun = cohorts.filter(state__in=OPEN_TO_ATTENDANCE | {CohortState.ENROLLING})
    return begun.annotate(since=Subquery(sessions.values("on")[:1])).filter(since__isnull=False)


def overdue(cohorts: Rows, on: date) -> Rows:
    """Past their last day, not assessed or not decided; `since` is that day."""
    return cohorts.filter(state__in=NOT_OVER, ends_on__lt=on).annotate(since=F("ends_on"))


def to_place(cohorts: Rows, on: date) -> Rows:
    """Over for a month, not for more than a year, and of nobody's work anything recorded; `since` its last day."""
    placed = EmploymentSpell.objects.standing().filter(enrolment__cohort=OuterRef("pk"))
    over = cohorts.filter(
        state__in=[CohortState.COMPLETED, CohortState.CLOSED], ends_on__range=(on - A_YEAR, on - A_MONTH)
    )
    return over.filter(~Exists(placed)).annotate(since=F("ends_on"))


@dataclass(frozen=True)
class Kind:
    """Who deals with it, which cohorts, in what words, on which page of one, in which list of several."""

    permission: Permission
    rows: Callable[[Rows, date], Rows]
    text: Any
    page: str
    filters: str


KINDS = {
    "cohorts_submitted": Kind(
        Permission.COHORT_APPROVE,
        submitted,
        ngettext_lazy(
            "%(n)s 个培训班等待审核，最早 %(oldest)s开班",
            "%(n)s 个培训班等待审核，最早 %(oldest)s开班",
            "count",
        ),
        "courses:cohort",
        "?state=submitted",
    ),
    "cohorts_returned": Kind(
        Permission.COHORT_EDIT,
        returned,
        ngettext_lazy(
            "%(n)s 个培训班被退回，修改后可以再提交，最早 %(oldest)s开班",
            "%(n)s 个培训班被退回，修改后可以再提交，最早 %(oldest)s开班",
            "count",
        ),
        "courses:cohort",
        "?state=returned",
    ),
    "cohorts_with_bad_rows": Kind(
        Permission.COHORT_EDIT,
        with_bad_rows,
        ngettext_lazy(
            "%(n)s 个培训班的名单有需要改正的行，最早 %(oldest)s上传",
            "%(n)s 个培训班的名单有需要改正的行，最早 %(oldest)s上传",
            "count",
        ),
        "courses:roster",
        "?waiting=roster",
    ),
    "cohorts_without_attendance": Kind(
        Permission.RESULT_RECORD,
        without_attendance,
        ngettext_lazy(
            "%(n)s 个培训班有课次还没有登记考勤，最早一节在 %(oldest)s",
            "%(n)s 个培训班有课次还没有登记考勤，最早一节在 %(oldest)s",
            "count",
        ),
        "courses:attendance",
        "?waiting=attendance",
    ),
    "cohorts_overdue": Kind(
        Permission.COHORT_EDIT,
        overdue,
        ngettext_lazy(
            "%(n)s 个培训班已过结业日期，还没有考核或判定结果，最早 %(oldest)s结业",
            "%(n)s 个培训班已过结业日期，还没有考核或判定结果，最早 %(oldest)s结业",
            "count",
        ),
        "courses:cohort",
        "?waiting=end",
    ),
}

LISTS = {
    "roster": with_bad_rows,
    "attendance": without_attendance,
    "end": overdue,
    "employment": to_place,
    "evaluation": to_evaluate,
}
"""What the list of cohorts can be narrowed to, beyond a state."""


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """The cohorts that wait for this actor, a query for each kind that the actor deals with."""
    found: list[Waiting] = []
    page = reverse("courses:cohorts")
    for key, kind in KINDS.items():
        if actor.may_somewhere(kind.permission):
            rows = kind.rows(_in_scope(actor, kind.permission), on)
            found += counted(key, kind.text, rows, since="since", one=kind.page, many=page + kind.filters)
    return found


def _in_scope(actor: Actor, permission: Permission) -> Rows:
    if actor.is_system:
        return Cohort.objects.all()
    rows = Cohort.objects.in_scope(actor.scope(permission))
    if permission is Permission.COHORT_APPROVE:  # who files for a base does not approve for it
        own = Cohort.objects.in_scope(actor.scope(Permission.COHORT_EDIT))
        rows = rows.exclude(pk__in=own.values("pk"))
    return rows
