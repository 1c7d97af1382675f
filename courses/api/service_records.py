"""Services to people (“四个一”, “131”, referrals), and their graduation."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.actions import service_records
from courses.api.cohorts import Code, PublicId
from courses.api.employment import person_of
from courses.models import Cohort, Course, ServiceRecord
from courses.queries import service_records as queries
from courses.queries import services_due
from registry.api.days import Day
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput, NotFound
from registry.models import Person
from registry.queries import regions
from registry.queries.lookup import one
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere

router = Router(tags=["services"])


class ServiceRecordOut(Schema):
    """`cohort` and `course`: public ids, "" where the referral is to neither."""

    public_id: str
    kind: str
    on: date
    summary: str
    course: str
    cohort: str
    result: str

    @staticmethod
    def resolve_course(row: ServiceRecord) -> str:
        return str(row.course.public_id) if row.course else ""

    @staticmethod
    def resolve_cohort(row: ServiceRecord) -> str:
        return str(row.cohort.public_id) if row.cohort else ""


class ServiceRecordIn(Schema):
    kind: Code
    day: Day
    summary: Annotated[str, Field(max_length=2000)] = ""
    course: PublicId = ""
    cohort: PublicId = ""
    result: Code = ""


class ReferralResultIn(Schema):
    result: Code


class WithoutIn(Schema):
    """`kind`: one of “四个一”, "one_three_one" or one of “131”; `region`: a code.

    `whose`: mine, nobody, or everybody's; `hardship`: a class.
    """

    kind: Code = "verification"
    region: Code = ""
    whose: Code = ""
    hardship: Code = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class WithoutOut(Schema):
    public_id: str
    name: str


class WithoutPage(PageOut):
    items: list[WithoutOut]


class RoundIn(Schema):
    """The same service to many people on one day; `people`: public ids, `summary`: what was done for all of them."""

    kind: Code
    day: Day
    summary: Annotated[str, Field(max_length=2000)] = ""
    people: Annotated[list[PublicId], Field(min_length=1, max_length=10_000)]


class RoundOut(Schema):
    """How many records are new."""

    written: int


class GraduationIn(Schema):
    graduated_on: Day
    level: Code
    school: Annotated[str, Field(max_length=200)] = ""


class GraduationOut(Schema):
    graduated_on: date
    level: str
    school: str


# Addresses are tried one after the other: these before those of one record.
@router.get("/services/without", response=WithoutPage, operation_id="list_people_without_service")
def list_people_without_service(request: ActorRequest, filters: Query[WithoutIn]) -> Any:
    """Whom this was not done for this year, 50 a page."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    if filters.kind not in services_due.KINDS:
        raise InvalidInput(fields={"kind": "field_choice"})
    region = regions.named(filters.region, on=today()) if filters.region else None
    rows = services_due.due(
        request.actor,
        kind=filters.kind,
        on=today(),
        region=region,
        whose=filters.whose,
        hardship=filters.hardship,
    )
    return paged(rows, filters.page)


@router.post("/services/round", response=RoundOut, operation_id="record_services")
def record_services(request: ActorRequest, asked: RoundIn) -> Any:
    """The same service to many people."""
    require_somewhere(request.actor, Permission.PERSON_EDIT)
    wanted = set(asked.people)
    people = list(Person.objects.visible_to(request.actor).filter(public_id__in=wanted))
    if len(people) != len(wanted):
        raise NotFound(what="person", count=len(wanted) - len(people))
    written = service_records.record_many(
        by=request.actor,
        on=today(),
        people=people,
        kind=asked.kind,
        day=asked.day,
        summary=asked.summary,
    )
    return {"written": written}


@router.get("/people/{public_id}/services", response=list[ServiceRecordOut], operation_id="list_services")
def list_services(request: ActorRequest, public_id: str) -> Any:
    """What was done for a person, latest first; for those who may edit people: it holds results of assessments."""
    person = person_of(request, public_id)
    require(request.actor, Permission.PERSON_EDIT, **reach(person))
    return queries.of_person(request.actor, person)


@router.post("/people/{public_id}/services", response=ServiceRecordOut, operation_id="record_service")
def record_service(request: ActorRequest, public_id: str, asked: ServiceRecordIn) -> Any:
    """Record a service, such as a referral to training."""
    person = person_of(request, public_id)
    told: dict[str, Any] = asked.dict(exclude={"course", "cohort"})
    if asked.cohort:
        seen = Cohort.objects.visible_to(request.actor).select_related("course")
        told["cohort"] = one(seen, public_id=asked.cohort)
    if asked.course:
        told["course"] = one(Course.objects.visible_to(request.actor), public_id=asked.course)
    return service_records.record(by=request.actor, on=today(), person=person, **told)


@router.post("/people/{public_id}/graduation", response=GraduationOut, operation_id="record_graduation")
def record_graduation(request: ActorRequest, public_id: str, asked: GraduationIn) -> Any:
    """The person is a graduate of that day's class."""
    person = person_of(request, public_id)
    return service_records.record_graduation(by=request.actor, on=today(), person=person, **asked.dict())


@router.post("/services/{public_id}/result", response=ServiceRecordOut, operation_id="answer_referral")
def answer_referral(request: ActorRequest, public_id: str, asked: ReferralResultIn) -> Any:
    """What came of a referral."""
    return service_records.answer_referral(
        by=request.actor, on=today(), record=_record(request, public_id), result=asked.result
    )


@router.delete("/services/{public_id}", response={204: None}, operation_id="remove_service")
def remove_service(request: ActorRequest, public_id: str) -> Any:
    """Take back a record that was a mistake."""
    service_records.remove(by=request.actor, on=today(), record=_record(request, public_id))
    return 204, None


def _record(request: ActorRequest, public_id: str) -> ServiceRecord:
    rows = ServiceRecord.objects.visible_to(request.actor)
    return one(rows.select_related("person__region", "course", "cohort"), public_id=public_id)
