"""Writes of ability assessments (职业能力评估)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from courses.models import AbilityAssessment, Skill
from registry.actions import audit
from registry.actions.people import locked
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models import Person
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require

LONGEST_CONCLUSION = 1000


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    person: Person,
    assessed_on: date,
    assessor: str,
    conclusion: str = "",
    suited_skills: Sequence[Skill] = (),
) -> AbilityAssessment:
    """What an assessment found of a person; a second record of the same day corrects the first.

    Its conclusion is sealed, and never part of the audit trail. Raises InvalidInput, NotPermitted.
    """
    held = locked(person)
    require(by, Permission.PERSON_EDIT, **reach(held))
    require_valid(AbilityAssessment, assessor=assessor.strip())
    problems = {}
    if assessed_on > on:
        problems["assessed_on"] = "date_in_future"
    elif assessed_on < held.birth_date:
        problems["assessed_on"] = "date_before_birth"
    if len(conclusion) > LONGEST_CONCLUSION:
        problems["conclusion"] = "field_too_long"
    if problems:
        raise InvalidInput(fields=problems)
    row, _created = AbilityAssessment.objects.update_or_create(
        person=held,
        assessed_on=assessed_on,
        defaults={"assessor": assessor.strip(), "conclusion": conclusion.strip()},
    )
    row.suited_skills.set(suited_skills)
    skills = sorted(skill.code for skill in suited_skills)
    path = held.region.path
    audit.record(
        "person.ability_assessed", held, by=by, region_path=path, on=str(assessed_on), suited_skills=skills
    )
    people_changed(people=[held.pk], on=on)
    return row
