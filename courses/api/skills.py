"""Skills (门): the same for everybody who may use the API."""

from typing import Any

from ninja import Router, Schema

from courses.models import Skill
from registry.requests import ActorRequest

router = Router(tags=["skills"])


class SkillOut(Schema):
    number: int
    code: str
    name: str
    name_hant: str
    name_en: str
    category: str
    occupation_code: str
    occupation_name: str
    catalogue_edition: str
    base_may_issue: bool

    @staticmethod
    def resolve_category(skill: Skill) -> str:
        return skill.category.code


@router.get("", response=list[SkillOut], operation_id="list_skills")
def list_skills(request: ActorRequest) -> Any:
    """All skills in order of their permanent numbers."""
    return list(Skill.objects.select_related("category"))
