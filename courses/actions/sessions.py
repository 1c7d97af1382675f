"""Writes of the timetable: put sessions into it, change or move one, take one out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from courses.actions.cohorts import locked, mended
from courses.errors import BadPattern, RecordsClosed, SessionHasMarks, SessionOutsideCohort, SessionTaken
from courses.models import Cohort, Session, Trainer
from courses.queries.sessions import clash, same_people
from courses.rules.cohorts import OPEN_TO_SESSIONS
from courses.rules.filings import Task
from courses.rules.sessions import HOURS, MOST_SESSIONS, PARTS, NewSession
from courses.teaching_errors import (
    RoomBusy,
    SessionMadeUp,
    SessionRecorded,
    TrainerBusy,
    TrainerBusyElsewhere,
)
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import TrainingBase
from registry.models.batches import BATCH_ROWS
from registry.rules.access import Actor, Permission, require

FIXED_BY_MARKS = ("on", "part", "hours", "makes_up_id")
"""What attendance that is recorded rests on."""


@transaction.atomic
def add_sessions(*, by: Actor, on: date, cohort: Cohort, sessions: Sequence[NewSession]) -> list[Session]:
    """Put sessions into the timetable, all or none; hours in 课时. Their trainers become trainers of the cohort.

    Raises InvalidInput, SessionOutsideCohort, SessionTaken, TrainerBusy, TrainerBusyElsewhere, RoomBusy,
    RecordsClosed, BadPattern for none or too many.
    """
    cohort = _open(by, cohort)
    taken = set(Session.objects.filter(cohort=cohort).values_list("on", "part"))
    if not sessions or len(sessions) + len(taken) > MOST_SESSIONS:
        raise BadPattern(limit=MOST_SESSIONS)
    wanted = [_session(cohort, one) for one in sessions]
    for session in wanted:
        _check(session, cohort)
        if (session.on, session.part) in taken:
            raise SessionTaken(field="on", on=str(session.on), part=session.part)
        taken.add((session.on, session.part))
    _check_make_ups(cohort, wanted)
    _check_free(cohort, wanted)
    made = Session.objects.bulk_create(wanted, batch_size=BATCH_ROWS)
    mended(cohort, Task.TIMETABLE)
    hours = sum(session.hours for session in sessions)
    path = cohort.region.path
    audit.record("sessions.added", cohort, by=by, region_path=path, on=str(on), count=len(made), hours=hours)
    return made


@transaction.atomic
def edit_session(*, by: Actor, on: date, session: Session, to: NewSession) -> Session:
    """Change or move a session; `to` is all that it shall be (queries/sessions.py `as_new` gives what it is).

    Raises as `add_sessions` does, and SessionRecorded when attendance rests on what would change.
    """
    cohort = _open(by, session.cohort)
    held = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    session = _session(cohort, to)
    session.pk = held.pk
    before, fixed = _facts(held), [getattr(held, name) for name in FIXED_BY_MARKS]
    _check(session, cohort)
    moved = fixed != [getattr(session, name) for name in FIXED_BY_MARKS]
    if moved and session.attendances.exists():
        raise SessionRecorded(on=str(fixed[0]), part=fixed[1])
    same = Session.objects.filter(cohort=cohort, on=session.on, part=session.part)
    if same.exclude(pk=session.pk).exists():
        raise SessionTaken(field="on", on=str(session.on), part=session.part)
    _check_make_ups(cohort, [session])
    _check_free(cohort, [session])
    after = _facts(session)
    if before != after:
        session.save(force_update=True)
        mended(cohort, Task.TIMETABLE)
        path = cohort.region.path
        audit.record(
            "session.edited", cohort, by=by, region_path=path, on=str(on), before=before, after=after
        )
    return session


@transaction.atomic
def remove_session(*, by: Actor, on: date, session: Session) -> None:
    """Take a session out of the timetable; raises SessionHasMarks with attendance, SessionMadeUp with a make-up."""
    cohort = _open(by, session.cohort)
    if session.attendances.exists():
        raise SessionHasMarks(on=str(session.on), part=session.part)
    if session.make_ups.exists():
        raise SessionMadeUp(on=str(session.on), part=session.part)
    facts = {"session": str(session.on), "part": session.part, "hours": session.hours}
    session.delete()
    mended(cohort, Task.TIMETABLE)
    audit.record("session.removed", cohort, by=by, region_path=cohort.region.path, on=str(on), **facts)


def _open(by: Actor, cohort: Cohort) -> Cohort:
    cohort = locked(cohort)
    require(by, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_SESSIONS:
        raise RecordsClosed(state=cohort.state)
    return cohort


def _session(cohort: Cohort, new: NewSession) -> Session:
    return Session(
        cohort=cohort,
        on=new.on,
        part=new.part,
        kind=new.kind,
        hours=new.hours,
        topic=new.topic.strip(),
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        trainer_id=new.trainer,
        room=new.room.strip(),
        makes_up_id=new.makes_up,
    )


def _check(session: Session, cohort: Cohort) -> None:
    require_valid(Session, kind=session.kind, topic=session.topic, room=session.room)
    problems = {}
    if session.hours not in HOURS:
        problems["hours"] = "session_hours_invalid"
    if session.part not in PARTS:
        problems["part"] = "session_part_invalid"
    if (session.starts_at is None) != (session.ends_at is None):
        problems["ends_at"] = "session_times_pair"
    elif session.starts_at and session.ends_at and session.ends_at <= session.starts_at:
        problems["ends_at"] = "session_time_order"
    if problems:
        raise InvalidInput(fields=problems)
    if not cohort.starts_on <= session.on <= cohort.ends_on:
        raise SessionOutsideCohort(
            field="on", on=str(session.on), starts_on=str(cohort.starts_on), ends_on=str(cohort.ends_on)
        )


def _check_make_ups(cohort: Cohort, wanted: Sequence[Session]) -> None:
    """A make-up is held after a session of the course that is none itself, in the same cohort."""
    asked = {session.makes_up_id for session in wanted if session.makes_up_id}
    if not asked:
        return
    rows = Session.objects.filter(cohort=cohort, makes_up=None, pk__in=asked)
    original = {pk: (day, part) for pk, day, part in rows.values_list("pk", "on", "part")}
    for session in wanted:
        held = original.get(session.makes_up_id or 0)
        is_after = held is not None and (session.on, session.part) > held
        is_original = session.pk is not None and session.make_ups.exists()
        if session.makes_up_id and (not is_after or is_original):
            raise InvalidInput(fields={"makes_up": "session_makes_up_invalid"})


def _check_free(cohort: Cohort, wanted: Sequence[Session]) -> None:
    """No trainer and no room twice at one time; whoever books the same ones at this moment waits here."""
    asked = {session.trainer_id for session in wanted if session.trainer_id}
    people = same_people(asked)
    rows = Trainer.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    trainers = {trainer.pk: trainer for trainer in rows}
    if any(pk not in trainers or trainers[pk].base_id != cohort.base_id for pk in asked):
        raise InvalidInput(fields={"trainer": "trainer_of_other_base"})
    for session in wanted:
        if session.trainer_id and not _teaches(trainers[session.trainer_id], session.on):
            raise InvalidInput(fields={"trainer": "trainer_not_active"}, on=str(session.on))
    if any(session.room for session in wanted):
        TrainingBase.objects.select_for_update(of=("self",), no_key=True).get(pk=cohort.base_id)
    found = clash(cohort, wanted, people=people)
    if found is not None:
        day, other = str(found.wanted.on), found.other
        if found.is_room:
            raise RoomBusy(field="room", on=day, part=other.part, cohort=other.cohort.name)
        if other.cohort.base_id != cohort.base_id:
            raise TrainerBusyElsewhere(field="trainer", on=day)
        raise TrainerBusy(field="trainer", on=day, part=other.part, cohort=other.cohort.name)
    if asked:
        cohort.trainers.add(*asked)


def _teaches(trainer: Trainer, day: date) -> bool:
    return trainer.active_from <= day and (trainer.active_until is None or day <= trainer.active_until)


def _facts(session: Session) -> dict[str, Any]:
    facts = {name: getattr(session, name) for name in ("part", "kind", "hours", "topic", "room")}
    facts |= {name: str(getattr(session, name) or "") for name in ("on", "starts_at", "ends_at")}
    facts["trainer"] = session.trainer.public_id if session.trainer else None
    made_up = session.makes_up
    return facts | {"makes_up": f"{made_up.on} {made_up.part}" if made_up else None}
