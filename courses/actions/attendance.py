"""Writes of attendance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from courses.actions.cohorts import locked
from courses.errors import BadMark, NotInCohort, RecordsClosed, SessionAhead
from courses.models import Attendance, Cohort, Enrolment, Session
from courses.models.attendance import RecordedHow
from courses.rules import attendance as attendance_rules
from courses.rules.attendance import MARKS
from courses.rules.cohorts import OPEN_TO_ATTENDANCE
from registry.actions import audit
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    cohort: Cohort,
    marks: Mapping[tuple[int, int], str],
    how: str = RecordedHow.PAGE,
) -> dict[str, int]:
    """Record marks of (session, enrolment), "" to take one away; how many were written and cleared.

    Writes what differs only, in a number of queries that does not depend on how many marks there are.
    Raises BadMark, NotInCohort, SessionAhead for a session later than `on`, RecordsClosed before and after
    the training.
    """
    cohort = locked(cohort)
    require(by, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_ATTENDANCE:
        raise RecordsClosed(state=cohort.state)
    if any(mark and mark not in MARKS for mark in marks.values()):
        raise BadMark(expected=list(MARKS))
    sessions = dict(Session.objects.filter(cohort=cohort).values_list("pk", "on"))
    enrolments = set(Enrolment.objects.filter(cohort=cohort).values_list("pk", flat=True))
    strange = {pair for pair in marks if pair[0] not in sessions or pair[1] not in enrolments}
    if strange:
        raise NotInCohort(count=len(strange))
    ahead = sorted(
        sessions[session] for (session, _), mark in marks.items() if mark and sessions[session] > on
    )
    if ahead:
        raise SessionAhead(on=str(ahead[0]))
    held: dict[tuple[int, int], Any] = {
        (row.session_id, row.enrolment_id): row
        for row in Attendance.objects.filter(session_id__in={session for session, _ in marks})
    }
    changed = [
        Attendance(session_id=session, enrolment_id=enrolment, presence=mark, how=how, recorded_on=on)
        for (session, enrolment), mark in marks.items()
        if mark and ((session, enrolment) not in held or held[session, enrolment].presence != mark)
    ]
    cleared = [held[pair].pk for pair, mark in marks.items() if not mark and pair in held]
    if changed:
        Attendance.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["session", "enrolment"],
            update_fields=["presence", "how"],
            batch_size=BATCH_ROWS,
        )
    if cleared:
        Attendance.objects.filter(pk__in=cleared).delete()
    counts = {"written": len(changed), "cleared": len(cleared)}
    if changed or cleared:
        audit.record(
            "attendance.recorded", cohort, by=by, region_path=cohort.region.path, on=str(on), **counts
        )
    return counts


@dataclass(frozen=True)
class Recorded:
    """What came of texts that people typed: how many were written and cleared, and where a text means nothing."""

    written: int
    cleared: int
    problems: Mapping[tuple[int, int], str]


@transaction.atomic
def record_texts(
    *,
    by: Actor,
    on: date,
    cohort: Cohort,
    texts: Mapping[tuple[int, int], str],
    how: str = RecordedHow.PAGE,
) -> Recorded:
    """Record marks as typed into a page or a sheet: good ones are kept, each bad one gets a problem code.

    Refuses as a whole what `record` refuses as a whole, a session that is still ahead apart: that is its cell's.
    """
    ahead = set(Session.objects.filter(cohort=cohort, on__gt=on).values_list("pk", flat=True))
    marks: dict[tuple[int, int], str] = {}
    problems: dict[tuple[int, int], str] = {}
    for pair, text in texts.items():
        try:
            mark = attendance_rules.parse(text)
        except ValueError:
            problems[pair] = BadMark.code
            continue
        if mark and pair[0] in ahead:
            problems[pair] = "session_ahead_here"
        else:
            marks[pair] = mark
    counts = record(by=by, on=on, cohort=cohort, marks=marks, how=how)
    return Recorded(counts["written"], counts["cleared"], problems)
