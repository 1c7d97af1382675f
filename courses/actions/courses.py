"""Writes of courses (培训项目)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from courses.errors import CourseInUse, CourseNameTaken
from courses.models import Cohort, Course, Enrolment, Skill
from courses.models.cohorts import CohortState
from courses.models.courses import TrainingKind
from courses.rules.money import is_money
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models import TrainingBase
from registry.models.people import AccessNeed
from registry.models.standing import DisabilityCategory
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

INFORMATION = (
    "kind_label",
    "developer",
    "standard",
    "is_flagship",
    "prerequisites",
    "required_skill",
    "required_level",
    "target_categories",
    "access_provisions",
    "yearly_hours",
    "trainee_charge",
)
"""What is said of a course beside its rules: it may change as long as the course stands."""

EDITABLE = (*(name.removesuffix("_id") for name in FIXED_IN_USE), "name", "rule_source", *INFORMATION)

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
    **particulars: Any,
) -> Course:
    """A course of a base; `particulars` are others of EDITABLE, hours in 课时, marks in per cent and points of 100.

    Prerequisites and whom it was made for are information: nothing here, and no enrolment, refuses anybody for a
    category of disability (docs/domain.md §5.3). A course of 医疗按摩 may prepare for the national examination
    (docs/domain.md §4.2); that a base issues no certificate for it is the skill's affair.
    Raises InvalidInput, CourseNameTaken, NotPermitted.
    """
    require(by, Permission.COURSE_EDIT, region_path=base.region.path, base_ids=[base.pk])
    given = {"training_kind": TrainingKind.EMPLOYMENT_SKILL, **particulars}
    course = Course(base=base, skill=skill, name=name.strip())
    _set(course, given)
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
    _set(course, changes)
    if fixed != [getattr(course, name) for name in FIXED_IN_USE] and is_in_use(course):
        raise CourseInUse(course=course.public_id)
    _check(course)
    after = _facts(course)
    if after != before:
        course.save()
        audit.record(
            "course.edited", course, by=by, region_path=region_path, on=str(on), before=before, after=after
        )
        # The figures count enrolments by the category of the course's skill.
        enrolled = Enrolment.objects.filter(cohort__course=course).order_by()
        if before["skill"] != after["skill"]:
            people_changed(people=set(enrolled.values_list("person_id", flat=True)), on=on)
    return course


def _set(course: Course, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in EDITABLE:
            raise TypeError(f"A course has no editable {name}.")
        setattr(course, name, value.strip() if isinstance(value, str) else value)


def is_in_use(course: Course) -> bool:
    """Whether a cohort of the course is beyond preparation."""
    not_begun = (CohortState.DRAFT, CohortState.RETURNED, CohortState.CANCELLED)
    return Cohort.objects.filter(course=course).exclude(state__in=not_begun).exists()


def _check(course: Course) -> None:
    not_asked = ("skill", "required_skill", "target_categories", "access_provisions", "trainee_charge")
    require_valid(Course, **{name: getattr(course, name) for name in EDITABLE if name not in not_asked})
    problems = {}
    if discloses_disability(course.name):  # the name is printed on certificates
        problems["name"] = "course_name_discloses"
    hours = {name: getattr(course, name) for name in ("theory_hours", "practice_hours", "online_hours")}
    problems |= {name: "hours_too_many" for name, value in hours.items() if value > MOST_HOURS}
    if not is_money(course.trainee_charge):
        problems["trainee_charge"] = "money_invalid"
    if course.yearly_hours > MOST_HOURS:
        problems["yearly_hours"] = "hours_too_many"
    for name, known in (("target_categories", DisabilityCategory), ("access_provisions", AccessNeed)):
        if not set(getattr(course, name)) <= set(known.values):
            problems[name] = "field_choice"
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
    linked = {"skill": course.skill.code}
    linked["required_skill"] = course.required_skill.code if course.required_skill else ""
    facts = {name: getattr(course, name) for name in EDITABLE if name not in linked}
    return facts | linked | {"trainee_charge": str(course.trainee_charge)}
