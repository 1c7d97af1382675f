"""Loads the seeded skills (门). Idempotent: run at every start."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.models import Skill, SkillCategory
from registry.actions import audit
from registry.models import Region
from registry.models.regions import NATION_CODE
from registry.rules.access import SYSTEM

SEED = Path(__file__).resolve().parent.parent / "seeds" / "skills.json"
COLUMNS = [
    "code",
    "name",
    "name_hant",
    "name_en",
    "category",
    "occupation_code",
    "occupation_name",
    "catalogue_edition",
    "base_may_issue",
]


@transaction.atomic
def load() -> dict[str, int]:
    """Write the skills of `courses/seeds/skills.json` (docs/domain.md §4.1); how many were created and changed.

    A skill is known by its number, which signed certificates carry; names and occupation codes may be corrected.
    """
    seed = json.loads(SEED.read_text(encoding="utf-8"))
    fields = {row["code"]: {k: v for k, v in row.items() if k != "code"} for row in seed["categories"]}
    SkillCategory.objects.bulk_create(
        [SkillCategory(code=code, **names) for code, names in fields.items()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_hant", "name_en"],
    )
    categories = {category.code: category for category in SkillCategory.objects.all()}
    known = {skill.number: skill for skill in Skill.objects.all()}
    wanted = [_skill(row, categories) for row in seed["skills"]]
    fresh = [skill for skill in wanted if skill.number not in known]
    changed = [skill for skill in wanted if skill.number in known and _differs(skill, known[skill.number])]
    for skill in changed:
        skill.pk = known[skill.number].pk
    Skill.objects.bulk_create(fresh)
    if changed:
        Skill.objects.bulk_update(changed, COLUMNS)
    counts = {"created": len(fresh), "changed": len(changed)}
    if fresh or changed:
        nation = Region.objects.filter(code=NATION_CODE).values_list("path", flat=True).first()
        audit.record("skills.loaded", wanted[0], by=SYSTEM, region_path=nation or f"{NATION_CODE}/", **counts)
    return counts


def _skill(row: dict[str, Any], categories: dict[str, SkillCategory]) -> Skill:
    columns = {name: row[name] for name in COLUMNS if name != "category"}
    return Skill(number=row["number"], category=categories[row["category"]], **columns)


def _differs(one: Skill, other: Skill) -> bool:
    return any(
        getattr(one, name) != getattr(other, name) for name in [*COLUMNS[:4], "category_id", *COLUMNS[5:]]
    )
