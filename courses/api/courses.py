"""Courses (培训项目)."""

from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import courses
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

    @staticmethod
    def resolve_base(course: Course) -> str:
        return str(course.base.public_id)

    @staticmethod
    def resolve_skill(course: Course) -> str:
        return str(course.skill.code)


class CoursePage(PageOut):
    items: list[CourseOut]


Hours = Annotated[int, Field(ge=0, le=30_000)]
PerCent = Annotated[int, Field(ge=0, le=1000)]


class CourseIn(Schema):
    """`base`: public id; `skill`: code; `level`: 5 to 1, 0 for none."""

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


@router.get("", response=CoursePage, operation_id="list_courses")
def list_courses(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    """Courses of the bases in reach, 50 a page."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    return paged(Course.objects.visible_to(request.actor).select_related("base", "skill"), page)


@router.post("", response=CourseOut, operation_id="create_course")
def create_course(request: ActorRequest, asked: CourseIn) -> Any:
    """File a course at a base."""
    require_somewhere(request.actor, Permission.COURSE_EDIT)
    bases = TrainingBase.objects.visible_to(request.actor).select_related("region")
    values = asked.dict(exclude={"base", "skill"})
    return courses.create(
        by=request.actor,
        on=today(),
        base=one(bases, public_id=asked.base),
        skill=one(Skill.objects.all(), code=asked.skill),
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
    if "skill" in changes:
        changes["skill"] = one(Skill.objects.all(), code=changes["skill"])
    return courses.edit(by=request.actor, on=today(), course=_course(request, public_id), **changes)


def _course(request: ActorRequest, public_id: str) -> Course:
    rows = Course.objects.visible_to(request.actor).select_related("base__region", "skill")
    return one(rows, public_id=public_id)
