"""Loading the seeded skills."""

import json

import pytest

from courses.actions import skills
from courses.models import Skill, SkillCategory
from registry.models import AuditEvent
from registry.rules.disclosure import discloses_disability

pytestmark = pytest.mark.django_db
SEED = json.loads(skills.SEED.read_text(encoding="utf-8"))


def test_loading_twice_changes_nothing_the_second_time() -> None:
    first = skills.load()
    assert first == {"created": Skill.objects.count(), "changed": 0}
    assert skills.load() == {"created": 0, "changed": 0}
    assert AuditEvent.objects.filter(verb="skills.loaded").count() == 1


def test_a_corrected_name_is_written_and_the_number_stays() -> None:
    skills.load()
    Skill.objects.filter(code="livestreaming").update(name="直播带货")
    number = Skill.objects.get(code="livestreaming").number
    assert skills.load() == {"created": 0, "changed": 1}
    skill = Skill.objects.get(code="livestreaming")
    assert (skill.name, skill.number) == ("网络直播", number)


def test_the_four_e_commerce_skills_of_the_jiangxi_plan_are_four() -> None:
    skills.load()
    names = ["电商客服", "电商美工", "电商运营", "网络直播"]
    assert Skill.objects.filter(category__code="e-commerce", name__in=names).count() == 4


def test_only_medical_massage_is_out_of_reach_of_the_bases() -> None:
    skills.load()
    assert [skill.code for skill in Skill.objects.filter(base_may_issue=False)] == ["medical-massage"]


def test_numbers_and_codes_are_unique_and_every_category_is_used() -> None:
    skills.load()
    assert sorted(row["number"] for row in SEED["skills"]) == list(range(1, len(SEED["skills"]) + 1))
    assert {row["category"] for row in SEED["skills"]} == set(
        SkillCategory.objects.values_list("code", flat=True)
    )
    assert all(row["source"] for row in SEED["skills"])


def test_an_occupation_code_comes_with_its_name_and_edition() -> None:
    for row in SEED["skills"]:
        parts = [row["occupation_code"], row["occupation_name"], row["catalogue_edition"]]
        assert all(parts) or not any(parts), row["code"]


def test_no_skill_tells_a_disability_in_any_language() -> None:
    for row in SEED["skills"]:
        for name in (row["name"], row["name_hant"], row["name_en"]):
            assert not discloses_disability(name), name


def test_names_follow_the_readers_language() -> None:
    skills.load()
    skill = Skill.objects.get(code="livestreaming")
    assert [skill.name_in(language) for language in ("zh-hans", "zh-hant", "en")] == [
        "网络直播",
        "網絡直播",
        "Livestreaming",
    ]
