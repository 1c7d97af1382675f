"""Writes of courses (培训项目)."""

from datetime import date
from typing import Any

from django.db import transaction

from courses.errors import CourseInUse, CourseNameTaken
from courses.models import Cohort, Course, Skill
from courses.models.cohorts import CohortState
from courses.models.courses import CourseLevel, TrainingKind
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import TrainingBase
from registry.rules.access import Actor, Permission, require
from registry.rules.disclosure import discloses_disability

FIXED_IN_USE = (
    "skill_id",
    "training_kind",
    "level",
    "theory_hours",
    "practice_hours",
    "online_hours",
    "attendance_required",
    "pass_mark",
)

EDITABLE = (*(name.removesuffix("_id") for name in FIXED_IN_USE), "name", "rule_source")

MOST_HOURS = 3000
"""课时 of one kind; two years of full days stay below it."""


@transaction.atomic
def create(
    *,
    by: Actor,
    on: date,
    base: TrainingBase,
    skill: Skill,
    name: str,
    training_kind: str = TrainingKind.EMPLOYMENT_SKILL,
    level: int = CourseLevel.NONE,
    theory_hours: int = 0,
    practice_hours: int = 0,
    online_hours: int = 0,
    attendance_required: int = 80,
    pass_mark: int = 60,
    rule_source: str = "",
) -> Course:
    """A course of a base; hours in 课时, attendance and pass mark in per cent and points of 100.

    Raises InvalidInput, CourseNameTaken, NotPermitted. A course of 医疗按摩 may prepare for the national
    examination (docs/domain.md §4.2); that a base issues no certificate for it is the skill's affair.
    """
    require(by, Permission.COURSE_EDIT, region_path=base.region.path, base_ids=[base.pk])
    course = Course(
        base=base,
        skill=skill,
        name=name.strip(),
        training_kind=training_kind,
        level=level,
        theory_hours=theory_hours,
        practice_hours=practice_hours,
        online_hours=online_hours,
        attendance_required=attendance_required,
        pass_mark=pass_mark,
        rule_source=rule_source.strip(),
    )
    _check(course)
    course.save()
    audit.record("course.created", course, by=by, region_path=base.region.path, on=str(on), **_facts(course))
    return course


@transaction.atomic
def edit(*, by: Actor, on: date, course: Course, **changes: Any) -> Course:
    """Change named fields of a course (those of `create`, the base apart).

    Once a cohort of it was submitted only the name and the source of its rules change: raises CourseInUse.
    """
    region_path = course.base.region.path
    require(by, Permission.COURSE_EDIT, region_path=region_path, base_ids=[course.base_id])
    course = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    before = _facts(course)
    fixed = [getattr(course, name) for name in FIXED_IN_USE]
    for name, value in changes.items():
        if name not in EDITABLE:
            raise TypeError(f"A course has no editable {name}.")
        setattr(course, name, value.strip() if isinstance(value, str) else value)
    if fixed != [getattr(course, name) for name in FIXED_IN_USE] and is_in_use(course):
        raise CourseInUse(course=course.public_id)
    _check(course)
    after = _facts(course)
    if after != before:
        course.save()
        audit.record(
            "course.edited", course, by=by, region_path=region_path, on=str(on), before=before, after=after
        )
    return course


def is_in_use(course: Course) -> bool:
    """Whether a cohort of the course is beyond preparation."""
    not_begun = (CohortState.DRAFT, CohortState.RETURNED, CohortState.CANCELLED)
    return Cohort.objects.filter(course=course).exclude(state__in=not_begun).exists()


def _check(course: Course) -> None:
    require_valid(Course, **{name: getattr(course, name) for name in EDITABLE if name != "skill"})
    problems = {}
    if discloses_disability(course.name):  # the name is printed on certificates
        problems["name"] = "course_name_discloses"
    hours = {name: getattr(course, name) for name in ("theory_hours", "practice_hours", "online_hours")}
    problems |= {name: "hours_too_many" for name, value in hours.items() if value > MOST_HOURS}
    if not any(hours.values()):
        problems["practice_hours"] = "hours_missing"
    for name in ("attendance_required", "pass_mark"):
        if getattr(course, name) > 100:
            problems[name] = "over_100"
    if problems:
        raise InvalidInput(fields=problems)
    same = Course.objects.filter(base_id=course.base_id, name=course.name, level=course.level)
    if same.exclude(pk=course.pk).exists():
        raise CourseNameTaken(field="name")


def _facts(course: Course) -> dict[str, Any]:
    return {
        "name": course.name,
        "skill": course.skill.code,
        "training_kind": course.training_kind,
        "level": course.level,
        "theory_hours": course.theory_hours,
        "practice_hours": course.practice_hours,
        "online_hours": course.online_hours,
        "attendance_required": course.attendance_required,
        "pass_mark": course.pass_mark,
        "rule_source": course.rule_source,
    }
