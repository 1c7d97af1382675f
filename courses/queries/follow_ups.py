"""Follow-ups (回访): what is due, for whom, and what has fallen due but was not made yet."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, QuerySet, Value, When

from courses.models import CounsellorAssignment, EmploymentSpell, Enrolment, FollowUp
from courses.models.cohorts import CohortState
from courses.models.enrolments import Outcome
from courses.models.follow_ups import FollowUpQuerySet
from courses.rules import follow_ups as rules
from registry.models import Consent, Region
from registry.models.people import ConsentPurpose, of_people_in
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
    rows: Any = due(on=on).visible_to(actor).select_related("person__region", "spell", "enrolment__cohort")
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

    Two queries for each batch of completions and of jobs, and one for the local standards.
    """
    months = standards.everywhere("follow_up_months", on=on)
    completed = Enrolment.objects.filter(
        outcome=Outcome.COMPLETED, cohort__state__in=[CohortState.COMPLETED, CohortState.CLOSED]
    )
    yield from _missing("enrolment", completed.annotate(began=F("outcome_on")), months, on)
    # Of work that was over before the question came up there is nothing to ask.
    for batch in _missing(
        "spell", EmploymentSpell.objects.standing().annotate(began=F("started_on")), months, on
    ):
        yield [one for one in batch if one.spell and _lasts(one.spell, one.due_on)]


def _missing(
    what: str, rows: QuerySet[Any], months: Callable[[str], list[int]], on: date
) -> Iterator[list[FollowUp]]:
    """Of things that began so long ago that a question can be due, and not so long that none is asked any more."""
    recent = rows.filter(began__gte=on - rules.OLDEST, began__lt=on).select_related("person__region")
    last = 0
    while batch := list(recent.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        there = set(FollowUp.objects.filter(**{f"{what}__in": batch}).values_list(f"{what}_id", "months"))
        yield [
            FollowUp(person_id=row.person_id, months=count, due_on=day, **{what: row})
            for row in batch
            for count, day in rules.due(row.began, months(row.person.region.path), on=on)
            if (row.pk, count) not in there
        ]


def _lasts(spell: EmploymentSpell, day: date) -> bool:
    return spell.ended_on is None or spell.ended_on > day
