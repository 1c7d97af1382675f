"""Applications for plaques: drafting, changing, and each step as the page of the application offers it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import File, Query, Router, Schema, UploadedFile
from pydantic import Field

from registry.actions import application_reviews, applications
from registry.api.days import Day
from registry.api.evidence import EvidenceOut
from registry.api.pages import PageOut, paged
from registry.api.steps import StepIn, answers
from registry.errors import InvalidInput
from registry.models import Application, TrainingBase
from registry.models.applications import ApplicationState
from registry.queries import applications as queries
from registry.queries import bases as base_queries
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require, require_somewhere
from registry.views import application_steps
from registry.views.evidence import paper

router = Router(tags=["applications"])
Text = Annotated[str, Field(max_length=1_000)]


class ReasonsIn(Schema):
    kind: str
    categories: list[str]
    site: Text = ""
    equipment: Text = ""
    trainers: Text = ""
    access: Text = ""


class ApplicationIn(ReasonsIn):
    """`federation` is a public id; `renews` the number of the base's plaque that the new one shall follow."""

    base: str
    federation: str
    renews: str = ""


class NoticeIn(Schema):
    applications: Annotated[list[str], Field(min_length=1, max_length=500)]
    title: str = ""
    intro: Text = ""
    ends_on: Day | None = None


class ApplicationFilterIn(Schema):
    state: str = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class ApplicationOut(Schema):
    public_id: str
    base: str
    federation: str
    renews: str
    state: str
    state_since: date
    kind: str
    level: str
    categories: list[str]
    site: str
    equipment: str
    trainers: str
    access: str
    criteria: list[dict[str, Any]]
    points: list[int]
    score: Decimal | None
    opinion: str
    reason: str
    plaque_number: str

    @staticmethod
    def resolve_base(application: Application) -> str:
        return str(application.base.public_id)

    @staticmethod
    def resolve_federation(application: Application) -> str:
        return str(application.federation.public_id)

    @staticmethod
    def resolve_renews(application: Application) -> str:
        return application.renews.plaque_number if application.renews else ""

    @staticmethod
    def resolve_plaque_number(application: Application) -> str:
        return application.accreditation.plaque_number if application.accreditation else ""


class ApplicationPage(PageOut):
    items: list[ApplicationOut]


class NoticeMadeOut(Schema):
    public_id: str


@router.get("", response=ApplicationPage, operation_id="list_applications")
def list_applications(request: ActorRequest, filters: Query[ApplicationFilterIn]) -> Any:
    """Applications in reach, the longest waiting first; `state` may be `open`."""
    require_somewhere(request.actor, Permission.BASE_READ)
    if filters.state and filters.state not in {"open", *ApplicationState.values}:
        raise InvalidInput(fields={"state": "field_choice"})
    seen = Application.objects.visible_to(request.actor)
    rows = queries.listed(seen, state=filters.state).select_related("renews", "accreditation")
    return paged(rows, filters.page)


@router.post("", response={201: ApplicationOut}, operation_id="apply_for_accreditation")
def apply_for_accreditation(request: ActorRequest, body: ApplicationIn) -> Any:
    """Draft an application for a base."""
    base = one(base_queries.with_history(TrainingBase.objects.visible_to(request.actor)), public_id=body.base)
    require(request.actor, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])
    federation = queries.addressees(base).filter(public_id=body.federation).first()
    renews = next((one for one in base.accreditations.all() if one.plaque_number == body.renews), None)
    if federation is None:
        raise InvalidInput(fields={"federation": "federation_of_other_region"})
    if body.renews and renews is None:
        raise InvalidInput(fields={"renews": "field_choice"})
    values = body.dict(exclude={"base", "federation", "renews"})
    drafted = applications.apply(
        by=request.actor, on=today(), base=base, federation=federation, renews=renews, **values
    )
    return 201, queries.seen(request.actor, drafted.public_id)


@router.post("/publish", response=NoticeMadeOut, operation_id="publish_applications")
def publish_applications(request: ActorRequest, body: NoticeIn) -> Any:
    """Put accepted applications to one federation on one public notice."""
    require_somewhere(request.actor, Permission.NOTICE_PUBLISH)
    seen = Application.objects.visible_to(request.actor).filter(public_id__in=body.applications)
    return application_reviews.publish(
        by=request.actor,
        on=today(),
        applications=list(queries.whole(seen)),
        title=body.title,
        intro=body.intro,
        ends_on=body.ends_on,
    )


@router.get("/{public_id}", response=ApplicationOut, operation_id="get_application")
def get_application(request: ActorRequest, public_id: str) -> Any:
    return queries.seen(request.actor, public_id)


@router.put("/{public_id}", response=ApplicationOut, operation_id="edit_application")
def edit_application(request: ActorRequest, public_id: str, body: ReasonsIn) -> Any:
    """Change a draft, or what was returned."""
    shown = _to_edit(request, public_id)
    applications.edit(by=request.actor, on=today(), application=shown, **body.dict())
    return queries.seen(request.actor, public_id)


@router.post("/{public_id}/evidence", response={201: EvidenceOut}, operation_id="add_application_evidence")
def add_application_evidence(request: ActorRequest, public_id: str, file: File[UploadedFile]) -> Any:
    """Add a paper to a draft, or to what was returned."""
    shown = _to_edit(request, public_id)
    return 201, applications.add_evidence(by=request.actor, on=today(), application=shown, **paper(file))


@router.post("/{public_id}/{step}", response=ApplicationOut, operation_id="step_application")
def step_application(request: ActorRequest, public_id: str, step: str, body: StepIn) -> Any:
    """submit, check, accept, accredit, return, send-back, refuse or withdraw, with what the page of the step asks."""
    shown = queries.seen(request.actor, public_id)
    done = application_steps.open_step(request.actor, shown, step)
    done.run(by=request.actor, on=today(), application=shown, **answers(done.form(shown, None), body))
    return queries.seen(request.actor, public_id)


def _to_edit(request: ActorRequest, public_id: str) -> Application:
    shown = queries.seen(request.actor, public_id)
    base = shown.base
    require(request.actor, Permission.BASE_APPLY, region_path=base.region.path, base_ids=[base.pk])
    return shown
