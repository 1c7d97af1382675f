"""Check-in: the window that a link or a code opens, who in the cohort somebody is, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime

from courses.models import Attendance, CheckIn, Cohort, Enrolment, Session
from courses.models.check_ins import CheckInQuerySet
from courses.models.enrolments import Outcome
from courses.teaching_errors import CheckInClosed, CheckInCodeUnknown, SeveralOnRoster
from registry.rules.last_four import ends_with, parse_last_four
from registry.rules.names import same_name

PUBLIC_ID_LENGTH = 12


def windows() -> CheckInQuerySet:
    return CheckIn.objects.select_related("session__cohort__course", "session__cohort__base")


def by_token(token: str, *, at: datetime) -> CheckIn:
    """The open window of a link. Raises CheckInClosed, also for a link that never was one."""
    found = windows().open_at(at).filter(token=token).first()
    if found is None:
        raise CheckInClosed()
    return found


def by_code(code: str, *, at: datetime) -> CheckIn:
    """The open window of a spoken code. Raises CheckInCodeUnknown."""
    found = windows().open_at(at).filter(code=code).first() if code else None
    if found is None:
        raise CheckInCodeUnknown(field="code")
    return found


def trainee(cohort: Cohort, *, who: str, name: str = "") -> Enrolment | None:
    """The trainee whose citizen ID ends so, or whose enrolment has this number; whoever left is none.

    The IDs are sealed, so the cohort's are opened and compared. Raises SeveralOnRoster when the last four signs are
    those of several and the name does not tell them apart.
    """
    rows = Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW).select_related("person")
    last_four = parse_last_four(who)
    if not last_four:
        number = "".join(who.lower().split())
        return rows.filter(public_id=number).first() if len(number) == PUBLIC_ID_LENGTH else None
    found = [row for row in rows if ends_with(row.person.citizen_id, last_four)]
    if len(found) > 1:
        if not name.strip():
            raise SeveralOnRoster(field="name")
        found = [row for row in found if same_name(row.person.name, name)]
        if len(found) > 1:  # only the number tells them apart
            raise SeveralOnRoster(field="who", same_name=True)
    return found[0] if found else None


@dataclass(frozen=True)
class Arrival:
    """One trainee of a session: the attendance, none while nothing is recorded."""

    enrolment: Enrolment
    attendance: Attendance | None


def arrivals(session: Session) -> list[Arrival]:
    """Every trainee who has not left, in roster order; two queries."""
    held = {row.enrolment_id: row for row in Attendance.objects.filter(session=session)}
    rows = Enrolment.objects.filter(cohort=session.cohort_id).exclude(outcome=Outcome.WITHDREW)
    return [Arrival(row, held.get(row.pk)) for row in rows.select_related("person")]


def open_window(session: Session, *, at: datetime) -> CheckIn | None:
    """The window of a session that is open at this moment."""
    return CheckIn.objects.open_at(at).filter(session=session).first()
