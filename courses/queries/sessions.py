"""Which sessions are held at the same time with the same trainer or in the same room."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from courses.models import Cohort, Session, Trainer
from courses.models.cohorts import CohortState
from courses.rules.sessions import NewSession, Slot, overlap


@dataclass(frozen=True)
class Clash:
    """A session that cannot be held: the other one that has its trainer or its room."""

    wanted: Session
    other: Session
    is_room: bool


def as_new(session: Session) -> NewSession:
    """What the session is, in the form in which one is asked for: to change some of it."""
    return NewSession(
        on=session.on,
        hours=session.hours,
        part=session.part,
        kind=session.kind,
        topic=session.topic,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        trainer=session.trainer_id,
        room=session.room,
        makes_up=session.makes_up_id,
    )


def slot(session: Session) -> Slot:
    return Slot(session.on, session.part, session.starts_at, session.ends_at)


def same_people(trainers: Collection[int]) -> dict[int, int]:
    """For each of these trainers, and for whoever is the same person at another base: one key per person."""
    known = Trainer.objects.filter(pk__in=trainers).exclude(citizen_id_index=None)
    indexes = list(known.values_list("citizen_id_index", flat=True))
    rows = Trainer.objects.filter(Q(pk__in=trainers) | Q(citizen_id_index__in=indexes)).order_by("pk")
    first: dict[bytes, int] = {}
    return {
        pk: pk if index is None else first.setdefault(bytes(index), pk)
        for pk, index in rows.values_list("pk", "citizen_id_index")
    }


def clash(cohort: Cohort, wanted: Sequence[Session], *, people: dict[int, int]) -> Clash | None:
    """The first of these sessions whose trainer or room is taken, by one that is held already or by another of these.

    One query, however many sessions there are. Sessions of cancelled cohorts are not held.
    """
    rooms = {session.room for session in wanted if session.room}
    days = {session.on for session in wanted}
    others = Session.objects.filter(
        Q(trainer__in=people) | Q(room__in=rooms, cohort__base=cohort.base_id), on__in=days
    ).exclude(cohort__state=CohortState.CANCELLED)
    by_day: dict[object, list[Session]] = {}
    replaced = {session.pk for session in wanted if session.pk}
    for other in others.select_related("cohort"):
        if other.pk not in replaced:
            by_day.setdefault(other.on, []).append(other)
    for session in wanted:
        held = by_day.setdefault(session.on, [])
        for other in held:
            if not overlap(slot(session), slot(other)):
                continue
            if session.trainer_id and people.get(other.trainer_id or 0) == people[session.trainer_id]:
                return Clash(session, other, is_room=False)
            if session.room and session.room == other.room and other.cohort.base_id == cohort.base_id:
                return Clash(session, other, is_room=True)
        held.append(session)
    return None
