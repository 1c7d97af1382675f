"""Bulletins: the units below a region compared, as they were frozen."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import Field

from goals.models import Bulletin
from goals.views import papers
from goals.views.bulletins import seen
from goals.views.reports import require_figures
from registry.api.pages import PageOut, paged
from registry.requests import ActorRequest

router = Router(tags=["reports"])


class BulletinOut(Schema):
    id: str
    plan: str
    region_code: str
    title: str
    state: str
    number: str
    as_of: date
    issued_on: date | None

    @staticmethod
    def resolve_id(bulletin: Bulletin) -> str:
        return str(bulletin.public_id)

    @staticmethod
    def resolve_plan(bulletin: Bulletin) -> str:
        return str(bulletin.plan.public_id)

    @staticmethod
    def resolve_region_code(bulletin: Bulletin) -> str:
        return bulletin.region.code


class BulletinsOut(PageOut):
    items: list[BulletinOut]


class WholeBulletinOut(BulletinOut):
    """`figures`: for each item the line, and every unit with task, done, rate, rank; rates are texts of per cent."""

    opening: str
    request: str
    line: str
    figures: dict[str, Any]


@router.get("/bulletins", response=BulletinsOut, operation_id="list_bulletins")
def list_bulletins(request: ActorRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1) -> Any:
    """Those that you may read, the latest first."""
    require_figures(request.actor)
    return paged(Bulletin.objects.visible_to(request.actor).select_related("plan", "region"), page)


@router.get("/bulletins/{bulletin_id}", response=WholeBulletinOut, operation_id="get_bulletin")
def get_bulletin(request: ActorRequest, bulletin_id: str) -> Any:
    return seen(request, bulletin_id)


@router.get("/bulletins/{bulletin_id}/file/{kind}", operation_id="download_bulletin")
def download_bulletin(request: ActorRequest, bulletin_id: str, kind: str) -> HttpResponse:
    """As `pdf` or `docx`."""
    return papers.answer(papers.of_bulletin(seen(request, bulletin_id)), kind)
