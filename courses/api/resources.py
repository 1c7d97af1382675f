"""Online resources: the library for anyone, and for those who keep it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Schema, UploadedFile
from pydantic import Field

from courses.actions import resources as actions
from courses.actions.resources import LONGEST_TEXT, About
from courses.models import Course, OnlineResource, Skill
from courses.models.resources import AccessibleFormat, ResourceFormat
from courses.queries import resources as queries
from courses.rules.resource_files import MOST_BYTES
from courses.views import library
from courses.views.resources import owners
from registry.api.authentication import bearer, session
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput, NotFound
from registry.models import TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, received, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["resources"])


def anyone(request: HttpRequest) -> bool:
    """Signed in or not: whoever is sees more."""
    return True


OPEN = [session, bearer, anyone]


class ResourceOut(Schema):
    """`text_alternative` is what it says and shows, in words; `lacks_text` that this is still to be written."""

    public_id: str
    title: str
    skill: str
    course: str
    format: str
    link: str
    accessible_formats: list[str]
    language: str
    summary: str
    text_alternative: str
    lacks_text: bool
    minutes: int | None
    provider: str
    is_public: bool
    state: str
    published_on: date | None

    @staticmethod
    def resolve_skill(resource: OnlineResource) -> str:
        return str(resource.skill.code)

    @staticmethod
    def resolve_course(resource: OnlineResource) -> str:
        return str(resource.course.public_id) if resource.course else ""


class ResourcePage(PageOut):
    items: list[ResourceOut]


class ShelfIn(Schema):
    """`skill` is a code; `accessible` one of the accessible formats; `text` stands in title or summary."""

    skill: Annotated[str, Field(max_length=40)] = ""
    format: ResourceFormat | None = None
    accessible: AccessibleFormat | None = None
    text: Annotated[str, Field(max_length=40)] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class ResourceIn(Schema):
    """`skill`: code; `course`: public id, "" for none. Without accessible formats there are none."""

    title: Annotated[str, Field(max_length=200)]
    skill: Annotated[str, Field(max_length=40)]
    format: Annotated[str, Field(max_length=20)]
    summary: Annotated[str, Field(max_length=1000)]
    provider: Annotated[str, Field(max_length=200)]
    course: Annotated[str, Field(max_length=12)] = ""
    link: Annotated[str, Field(max_length=600)] = ""
    accessible_formats: Annotated[list[Annotated[str, Field(max_length=30)]], Field(max_length=20)] = []
    language: Annotated[str, Field(max_length=10)] = "zh"
    text_alternative: Annotated[str, Field(max_length=LONGEST_TEXT + 1000)] = ""
    minutes: Annotated[int | None, Field(ge=1, le=6000)] = None
    is_public: bool = False


class NewResourceIn(ResourceIn):
    """`owner`: public id of the base or federation that keeps it."""

    owner: Annotated[str, Field(max_length=12)]


@router.get("", auth=OPEN, response=ResourcePage, operation_id="list_resources")
def list_resources(request: ActorRequest, asked: Query[ShelfIn]) -> Any:
    """What is on the shelves, newest first, 50 a page; without signing in the public ones."""
    skill = one(Skill.objects.all(), code=asked.skill) if asked.skill else None
    found = queries.shelf(
        request.actor,
        skill=skill,
        format=asked.format or "",
        accessible=asked.accessible or "",
        text=asked.text,
    )
    return paged(found.select_related("course"), asked.page)


@router.get("/{public_id}", auth=OPEN, response=ResourceOut, operation_id="get_resource")
def get_resource(request: ActorRequest, public_id: str) -> Any:
    """One resource: on the shelf, or one's own."""
    return one(_rows(request), public_id=public_id)


@router.get("/{public_id}/file", auth=OPEN, operation_id="get_resource_file")
def get_resource_file(request: ActorRequest, public_id: str) -> HttpResponse:
    """The file of a resource on the shelf."""
    return library.resource_file(request, public_id)


@router.post("", response=ResourceOut, operation_id="create_resource")
def create_resource(request: ActorRequest, asked: NewResourceIn) -> Any:
    """A draft; its file is put beside it, then it is published."""
    require_somewhere(request.actor, Permission.RESOURCE_EDIT)
    owner = owners(request.actor).get(asked.owner)
    if owner is None:
        raise NotFound(what="owner")
    base = owner if isinstance(owner, TrainingBase) else None
    return actions.create(
        by=request.actor, on=today(), region=owner.region, base=base, about=_about(request, asked)
    )


@router.put("/{public_id}", response=ResourceOut, operation_id="edit_resource")
def edit_resource(request: ActorRequest, public_id: str, asked: ResourceIn) -> Any:
    """Say it anew; the file stays."""
    held = _own(request, public_id)
    return actions.edit(by=request.actor, on=today(), resource=held, about=_about(request, asked))


@router.post("/{public_id}/file", response=ResourceOut, operation_id="put_resource_file")
def put_resource_file(
    request: ActorRequest, public_id: str, file: Annotated[UploadedFile | None, File()] = None
) -> Any:
    """The file, as `file`; it takes the place of an earlier one."""
    held = _own(request, public_id)
    if file is None:
        raise InvalidInput(fields={"file": "field_missing"})
    data = received(file, MOST_BYTES)
    said = {name: getattr(held, name) for name in actions.EDITABLE if name != "accessible_formats"}
    about = About(
        **said, skill=held.skill, course=held.course, accessible_formats=tuple(held.accessible_formats)
    )
    return actions.edit(by=request.actor, on=today(), resource=held, about=about, data=data)


@router.post("/{public_id}/publish", response=ResourceOut, operation_id="publish_resource")
def publish_resource(request: ActorRequest, public_id: str) -> Any:
    return actions.publish(by=request.actor, on=today(), resource=_own(request, public_id))


@router.post("/{public_id}/withdraw", response=ResourceOut, operation_id="withdraw_resource")
def withdraw_resource(request: ActorRequest, public_id: str) -> Any:
    return actions.withdraw(by=request.actor, on=today(), resource=_own(request, public_id))


def _rows(request: ActorRequest) -> Any:
    return OnlineResource.objects.visible_to(request.actor).select_related("skill", "course", "region")


def _own(request: ActorRequest, public_id: str) -> OnlineResource:
    require_somewhere(request.actor, Permission.RESOURCE_EDIT)
    found: OnlineResource = one(
        queries.own(request.actor).select_related("skill", "course", "region"), public_id=public_id
    )
    return found


def _about(request: ActorRequest, asked: ResourceIn) -> About:
    said = asked.dict(exclude={"owner", "skill", "course", "accessible_formats"})
    courses = Course.objects.visible_to(request.actor)
    return About(
        **said,
        skill=one(Skill.objects.all(), code=asked.skill),
        course=one(courses, public_id=asked.course) if asked.course else None,
        accessible_formats=tuple(asked.accessible_formats),
    )
