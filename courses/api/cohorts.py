"""Cohorts (培训班), their life and their roster."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import cohorts, enrolments
from courses.models import Cohort, Course, Enrolment, TrainingPackage
from courses.queries import cohorts as queries
from courses.queries.results import score_of
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import NotFound
from registry.models import Person
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["cohorts"])

Code = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=400)]
PublicId = Annotated[str, Field(max_length=12)]


class CohortOut(Schema):
    public_id: str
    base: str
    course: str
    name: str
    starts_on: date
    ends_on: date
    delivery_mode: str
    organisation_mode: str
    procurement_mode: str
    funding_source: str
    venue: str
    venue_kind: str
    planned_trainees: int | None
    package: str
    programme_model: str
    placement_employer: str
    placement_uscc: str
    ordering_employer: str
    ordering_uscc: str
    accepting_institution: str
    trainee_choice: str
    payer: str
    state: str
    state_reason: str
    to_mend: dict[str, str]

    @staticmethod
    def resolve_package(cohort: Cohort) -> str:
        return str(cohort.package.public_id) if cohort.package else ""

    @staticmethod
    def resolve_base(cohort: Cohort) -> str:
        return str(cohort.base.public_id)

    @staticmethod
    def resolve_course(cohort: Cohort) -> str:
        return str(cohort.course.public_id)


class CohortPage(PageOut):
    items: list[CohortOut]


class CohortFilterIn(Schema):
    """`base`: public id."""

    state: Code = ""
    year: Annotated[int | None, Field(ge=1900, le=3000)] = None
    base: PublicId = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class CohortIn(Schema):
    """`course`, `package`: public ids; the cohort is filed at the base of the course. Without a name it gets one."""

    course: PublicId
    name: Annotated[str, Field(max_length=200)] = ""
    starts_on: Day
    ends_on: Day
    delivery_mode: Code = "offline"
    organisation_mode: Code = "group"
    procurement_mode: Code = "project"
    funding_source: Code = "security_fund"
    venue: Annotated[str, Field(max_length=200)] = ""
    venue_kind: Code = "base"
    planned_trainees: Annotated[int | None, Field(ge=0, le=30_000)] = None
    package: Annotated[str, Field(max_length=12)] = ""
    programme_model: Code = ""
    placement_employer: Text = ""
    placement_uscc: Text = ""
    ordering_employer: Text = ""
    ordering_uscc: Text = ""
    accepting_institution: Text = ""
    trainee_choice: Text = ""
    payer: Text = ""


class CohortChangesIn(Schema):
    """Only what is to change."""

    course: PublicId | None = None
    name: Annotated[str | None, Field(max_length=200)] = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    delivery_mode: Code | None = None
    organisation_mode: Code | None = None
    procurement_mode: Code | None = None
    funding_source: Code | None = None
    venue: Annotated[str | None, Field(max_length=200)] = None
    venue_kind: Code | None = None
    planned_trainees: Annotated[int | None, Field(ge=0, le=30_000)] = None
    package: Annotated[str | None, Field(max_length=12)] = None
    programme_model: Code | None = None
    placement_employer: Text | None = None
    placement_uscc: Text | None = None
    ordering_employer: Text | None = None
    ordering_uscc: Text | None = None
    accepting_institution: Text | None = None
    trainee_choice: Text | None = None
    payer: Text | None = None


class MoveIn(Schema):
    """`state`: where to; `reason` where the move needs one; `task_reasons` of a return: what to mend, by task."""

    state: Code
    reason: Annotated[str, Field(max_length=500)] = ""
    task_reasons: Annotated[dict[Code, Text], Field(max_length=20)] = {}


class EnrolmentOut(Schema):
    """`person`: public id; `score` and `outcome_rule` empty when there are none."""

    public_id: str
    person: str
    name: str
    enrolled_on: date
    joined_late_reason: str
    master: str
    score: str
    outcome: str
    outcome_rule: str
    outcome_on: date | None

    @staticmethod
    def resolve_person(enrolment: Enrolment) -> str:
        return str(enrolment.person.public_id)

    @staticmethod
    def resolve_name(enrolment: Enrolment) -> str:
        return str(enrolment.person.name)

    @staticmethod
    def resolve_score(enrolment: Enrolment) -> str:
        return score_of(enrolment)


class EnrolmentPage(PageOut):
    items: list[EnrolmentOut]


class EnrolIn(Schema):
    """`people`: public ids of people in reach; `late_reason` when the cohort is running."""

    people: Annotated[list[PublicId], Field(min_length=1, max_length=500)]
    late_reason: Annotated[str, Field(max_length=200)] = ""


@router.get("", response=CohortPage, operation_id="list_cohorts")
def list_cohorts(request: ActorRequest, filters: Query[CohortFilterIn]) -> Any:
    """Cohorts in reach, newest first, 50 a page."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    rows = queries.listing(request.actor, state=filters.state, year=filters.year, base=filters.base)
    return paged(rows, filters.page)


@router.post("", response=CohortOut, operation_id="create_cohort")
def create_cohort(request: ActorRequest, asked: CohortIn) -> Any:
    """File a cohort, in draft."""
    require_somewhere(request.actor, Permission.COHORT_EDIT)
    course = _course(request, asked.course)
    values = asked.dict(exclude={"course"}) | {"package": _package(request, asked.package)}
    return cohorts.create(by=request.actor, on=today(), base=course.base, course=course, **values)


@router.get("/{public_id}", response=CohortOut, operation_id="get_cohort")
def get_cohort(request: ActorRequest, public_id: str) -> Any:
    """One cohort in reach."""
    return cohort_of(request, public_id)


@router.patch("/{public_id}", response=CohortOut, operation_id="edit_cohort")
def edit_cohort(request: ActorRequest, public_id: str, asked: CohortChangesIn) -> Any:
    """Change a cohort in draft or returned."""
    cohort = cohort_of(request, public_id)
    changes: dict[str, Any] = {name: value for name, value in asked.dict().items() if value is not None}
    if "course" in changes:
        changes["course"] = _course(request, changes["course"])
    if "package" in changes:
        changes["package"] = _package(request, changes["package"])
    return cohorts.edit(by=request.actor, on=today(), cohort=cohort, **changes)


@router.post("/{public_id}/move", response=CohortOut, operation_id="move_cohort")
def move_cohort(request: ActorRequest, public_id: str, asked: MoveIn) -> Any:
    """Move a cohort on through its life; to where it is already changes nothing."""
    cohort = cohort_of(request, public_id)
    return cohorts.move_to(
        by=request.actor,
        on=today(),
        cohort=cohort,
        state=asked.state,
        reason=asked.reason,
        task_reasons=asked.task_reasons,
    )


@router.get("/{public_id}/enrolments", response=EnrolmentPage, operation_id="list_enrolments")
def list_enrolments(
    request: ActorRequest, public_id: str, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
) -> Any:
    """The roster with results and outcomes, 50 a page."""
    cohort = cohort_of(request, public_id)
    return paged(Enrolment.objects.filter(cohort=cohort).select_related("person", "assessment"), page)


@router.post("/{public_id}/enrolments", response=list[EnrolmentOut], operation_id="enrol")
def enrol(request: ActorRequest, public_id: str, asked: EnrolIn) -> Any:
    """Enrol people in reach; who is enrolled already stays as they are."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    wanted = list(dict.fromkeys(asked.people))
    people = list(Person.objects.visible_to(request.actor).filter(public_id__in=wanted))
    if len(people) != len(wanted):
        raise NotFound(what="person", count=len(wanted) - len(people))
    people.sort(key=lambda person: wanted.index(person.public_id))
    return enrolments.enrol(
        by=request.actor, on=today(), cohort=cohort, people=people, late_reason=asked.late_reason
    )


@router.post(
    "/{public_id}/enrolments/{enrolment_id}/withdraw",
    response=EnrolmentOut,
    operation_id="withdraw_enrolment",
)
def withdraw_enrolment(request: ActorRequest, public_id: str, enrolment_id: str) -> Any:
    """Note that a trainee left."""
    return enrolments.withdraw(
        by=request.actor, on=today(), enrolment=_enrolment(request, public_id, enrolment_id)
    )


@router.post(
    "/{public_id}/enrolments/{enrolment_id}/take-back",
    response=EnrolmentOut,
    operation_id="take_back_enrolment",
)
def take_back_enrolment(request: ActorRequest, public_id: str, enrolment_id: str) -> Any:
    """Undo a withdrawal that was a mistake."""
    return enrolments.take_back(
        by=request.actor, on=today(), enrolment=_enrolment(request, public_id, enrolment_id)
    )


def cohort_of(request: ActorRequest, public_id: str) -> Cohort:
    """The cohort of a request, if the actor may know of it."""
    rows = Cohort.objects.visible_to(request.actor).select_related("base", "course", "region", "package")
    return one(rows, public_id=public_id)


def _package(request: ActorRequest, public_id: str) -> TrainingPackage | None:
    return one(TrainingPackage.objects.visible_to(request.actor), public_id=public_id) if public_id else None


def _course(request: ActorRequest, public_id: str) -> Course:
    rows = Course.objects.visible_to(request.actor).select_related("base__region")
    return one(rows, public_id=public_id)


def _enrolment(request: ActorRequest, public_id: str, enrolment_id: str) -> Enrolment:
    cohort = cohort_of(request, public_id)
    rows = Enrolment.objects.visible_to(request.actor).filter(cohort=cohort)
    return one(rows.select_related("cohort", "person"), public_id=enrolment_id)
