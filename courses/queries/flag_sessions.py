"""What the checks ask of sessions: hours, when the attendance was written, and what else their trainer or room did then."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from courses.models import Attendance, Cohort, Session, Trainer
from courses.models.attendance import Presence
from courses.queries.flag_trainees import NOT_HELD
from courses.queries.sessions import slot
from courses.rules.flags import SessionFacts
from courses.rules.sessions import overlap

Clashes = dict[int, list[Session]]


def sessions(cohorts: Mapping[int, Cohort]) -> dict[int, list[SessionFacts]]:
    """The sessions of each cohort; five queries."""
    rows = list(Session.objects.filter(cohort__in=cohorts).select_related("cohort"))
    marks = _marks(cohorts)
    with_trainer, in_room = _clashes(rows)
    found: dict[int, list[SessionFacts]] = defaultdict(list)
    for session in rows:
        written = marks[session.pk]
        found[session.cohort_id].append(
            SessionFacts(
                on=session.on,
                hours=session.hours,
                is_make_up=session.makes_up_id is not None,
                is_recorded=bool(written),
                recorded_on=_by_half(written),
                all_there=all(presence == Presence.PRESENT for presence, _on, _count in written),
                trainer_clashes=_ids(with_trainer[session.pk]),
                room_clashes=_ids(in_room[session.pk]),
            )
        )
    return found


def _marks(cohorts: Iterable[int]) -> dict[int, list[tuple[str, date | None, int]]]:
    """By session: mark, when it was first written, how many."""
    rows = Attendance.objects.filter(session__cohort__in=cohorts).order_by()
    counted: Any = rows.values_list("session_id", "presence", "recorded_on").annotate(count=Count("pk"))
    found: dict[int, list[tuple[str, date | None, int]]] = defaultdict(list)
    for session, presence, recorded_on, count in counted:
        found[session].append((presence, recorded_on, count))
    return found


def _by_half(marks: Collection[tuple[str, date | None, int]]) -> date | None:
    """The day by which half of the marks were written: a few that are mended later change nothing."""
    total = sum(count for _presence, _on, count in marks)
    written = 0
    for _presence, recorded_on, count in sorted(marks, key=lambda mark: mark[1] or date.min):
        written += count
        if written * 2 >= total:
            return recorded_on
    return None


def _clashes(mine: Collection[Session]) -> tuple[Clashes, Clashes]:
    """Sessions of other cohorts at the same time, by session: with the same trainer, in the same room of the base."""
    alike = _alike({session.trainer_id for session in mine if session.trainer_id})
    with_trainer: Clashes = defaultdict(list)
    in_room: Clashes = defaultdict(list)
    others = _others(mine, {pk for pks in alike.values() for pk in pks})
    for session in mine:
        same_people = alike.get(session.trainer_id or 0, frozenset())
        for other in others[session.on]:
            if other.cohort_id == session.cohort_id or not overlap(slot(session), slot(other)):
                continue
            if other.trainer_id in same_people:
                with_trainer[session.pk].append(other)
            if session.room and session.room == other.room and session.cohort.base_id == other.cohort.base_id:
                in_room[session.pk].append(other)
    return with_trainer, in_room


def _others(mine: Collection[Session], trainers: Collection[int]) -> dict[date, list[Session]]:
    """Sessions of the same days with one of these trainers, or in a room of that name at one of the bases."""
    rooms = {session.room for session in mine if session.room}
    bases = {session.cohort.base_id for session in mine if session.room}
    rows: QuerySet[Session] = Session.objects.filter(
        Q(trainer__in=trainers) | Q(room__in=rooms, cohort__base__in=bases),
        on__in={session.on for session in mine if session.room or session.trainer_id},
    )
    found: dict[date, list[Session]] = defaultdict(list)
    for other in rows.exclude(cohort__state__in=NOT_HELD).select_related("cohort"):
        found[other.on].append(other)
    return found


def _alike(trainers: Collection[int]) -> dict[int, frozenset[int]]:
    """For each of these trainers, all who are or may be the same person.

    A citizen ID decides; where one of the two has none, the same name at two bases of a province is asked about.
    """
    mine = list(Trainer.objects.filter(pk__in=trainers).select_related("base__region"))
    indexes = {trainer.citizen_id_index for trainer in mine} - {None}
    names = {trainer.name for trainer in mine}
    rows = Trainer.objects.filter(Q(citizen_id_index__in=indexes) | Q(name__in=names))
    known = list(rows.select_related("base__region")) if mine else []
    return {
        one.pk: frozenset({one.pk, *(other.pk for other in known if _may_be_one(one, other))}) for one in mine
    }


def _may_be_one(one: Trainer, other: Trainer) -> bool:
    if one.citizen_id_index and other.citizen_id_index:
        return one.citizen_id_index == other.citizen_id_index
    near = one.base.region.path.split("/")[:2] == other.base.region.path.split("/")[:2]
    return near and one.base_id != other.base_id and one.name == other.name


def _ids(others: Iterable[Session]) -> list[str]:
    return sorted({other.cohort.public_id for other in others})
