"""Which cohorts to look at again, read from the audit trail: every write leaves a row there, so nothing else is asked."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from courses.models import Cohort, Enrolment, Evaluation, ReviewFlag, Session
from courses.models.cohorts import CohortState
from courses.models.flags import FlagState
from courses.queries import flag_bases
from courses.queries.flag_facts import LOOKED_AT
from courses.rules.flags import OF_LATEST, Check
from registry.models import AuditEvent
from registry.models.regions import in_subtrees

RUNNING = (CohortState.RUNNING, CohortState.ASSESSING)
NOT_CLOSED = LOOKED_AT - {CohortState.CLOSED}
ONLY_LOOKED = frozenset({"person.revealed"})
"""Rows of the trail that change nothing."""
ALONE = frozenset({"attendance.recorded", "results.recorded"})
"""Writes that cannot change what the checks see in any other cohort."""

CLASHES = (Check.TRAINER_TWICE, Check.ROOM_TWICE)

Rows = QuerySet[Cohort]

# How the subject of an audit row leads to cohorts: from public ids.
BY_SUBJECT: dict[str, Callable[[Collection[str]], Rows]] = {
    "cohort": lambda ids: Cohort.objects.filter(public_id__in=ids),
    "enrolment": lambda ids: Cohort.objects.filter(enrolments__public_id__in=ids),
    "course": lambda ids: Cohort.objects.filter(course__public_id__in=ids),
    "trainer": lambda ids: Cohort.objects.filter(sessions__trainer__public_id__in=ids),
    "person": lambda ids: Cohort.objects.filter(enrolments__person__public_id__in=ids),
    "employmentspell": lambda ids: Cohort.objects.filter(
        enrolments__person__employment_spells__public_id__in=ids
    ),
    "exam": lambda ids: Cohort.objects.filter(exams__public_id__in=ids),
    "evaluation": lambda ids: Cohort.objects.filter(evaluation__public_id__in=ids),
    "trainingbase": lambda ids: Cohort.objects.filter(base__public_id__in=ids, state__in=NOT_CLOSED),
}


def events(*, after: int, before: datetime, limit: int, since: datetime | None = None) -> list[AuditEvent]:
    """Rows of the audit trail that were written after that one and before the moment, oldest first."""
    rows = AuditEvent.objects.filter(pk__gt=after, at__lt=before)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return list(rows.order_by("pk")[:limit])


def touched(rows: Iterable[AuditEvent]) -> set[int]:
    """The cohorts of which the checks may now see something else; a query for each kind of subject and two more."""
    subjects: dict[str, set[str]] = defaultdict(set)
    alone: set[str] = set()
    places: set[str] = set()
    for event in rows:
        if event.subject_type == "localstandard":
            places.add(event.region_path)
        elif event.verb in ALONE:
            alone.add(event.subject_id)
        elif event.verb not in ONLY_LOOKED:
            subjects[event.subject_type].add(event.subject_id)
    found: set[int] = set()
    for subject, ids in subjects.items():
        if subject in BY_SUBJECT:
            found |= _ids(BY_SUBJECT[subject](ids))
        elif subject in settings.FLAG_SUBJECTS:
            found |= import_string(settings.FLAG_SUBJECTS[subject])(ids)
    if places:
        inside = Cohort.objects.filter(in_subtrees("region__path", tuple(places)))
        found |= _ids(inside.filter(state__in=RUNNING))
    if found:
        found |= beside(found)
    return found | (_ids(Cohort.objects.filter(public_id__in=alone)) if alone else set())


def beside(cohort_ids: Collection[int]) -> set[int]:
    """Other cohorts in which these show: with a trainee, trainer or room of theirs, or flagged as their base's latest."""
    trainees = Enrolment.objects.filter(cohort__in=cohort_ids).order_by().values("person")
    shared = Enrolment.objects.filter(person__in=trainees).exclude(cohort__in=cohort_ids)
    found = set(shared.order_by().values_list("cohort_id", flat=True).distinct())
    timetable = Session.objects.filter(cohort__in=cohort_ids).order_by()
    same_trainer = Q(trainer__in=timetable.exclude(trainer=None).values("trainer"))
    same_room = Q(
        room__in=timetable.exclude(room="").values("room"),
        cohort__base__in=Cohort.objects.filter(pk__in=cohort_ids).order_by().values("base"),
    )
    others = Session.objects.filter(same_trainer | same_room, on__in=timetable.values("on"))
    found |= set(others.order_by().values_list("cohort_id", flat=True).distinct())
    open_flags = ReviewFlag.objects.filter(state=FlagState.OPEN)
    latest = open_flags.filter(check_name__in=OF_LATEST, cohort__base__cohorts__in=cohort_ids)
    found |= set(latest.order_by().values_list("cohort_id", flat=True).distinct())
    return found | _naming(cohort_ids)


def _naming(cohort_ids: Collection[int]) -> set[int]:
    """Cohorts with an open clash that names one of these: a session that was moved away leaves no other trace.

    Such clashes are refused where they are entered, so there are few; that is why all of them may be read.
    """
    clashes = ReviewFlag.objects.filter(state=FlagState.OPEN, check_name__in=CLASHES)
    named: dict[str, set[int]] = defaultdict(set)
    for cohort, evidence in clashes.values_list("cohort_id", "evidence"):
        for code in evidence.get("cohorts", ()):
            named[code].add(cohort)
    codes = Cohort.objects.filter(public_id__in=named, pk__in=cohort_ids).values_list("public_id", flat=True)
    return {cohort for code in codes for cohort in named[code]}


def running() -> set[int]:
    """Cohorts that are being held now."""
    return _ids(Cohort.objects.filter(state__in=RUNNING))


def evaluated(*, since: date, on: date) -> set[int]:
    """The latest cohorts of the bases of which an evaluation ended since that day: its answers are told from then."""
    ended = Evaluation.objects.filter(closes_on__gte=since, closes_on__lt=on).order_by()
    return set(flag_bases.latest_of(set(ended.values_list("cohort__base_id", flat=True))))


def everything() -> list[int]:
    """Every cohort that is looked at."""
    return list(Cohort.objects.filter(state__in=LOOKED_AT).order_by("pk").values_list("pk", flat=True))


def newest() -> int:
    """The last row of the audit trail."""
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _ids(rows: Any) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True).distinct())
