"""Employment spells: the ledger, one person's history, and the trainees of a cohort with what became of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from courses.models import Cohort, EmploymentSpell, Enrolment
from courses.models.enrolments import Outcome
from registry.models import Person, Region
from registry.rules.access import Actor


def ledger(
    actor: Actor,
    *,
    on: date,
    region: Region | None = None,
    form: str = "",
    state: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[EmploymentSpell]:
    """Spells in reach that were not undone, latest start first; `state`: "running" or "ended" on the day.

    `since` and `until` are first and last day of the start.
    """
    rows = EmploymentSpell.objects.visible_to(actor).standing()
    if region is not None:
        rows = rows.filter(person__region__path__startswith=region.path)
    if form:
        rows = rows.filter(form=form)
    if state == "running":
        rows = rows.in_force(on)
    if state == "ended":
        rows = rows.filter(ended_on__lte=on)
    if since is not None:
        rows = rows.filter(started_on__gte=since)
    if until is not None:
        rows = rows.filter(started_on__lte=until)
    return rows.select_related("person__region", "enrolment__cohort")


def history(actor: Actor, person: Person) -> QuerySet[EmploymentSpell]:
    """Every spell of a person, undone ones too, latest first."""
    rows = EmploymentSpell.objects.visible_to(actor).filter(person=person)
    return rows.select_related("enrolment__cohort")


def running(person: Person, *, on: date) -> QuerySet[EmploymentSpell]:
    """What employs the person on the day."""
    return EmploymentSpell.objects.in_force(on).filter(person=person)


@dataclass(frozen=True)
class Placed:
    """A trainee and the job that counts for this cohort: its placement, else what employs them since it began."""

    enrolment: Enrolment
    spell: EmploymentSpell | None


def placements(cohort: Cohort, *, on: date) -> list[Placed]:
    """Trainees who have not left, in roster order; two queries."""
    rows = Enrolment.objects.filter(cohort=cohort).exclude(outcome=Outcome.WITHDREW).select_related("person")
    enrolments = list(rows)
    own = {row.pk for row in enrolments}  # a placement of this cohort comes before another job
    spells = EmploymentSpell.objects.standing().filter(person__in=[row.person_id for row in enrolments])
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=cohort.starts_on)
    found: dict[int, EmploymentSpell] = {}
    for spell in spells.filter(lasting | Q(enrolment__cohort=cohort)).order_by("started_on", "pk"):
        held = found.get(spell.person_id)
        if held is None or spell.enrolment_id in own or held.enrolment_id not in own:
            found[spell.person_id] = spell
    return [Placed(row, found.get(row.person_id)) for row in enrolments]


def facts(spell: EmploymentSpell) -> dict[str, Any]:
    """What a form that corrects the spell begins with."""
    names = ("form", "new_form", "employer_name", "employer_uscc", "post", "contract", "insurance")
    return {
        name: getattr(spell, name)
        for name in (*names, "found_through", "started_on", "ended_on", "end_reason")
    }
