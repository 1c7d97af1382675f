"""Changes that wait, for whom; and what a change of many certificates would touch."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.models import Certificate, Change, ChangeItem
from certificates.models.certificates import ALLOWED
from certificates.models.changes import VERBS, ChangeState
from certificates.queries.skills import skill_counts
from certificates.rules.changes import Kind
from certificates.rules.holders import SKILLS_AIMED_AT
from courses.models import Cohort
from registry.models import TrainingBase
from registry.models.regions import in_subtrees
from registry.rules.access import Actor, Permission

SHOWN = 100
"""People named in a preview; the count says the rest."""


@dataclass(frozen=True)
class Touched:
    """What a change of many certificates would do, before anybody asks for it."""

    certificates: QuerySet[Certificate]
    count: int
    first: list[Certificate]
    people: int
    lose_two: int
    """People who have two skills or more today, and would have fewer."""
    held_up: int
    """Certificates left out because another change of theirs waits."""

    @property
    def more(self) -> int:
        """Certificates that `first` does not show."""
        return self.count - len(self.first)


def to_approve(actor: Actor) -> QuerySet[Change]:
    """Changes that others asked for, where the actor may agree."""
    rows = Change.objects.filter(state=ChangeState.ASKED)
    if actor.is_system:
        return rows
    paths = actor.scope(Permission.CERTIFICATE_WITHDRAW).region_paths
    by_another = Q(asked_by__isnull=True) | ~Q(asked_by_id=actor.account_id)
    return rows.filter(by_another, in_subtrees("base__region__path", paths))


def open_item(certificate: Certificate) -> ChangeItem | None:
    """What waits for a certificate. One query."""
    return ChangeItem.objects.filter(certificate=certificate, is_open=True).select_related("change").first()


def touched(kind: str, *, on: date, base: TrainingBase, cohort: Cohort | None = None) -> Touched:
    """What changing all certificates of a base, or only those of one of its cohorts, would do.

    Five queries for up to 10,000 people, two more for each further 10,000.
    """
    waits = Exists(ChangeItem.objects.filter(certificate=OuterRef("pk"), is_open=True))
    held = Certificate.objects.filter(status__in=ALLOWED[VERBS[Kind(kind)]], base=base)
    if cohort is not None:
        held = held.filter(enrolment__cohort=cohort)
    rows = held.filter(~waits).order_by("pk")
    people = set(rows.order_by().values_list("person_id", flat=True))
    count = rows.count()
    lose_two = 0
    if kind in (Kind.SUSPEND, Kind.WITHDRAW) and people:
        now, then = skill_counts(people, on), skill_counts(people, on, without=rows)
        lose_two = sum(1 for person in people if now[person] >= SKILLS_AIMED_AT > then[person])
    return Touched(
        certificates=rows,
        count=count,
        first=list(rows[:SHOWN]),
        people=len(people),
        lose_two=lose_two,
        held_up=held.filter(waits).count(),
    )
