"""Training packages (职业培训包)."""

from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from courses.actions import packages
from courses.models import Course, TrainingPackage
from courses.queries.federations import federations_where
from registry.api.pages import PageOut, paged
from registry.errors import NotFound
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["packages"])


class PackageOut(Schema):
    """`courses`: public ids; `hours` in 课时 as the document sets them; `federation`: its name."""

    public_id: str
    federation: str
    name: str
    courses: list[str]
    hours: int
    document: str
    is_offered: bool

    @staticmethod
    def resolve_federation(package: TrainingPackage) -> str:
        return str(package.federation.name)

    @staticmethod
    def resolve_courses(package: TrainingPackage) -> list[str]:
        return [course.public_id for course in package.courses.all()]


class PackagePage(PageOut):
    items: list[PackageOut]


class PackageIn(Schema):
    """`courses`: public ids of courses in reach; a package is given as a whole."""

    name: Annotated[str, Field(max_length=200)]
    courses: Annotated[list[Annotated[str, Field(max_length=12)]], Field(max_length=200)]
    hours: Annotated[int, Field(ge=0, le=30_000)] = 0
    document: Annotated[str, Field(max_length=200)] = ""


class PackageChangesIn(PackageIn):
    is_offered: bool = True


@router.get("", response=PackagePage, operation_id="list_packages")
def list_packages(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    """Packages in reach, 50 a page."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    rows = TrainingPackage.objects.visible_to(request.actor).select_related("federation")
    return paged(rows.prefetch_related("courses"), page)


@router.post("", response=PackageOut, operation_id="create_package")
def create_package(request: ActorRequest, asked: PackageIn) -> Any:
    """A package of the actor's federation."""
    require_somewhere(request.actor, Permission.VOUCHER_ISSUE)
    federation = federations_where(request.actor, Permission.VOUCHER_ISSUE).first()
    if federation is None:
        raise NotFound(what="federation")
    values = asked.dict() | {"courses": _courses(request, asked.courses)}
    return packages.create(by=request.actor, on=today(), federation=federation, **values)


@router.get("/{public_id}", response=PackageOut, operation_id="get_package")
def get_package(request: ActorRequest, public_id: str) -> Any:
    """One package in reach."""
    return _package(request, public_id)


@router.put("/{public_id}", response=PackageOut, operation_id="edit_package")
def edit_package(request: ActorRequest, public_id: str, asked: PackageChangesIn) -> Any:
    """Change a package as a whole."""
    package = _package(request, public_id)
    values = asked.dict() | {"courses": _courses(request, asked.courses)}
    return packages.edit(by=request.actor, on=today(), package=package, **values)


def _package(request: ActorRequest, public_id: str) -> TrainingPackage:
    rows = TrainingPackage.objects.visible_to(request.actor).select_related("federation__region")
    return one(rows, public_id=public_id)


def _courses(request: ActorRequest, wanted: list[str]) -> list[Course]:
    seen = Course.objects.visible_to(request.actor).select_related("base__region")
    found = list(seen.filter(public_id__in=wanted))
    if len(found) != len(set(wanted)):
        raise NotFound(what="course", count=len(set(wanted)) - len(found))
    return found
