"""Ability assessments (职业能力评估) of a person."""

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import abilities
from courses.models import AbilityAssessment, Skill
from registry.api.days import Day
from registry.errors import NotFound
from registry.models import Person
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require

router = Router(tags=["abilities"])


class AbilityOut(Schema):
    """`suited_skills`: codes."""

    public_id: str
    assessed_on: date
    assessor: str
    conclusion: str
    suited_skills: list[str]

    @staticmethod
    def resolve_suited_skills(row: AbilityAssessment) -> list[str]:
        return [skill.code for skill in row.suited_skills.all()]


class AbilityIn(Schema):
    assessed_on: Day
    assessor: Annotated[str, Field(max_length=200)]
    conclusion: Annotated[str, Field(max_length=2000)] = ""
    suited_skills: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=50)] = []


@router.get("/{public_id}/abilities", response=list[AbilityOut], operation_id="list_abilities")
def list_abilities(request: ActorRequest, public_id: str) -> Any:
    """What assessments found of a person, latest first; for those who record this person's facts."""
    person = _person(request, public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(person))
    return AbilityAssessment.objects.filter(person=person).prefetch_related("suited_skills")


@router.post("/{public_id}/abilities", response=AbilityOut, operation_id="record_ability")
def record_ability(request: ActorRequest, public_id: str, asked: AbilityIn) -> Any:
    """Record an assessment; a second one of the same day corrects the first."""
    person = _person(request, public_id)
    codes = set(asked.suited_skills)
    skills = list(Skill.objects.filter(code__in=codes))
    if len(skills) != len(codes):
        raise NotFound(what="skill", count=len(codes) - len(skills))
    values = asked.dict() | {"suited_skills": skills}
    return abilities.record(by=request.actor, on=today(), person=person, **values)


def _person(request: ActorRequest, public_id: str) -> Person:
    return one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
