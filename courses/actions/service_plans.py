"""Writes of individual service plans (一人一策, 一生一策): open, change, review, close."""

from datetime import date

from django.db import transaction

from courses.errors import ServicePlanClosed, ServicePlanOpen
from courses.models import ServicePlan, ServicePlanReview
from registry.actions import audit
from registry.actions.people import locked
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models import Person
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require

LONGEST_TEXT = 1000
"""Characters of an aim, of steps, of what a review found."""


@transaction.atomic
def open_plan(
    *, by: Actor, on: date, person: Person, kind: str, aim: str, steps: str = "", opened_on: date
) -> ServicePlan:
    """A plan for one person, who has none that is open. Raises NotPermitted, InvalidInput, ServicePlanOpen."""
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    require_valid(ServicePlan, kind=kind)
    problems = _problems(aim=aim, steps=steps)
    if opened_on > on:
        problems["opened_on"] = "date_in_future"
    elif opened_on < held.birth_date:
        problems["opened_on"] = "date_before_birth"
    if problems:
        raise InvalidInput(fields=problems)
    if ServicePlan.objects.standing().filter(person=held).exists():
        raise ServicePlanOpen()
    made = ServicePlan.objects.create(
        person=held,
        kind=kind,
        aim=aim.strip(),
        steps=steps.strip(),
        opened_on=opened_on,
        recorded_by=by.name,
    )
    path = held.region.path
    audit.record("service_plan.opened", made, by=by, region_path=path, kind=kind, on=str(opened_on))
    people_changed(people=[held.pk], on=on)
    return made


@transaction.atomic
def review(
    *, by: Actor, on: date, plan: ServicePlan, reviewed_on: date, finding: str, aim: str, steps: str = ""
) -> ServicePlan:
    """What came of the plan so far, and aim and steps as they are from now on; the same day again corrects it.

    Raises NotPermitted, InvalidInput, ServicePlanClosed.
    """
    person, held = _held(plan, by=by)
    problems = _problems(aim=aim, steps=steps)
    if not finding.strip():
        problems["finding"] = "field_missing"
    elif len(finding) > LONGEST_TEXT:
        problems["finding"] = "field_too_long"
    if problem := _day_problem(reviewed_on, held, on=on):
        problems["reviewed_on"] = problem
    if problems:
        raise InvalidInput(fields=problems)
    ServicePlanReview.objects.update_or_create(
        plan=held, on=reviewed_on, defaults={"finding": finding.strip(), "recorded_by": by.name}
    )
    held.aim, held.steps = aim.strip(), steps.strip()
    held.reviewed_on = max(reviewed_on, held.reviewed_on or reviewed_on)
    held.save(update_fields=["aim", "steps", "reviewed_on"])
    path = person.region.path
    audit.record("service_plan.reviewed", held, by=by, region_path=path, on=str(reviewed_on))
    people_changed(people=[person.pk], on=on)
    return held


@transaction.atomic
def close(*, by: Actor, on: date, plan: ServicePlan, closed_on: date, reason: str) -> ServicePlan:
    """The plan is over; another can be opened. Raises NotPermitted, InvalidInput, ServicePlanClosed."""
    person, held = _held(plan, by=by)
    require_valid(ServicePlan, closed_reason=reason)
    problems = {} if reason else {"closed_reason": "field_missing"}
    if problem := _day_problem(closed_on, held, on=on):
        problems["closed_on"] = problem
    if problems:
        raise InvalidInput(fields=problems)
    held.closed_on, held.closed_reason = closed_on, reason
    held.save(update_fields=["closed_on", "closed_reason"])
    path = person.region.path
    audit.record("service_plan.closed", held, by=by, region_path=path, on=str(closed_on), reason=reason)
    people_changed(people=[person.pk], on=on)
    return held


def _held(plan: ServicePlan, *, by: Actor) -> tuple[Person, ServicePlan]:
    """The person, locked, and the plan as it stands now. Raises NotPermitted, ServicePlanClosed."""
    person = locked(plan.person)
    require(by, Permission.PERSON_EDIT, **reach(person))
    held = ServicePlan.objects.get(pk=plan.pk)
    if held.closed_on is not None:
        raise ServicePlanClosed()
    return person, held


def _problems(*, aim: str, steps: str) -> dict[str, str]:
    problems = {} if aim.strip() else {"aim": "field_missing"}
    for field, text in (("aim", aim), ("steps", steps)):
        if len(text) > LONGEST_TEXT:
            problems[field] = "field_too_long"
    return problems


def _day_problem(day: date, plan: ServicePlan, *, on: date) -> str:
    if day > on:
        return "date_in_future"
    return "date_before_start" if day < plan.opened_on else ""
