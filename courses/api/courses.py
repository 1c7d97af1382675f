"""Courses (培训项目)."""

from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import courses
from courses.api.money import Money
from courses.models import Course, Skill
from registry.api.pages import PageOut, paged
from registry.models import TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["courses"])


class CourseOut(Schema):
    """Hours in 课时 of 45 minutes; attendance in per cent of the planned hours, the mark out of 100."""

    public_id: str
    base: str
    skill: str
    name: str
    training_kind: str
    level: int
    theory_hours: int
    practice_hours: int
    online_hours: int
    attendance_required: int
    pass_mark: int
    rule_source: str
    kind_label: str
    developer: str
    standard: str
    is_flagship: bool
    prerequisites: str
    required_skill: str
    required_level: int
    target_categories: list[str]
    access_provisions: list[str]
    yearly_hours: int
    trainee_charge: Decimal

    @staticmethod
    def resolve_required_skill(course: Course) -> str:
        return str(course.required_skill.code) if course.required_skill else ""

    @staticmethod
    def resolve_base(course: Course) -> str:
        return str(course.base.public_id)

    @staticmethod
    def resolve_skill(course: Course) -> str:
        return str(course.skill.code)


class CoursePage(PageOut):
    items: list[CourseOut]


Hours = Annotated[int, Field(ge=0, le=30_000)]
Text = Annotated[str, Field(max_length=400)]
Code = Annotated[str, Field(max_length=40)]
Codes = Annotated[list[Code], Field(max_length=20)]
PerCent = Annotated[int, Field(ge=0, le=1000)]


class CourseIn(Schema):
    """`base`: public id; `skill`, `required_skill`: codes; `level`: 5 to 1, 0 for none; `trainee_charge` in 元."""

    base: Annotated[str, Field(max_length=12)]
    skill: Annotated[str, Field(max_length=40)]
    name: Annotated[str, Field(max_length=200)]
    training_kind: Annotated[str, Field(max_length=40)] = "employment_skill"
    level: Annotated[int, Field(ge=0, le=100)] = 0
    theory_hours: Hours = 0
    practice_hours: Hours = 0
    online_hours: Hours = 0
    attendance_required: PerCent = 80
    pass_mark: PerCent = 60
    rule_source: Annotated[str, Field(max_length=200)] = ""
    kind_label: Text = ""
    developer: Text = ""
    standard: Text = ""
    is_flagship: bool = False
    prerequisites: Text = ""
    required_skill: Code = ""
    required_level: Annotated[int, Field(ge=0, le=100)] = 0
    target_categories: Codes = []
    access_provisions: Codes = []
    yearly_hours: Hours = 0
    trainee_charge: Money = Decimal(0)


class CourseChangesIn(Schema):
    """Only what is to change."""

    skill: Annotated[str | None, Field(max_length=40)] = None
    name: Annotated[str | None, Field(max_length=200)] = None
    training_kind: Annotated[str | None, Field(max_length=40)] = None
    level: Annotated[int | None, Field(ge=0, le=100)] = None
    theory_hours: Hours | None = None
    practice_hours: Hours | None = None
    online_hours: Hours | None = None
    attendance_required: PerCent | None = None
    pass_mark: PerCent | None = None
    rule_source: Annotated[str | None, Field(max_length=200)] = None
    kind_label: Text | None = None
    developer: Text | None = None
    standard: Text | None = None
    is_flagship: bool | None = None
    prerequisites: Text | None = None
    required_skill: Code | None = None
    required_level: Annotated[int | None, Field(ge=0, le=100)] = None
    target_categories: Codes | None = None
    access_provisions: Codes | None = None
    yearly_hours: Hours | None = None
    trainee_charge: Money | None = None


@router.get("", response=CoursePage, operation_id="list_courses")
def list_courses(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    """Courses of the bases in reach, 50 a page."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    return paged(
        Course.objects.visible_to(request.actor).select_related("base", "skill", "required_skill"), page
    )


@router.post("", response=CourseOut, operation_id="create_course")
def create_course(request: ActorRequest, asked: CourseIn) -> Any:
    """File a course at a base."""
    require_somewhere(request.actor, Permission.COURSE_EDIT)
    bases = TrainingBase.objects.visible_to(request.actor).select_related("region")
    values = _linked(asked.dict(exclude={"base"}))
    return courses.create(
        by=request.actor,
        on=today(),
        base=one(bases, public_id=asked.base),
        **values,
    )


@router.get("/{public_id}", response=CourseOut, operation_id="get_course")
def get_course(request: ActorRequest, public_id: str) -> Any:
    """One course in reach."""
    return _course(request, public_id)


@router.patch("/{public_id}", response=CourseOut, operation_id="edit_course")
def edit_course(request: ActorRequest, public_id: str, asked: CourseChangesIn) -> Any:
    """Change a course; once a cohort was filed only its name and the source of its rules."""
    changes: dict[str, Any] = {name: value for name, value in asked.dict().items() if value is not None}
    changes = _linked(changes)
    return courses.edit(by=request.actor, on=today(), course=_course(request, public_id), **changes)


def _linked(values: dict[str, Any]) -> dict[str, Any]:
    """The same with the skills that codes name; an empty code names none."""
    for name in ("skill", "required_skill"):
        if name in values:
            values[name] = one(Skill.objects.all(), code=values[name]) if values[name] else None
    return values


def _course(request: ActorRequest, public_id: str) -> Course:
    rows = Course.objects.visible_to(request.actor).select_related("base__region", "skill", "required_skill")
    return one(rows, public_id=public_id)
