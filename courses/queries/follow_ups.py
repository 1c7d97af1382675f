"""Follow-ups (回访): what is due, for whom, and what has fallen due but was not made yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, QuerySet, Subquery, Value, When

from courses.models import CounsellorAssignment, EmploymentSpell, Enrolment, FollowUp, Graduation
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.models.follow_ups import FollowUpQuerySet
from courses.rules import follow_ups as rules
from registry.models import Consent, EmploymentStatus, Region
from registry.models.people import ConsentPurpose, of_people_in
from registry.models.standing import Employment
from registry.queries import standards
from registry.rules.access import Actor, Permission

BATCH = 2_000
"""Rows of one statement when due questions are made."""


def withdrawn(person: str = "person") -> Any:
    """Whether the person of a row took back their consent to be asked, and gave no new one."""
    asked = Consent.objects.filter(person=OuterRef(person), purpose=ConsentPurpose.FOLLOW_UP)
    return Exists(asked.filter(withdrawn_on__isnull=False)) & ~Exists(asked.filter(withdrawn_on__isnull=True))


def due(*, on: date) -> FollowUpQuerySet:
    """Questions that may be asked on the day: due, unanswered, and not against the person's will."""
    return FollowUp.objects.waiting().filter(~withdrawn(), due_on__lte=on)


def in_reach(actor: Actor, rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Of these, those whose people the actor may follow up."""
    if actor.is_system:
        return rows
    return rows.filter(of_people_in(actor.scope(Permission.FOLLOW_UP_RECORD)))


def mine(actor: Actor) -> Exists:
    """Whether the person of a row is assigned to this account."""
    assigned = CounsellorAssignment.objects.standing().filter(person=OuterRef("person"))
    return Exists(assigned.filter(counsellor=actor.account_id))


def listed(actor: Actor, *, on: date, whose: str = "", region: Region | None = None) -> QuerySet[FollowUp]:
    """The due list of the actor: their own people first, each part oldest first.

    `whose`: "mine", "nobody" for people without a counsellor, "" for everybody in reach. Each row has `is_mine`,
    `is_overdue` (due before the day) and `counsellor`, the name or None.
    """
    assigned = CounsellorAssignment.objects.standing().filter(person=OuterRef("person"))
    rows: Any = (
        due(on=on)
        .visible_to(actor)
        .select_related("person__region", "spell", "enrolment__cohort", "graduation")
    )
    if region is not None:
        rows = rows.filter(person__region__path__startswith=region.path)
    if whose == "nobody":
        rows = rows.filter(~Exists(assigned))
    rows = rows.annotate(
        is_mine=mine(actor),
        is_overdue=Case(
            When(due_on__lt=on, then=Value(True)), default=Value(False), output_field=BooleanField()
        ),
        counsellor=assigned.values("counsellor__name")[:1],
    )
    if whose == "mine":
        rows = rows.filter(is_mine=True)
    return rows.order_by("-is_mine", "due_on", "pk")


def unwilling(actor: Actor, *, on: date) -> int:
    """How many people in reach have questions due but took back their consent: told, never listed."""
    rows = FollowUp.objects.waiting().visible_to(actor).filter(withdrawn(), due_on__lte=on)
    return rows.order_by().values("person").distinct().count()


def missing(*, on: date) -> Iterator[list[FollowUp]]:
    """Questions that have fallen due by the day and were not made yet, a batch at a time.

    Two queries for each batch of completions and of jobs, three for one of graduations, and two for the local
    standards.
    """
    months = standards.everywhere("follow_up_months", on=on)
    completed = Enrolment.objects.filter(
        outcome=Outcome.COMPLETED, cohort__state__in=[CohortState.COMPLETED, CohortState.CLOSED]
    )
    yield from _missing("enrolment", completed.annotate(began=F("outcome_on")), _of_place(months), on)
    yield from _missing_of_jobs(months, on)
    yield from _missing_of_graduates(on)


def _missing_of_jobs(months: Callable[[str], list[int]], on: date) -> Iterator[list[FollowUp]]:
    """Of work that was over before the question came up there is nothing to ask."""
    graduations = Graduation.objects.filter(
        person=OuterRef("person"), graduated_on__lte=OuterRef("started_on")
    )
    spells = EmploymentSpell.objects.standing().annotate(
        began=F("started_on"), graduated_on=Subquery(graduations.values("graduated_on")[:1])
    )

    def of_job(spell: Any) -> list[int]:
        wanted = months(spell.person.region.path)
        return rules.months_of_job(wanted, started_on=spell.started_on, graduated_on=spell.graduated_on)

    for batch in _missing("spell", spells, of_job, on):
        yield [one for one in batch if one.spell and _lasts(one.spell, one.due_on)]


def _missing_of_graduates(on: date) -> Iterator[list[FollowUp]]:
    """“不断线”就业指导 in the year after graduation (docs/domain.md §2.2 T17): of who had no work on the day."""
    months = standards.everywhere("graduate_follow_up_months", on=on)
    graduations = Graduation.objects.annotate(began=F("graduated_on"))
    for batch in _missing("graduation", graduations, _of_place(months), on):
        statuses: dict[int, list[tuple[date, str]]] = defaultdict(list)
        rows = EmploymentStatus.objects.filter(person__in={one.person_id for one in batch})
        for person, since, status in rows.order_by("since").values_list("person_id", "since", "status"):
            statuses[person].append((since, status))
        yield [one for one in batch if not _employed(statuses[one.person_id], one.due_on)]


def _missing(
    what: str, rows: QuerySet[Any], months: Callable[[Any], list[int]], on: date
) -> Iterator[list[FollowUp]]:
    """Of things that began so long ago that a question can be due, and not so long that none is asked any more.

    `months` gives those of a row.
    """
    recent = rows.filter(began__gte=on - rules.OLDEST, began__lt=on).select_related("person__region")
    last = 0
    while batch := list(recent.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        there = set(FollowUp.objects.filter(**{f"{what}__in": batch}).values_list(f"{what}_id", "months"))
        yield [
            FollowUp(person_id=row.person_id, months=count, due_on=day, **{what: row})
            for row in batch
            for count, day in rules.due(row.began, months(row), on=on)
            if (row.pk, count) not in there
        ]


def _of_place(months: Callable[[str], list[int]]) -> Callable[[Any], list[int]]:
    """The months that hold where the person of a row is managed."""
    return lambda row: months(row.person.region.path)


def _employed(statuses: Iterable[tuple[date, str]], day: date) -> bool:
    """Whether the last of these statuses, in order of their days, that began by the day is of work."""
    begun = [status for since, status in statuses if since <= day]
    return bool(begun) and begun[-1] == Employment.EMPLOYED


def _lasts(spell: EmploymentSpell, day: date) -> bool:
    return spell.ended_on is None or spell.ended_on > day
