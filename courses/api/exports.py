"""Exports: ask for a file with its purpose and recipient, see how far it is, take it. `registry/exports` lists all."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from courses.actions import export_files as actions
from courses.api.cohorts import cohort_of
from courses.models import ExportFile
from courses.queries import export_files as queries
from courses.views.exchange import held_file
from courses.views.sheets import XLSX, workbook
from registry.errors import InvalidInput
from registry.models import Region
from registry.queries import regions
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["exports"])


class ExportIn(Schema):
    """`ledger`: national_system, people or employment with `region`, cohort_roster with `cohort` (public id).

    `in_clear` are the keys of the personal fields that are given in full; the others are masked.
    """

    ledger: Annotated[str, Field(max_length=40)]
    purpose: Annotated[str, Field(max_length=40)]
    recipient: Annotated[str, Field(max_length=200)]
    in_clear: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=40)] = []
    region: Annotated[str, Field(max_length=12)] = ""
    cohort: Annotated[str, Field(max_length=12)] = ""
    year: Annotated[int | None, Field(ge=0, le=9999)] = None


class SheetOut(Schema):
    """Of each column, by label, how many of its cells are filled."""

    sheet: str
    rows: int
    filled: list[tuple[str, int]]


class ExportFileOut(Schema):
    """`state` is making, ready or failed; `done` of `total` rows."""

    public_id: str
    ledger: str
    state: str
    done: int
    total: int
    problem: str
    completeness: list[SheetOut]
    expires_at: datetime


@router.post("", response=ExportFileOut, operation_id="ask_export")
def ask_export(request: ActorRequest, asked: ExportIn) -> Any:
    """A file to be made; a small one is ready at once."""
    require_somewhere(request.actor, Permission.DATA_EXPORT)
    cohort = cohort_of(request, asked.cohort) if asked.cohort else None
    held = actions.ask(
        by=request.actor,
        on=today(),
        at=timezone.now(),
        ledger=asked.ledger,
        region=cohort.region if cohort else _region(asked.region),
        cohort=cohort,
        year=asked.year,
        purpose=asked.purpose,
        recipient=asked.recipient,
        in_clear=asked.in_clear,
    )
    if not held.task_id:
        actions.make(held.pk)
    return _out(held_file(request, held.public_id))


@router.get("/{public_id}", response=ExportFileOut, operation_id="get_export")
def get_export(request: ActorRequest, public_id: str) -> Any:
    """How far it is, and how complete its columns are."""
    return _out(held_file(request, public_id))


@router.post(
    "/{public_id}/download",
    operation_id="download_export",
    openapi_extra={"responses": {200: {"description": "xlsx", "content": {XLSX: {}}}}},
)
def download_export(request: ActorRequest, public_id: str) -> HttpResponse:
    """The file; the audit trail keeps who took it."""
    return workbook(actions.hand_out(by=request.actor, held=held_file(request, public_id)), public_id)


def _region(code: str) -> Region:
    if not code:
        raise InvalidInput(fields={"region": "field_missing"})
    return regions.named(code, on=today())


def _out(held: ExportFile) -> dict[str, Any]:
    standing = queries.standing(held, at=timezone.now())
    named = ("public_id", "ledger", "completeness", "expires_at")
    return {name: getattr(held, name) for name in named} | {
        "state": standing.state,
        "done": standing.done,
        "total": standing.total,
        "problem": standing.problem,
    }
