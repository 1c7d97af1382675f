"""Writes of check-in (签到): a trainer opens and ends a window, a trainee says that they are there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.actions.cohorts import locked
from courses.errors import RecordsClosed
from courses.limits import CODE_MISSES, UNKNOWN_AT_ONE, UNKNOWN_TRAINEES
from courses.models import Attendance, CheckIn, Enrolment, Session
from courses.models.attendance import RecordedHow
from courses.models.check_ins import new_code
from courses.queries import check_ins as queries
from courses.rules.check_ins import MINUTES, TRAINEE, USUAL_MINUTES, late_from, presence
from courses.rules.cohorts import OPEN_TO_ATTENDANCE
from courses.teaching_errors import CheckInClosed, CheckInCodeUnknown, CheckInNotToday, NotOnRoster
from registry.actions import audit, throttles
from registry.errors import InvalidInput
from registry.queries import standards
from registry.rules.access import Actor, Permission, require

CODE_TRIES = 20
"""Codes drawn before giving up: with a thousand windows open, two in a row are taken once in a million."""


@transaction.atomic
def open_check_in(
    *, by: Actor, on: date, at: datetime, session: Session, minutes: int = USUAL_MINUTES
) -> CheckIn:
    """Open check-in for a session of today; the open window itself when there is one.

    Raises NotPermitted, CheckInNotToday, InvalidInput for minutes outside `MINUTES`, RecordsClosed.
    """
    cohort = locked(session.cohort)
    require(by, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_ATTENDANCE:
        raise RecordsClosed(state=cohort.state)
    session = Session.objects.get(pk=session.pk)
    if session.on != on:
        raise CheckInNotToday(on=str(session.on))
    if minutes not in MINUTES:
        raise InvalidInput(fields={"minutes": "check_in_minutes"})
    held = queries.open_window(session, at=at)
    if held is not None:
        return held
    starts_at = None
    if session.starts_at:
        starts_at = timezone.make_aware(datetime.combine(session.on, session.starts_at))
    grace = standards.value("late_minutes", region_path=cohort.region.path, on=on)
    made = _made(
        CheckIn(
            session=session,
            opened_at=at,
            closes_at=at + timedelta(minutes=minutes),
            late_from=late_from(opened_at=at, starts_at=starts_at, minutes=grace),
            opened_by=by.name,
        )
    )
    _audit("opened", made, cohort_path=cohort.region.path, by=by, minutes=minutes)
    return made


def _made(check_in: CheckIn) -> CheckIn:
    """With a code that no other window has; those that ended give theirs back first."""
    CheckIn.objects.filter(closes_at__lte=check_in.opened_at, code__isnull=False).update(code=None)
    for _try in range(CODE_TRIES):
        check_in.code = new_code()
        try:
            with transaction.atomic():
                check_in.save(force_insert=True)
        except IntegrityError:  # courses_checkin_code: another open window has it
            continue
        return check_in
    raise CheckInCodeUnknown(field="code")


@transaction.atomic
def end_check_in(*, by: Actor, at: datetime, check_in: CheckIn) -> CheckIn:
    """End the window now: its link and code lead nowhere from here on; doing so again changes nothing."""
    cohort = locked(check_in.session.cohort)
    require(by, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])
    held = CheckIn.objects.select_for_update(of=("self",), no_key=True).get(pk=check_in.pk)
    if held.closes_at > at:
        held.closes_at, held.code = max(at, held.opened_at), None
        held.save(update_fields=["closes_at", "code"])
        _audit("ended", held, cohort_path=cohort.region.path, by=by)
    return held


def find_by_code(*, code: str, address: str, at: datetime) -> CheckIn:
    """The open window of a typed code; a wrong one is counted. Raises CheckInCodeUnknown, TooManyRequests.

    No transaction around it: a wrong try must stay counted.
    """
    throttles.require_unspent(source=address, at=at, **CODE_MISSES)
    try:
        return queries.by_code(code, at=at)
    except CheckInCodeUnknown:
        throttles.hit(source=address, at=at, **CODE_MISSES)
        raise


@dataclass(frozen=True)
class CheckedIn:
    """Who is recorded as there, and whether that was so before."""

    enrolment: Enrolment
    attendance: Attendance
    is_new: bool


def check_in(*, window: CheckIn, who: str, name: str = "", address: str, at: datetime) -> CheckedIn:
    """Mark the trainee with these last four signs of the ID, or this enrolment number, as there, or late.

    What is recorded already stays as it is: only a trainer corrects it. A wrong try is counted, so there is no
    transaction around it all. Raises NotOnRoster, SeveralOnRoster, CheckInClosed, RecordsClosed, TooManyRequests.
    """
    throttles.require_unspent(source=address, at=at, **UNKNOWN_TRAINEES)
    throttles.require_unspent(source=window.token, at=at, **UNKNOWN_AT_ONE)
    found = queries.trainee(window.session.cohort, who=who, name=name)
    if found is None:
        throttles.hit(source=address, at=at, **UNKNOWN_TRAINEES)
        throttles.hit(source=window.token, at=at, **UNKNOWN_AT_ONE)
        raise NotOnRoster(field="who")
    return _mark(window, found, at)


@transaction.atomic
def _mark(window: CheckIn, enrolment: Enrolment, at: datetime) -> CheckedIn:
    # Whoever checks the same trainee in at this moment waits here, and then finds the mark.
    cohort = locked(window.session.cohort)
    if cohort.state not in OPEN_TO_ATTENDANCE:
        raise RecordsClosed(state=cohort.state)
    if not CheckIn.objects.open_at(at).filter(pk=window.pk).exists():
        raise CheckInClosed()
    held, is_new = Attendance.objects.get_or_create(
        session_id=window.session_id,
        enrolment=enrolment,
        defaults={
            "presence": presence(at=at, late_from=window.late_from),
            "how": RecordedHow.CHECK_IN,
            "checked_in_at": at,
            "recorded_on": timezone.localdate(at),
        },
    )
    if is_new:
        path = cohort.region.path
        facts = {"on": str(window.session.on), "part": window.session.part, "presence": held.presence}
        audit.record("enrolment.checked-in", enrolment, by=TRAINEE, region_path=path, **facts)
    return CheckedIn(enrolment, held, is_new)


def _audit(verb: str, check_in: CheckIn, *, cohort_path: str, by: Actor, **facts: object) -> None:
    session = check_in.session
    where = {"session": str(session.on), "part": session.part}
    audit.record(f"check-in.{verb}", session.cohort, by=by, region_path=cohort_path, **where | facts)
