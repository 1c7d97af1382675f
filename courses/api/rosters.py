"""Rosters of cohorts: upload a workbook, read what is wrong row by row, correct cells, load the good rows."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Query, Router, Schema, UploadedFile
from pydantic import Field

from courses import roster_words
from courses.actions import rosters
from courses.actions.roster_rows import LONGEST_CELL
from courses.api.cohorts import cohort_of
from courses.models import Cohort, RosterImport
from courses.models.rosters import RowState
from courses.queries import roster_rows as rows
from courses.queries import rosters as queries
from courses.views.rosters import bad_rows_file
from courses.views.sheets import XLSX, workbook
from courses.workbooks.limits import LIMITS
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput, NotFound
from registry.queries.lookup import one
from registry.requests import ActorRequest, received, today
from registry.rules.access import Permission, require

router = Router(tags=["rosters"])


class ProblemOut(Schema):
    """`field` is a column, "" for the whole row; `severity` is error, warning or info: only errors stop a row."""

    field: str
    code: str
    severity: str
    facts: dict[str, Any]
    message: str


class NoticeOut(Schema):
    """What was left out of the file as a whole."""

    code: str
    facts: dict[str, Any]


class RosterOut(Schema):
    """Counts of rows by state."""

    public_id: str
    file_name: str
    uploaded_at: datetime
    uploaded_by: str
    total: int
    ready: int
    bad: int
    loaded: int
    skipped: int
    notices: list[NoticeOut]


class RowOut(Schema):
    """A row is known by its sheet and its number in it; the name and the citizen ID are masked."""

    sheet: str
    row: int
    state: str
    name: str
    citizen_id: str
    problems: list[ProblemOut]


class RowsPage(PageOut):
    items: list[RowOut]


class RowsFilterIn(Schema):
    """`state` is ready, bad, loaded or skipped; none for all."""

    state: RowState | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class CorrectionIn(Schema):
    """`cells` by field. `leave_out` keeps the row from being loaded; a correction without it takes the row back."""

    sheet: Annotated[str, Field(max_length=60)]
    row: Annotated[int, Field(ge=1, le=2_000_000)]
    cells: Annotated[
        dict[Annotated[str, Field(max_length=30)], Annotated[str, Field(max_length=LONGEST_CELL)]],
        Field(max_length=40),
    ] = {}  # pydantic copies it
    leave_out: bool = False


class CorrectionsIn(Schema):
    corrections: Annotated[list[CorrectionIn], Field(min_length=1, max_length=20_000)]


class LoadIn(Schema):
    """`late_reason` is needed once the class is running."""

    late_reason: Annotated[str, Field(max_length=200)] = ""


class LoadedOut(Schema):
    """How many were enrolled by this call, and the counts of rows by state after it."""

    loaded_now: int
    total: int
    ready: int
    bad: int
    loaded: int
    skipped: int


@router.post("/{public_id}/rosters", response=RosterOut, operation_id="upload_roster")
def upload_roster(
    request: ActorRequest, public_id: str, file: Annotated[UploadedFile | None, File()] = None
) -> Any:
    """Upload a workbook as `file`; nobody is enrolled yet. The same file again gives the same roster."""
    cohort = _cohort(request, public_id)
    if file is None:
        raise InvalidInput(fields={"file": "field_missing"})
    data = received(file, LIMITS.file_bytes)
    held = rosters.upload(by=request.actor, on=today(), cohort=cohort, file_name=file.name or "", data=data)
    return _out(held)


@router.get("/{public_id}/rosters/{roster_id}", response=RosterOut, operation_id="get_roster")
def get_roster(request: ActorRequest, public_id: str, roster_id: str) -> Any:
    """What became of an upload so far."""
    return _out(_roster(request, public_id, roster_id))


@router.get("/{public_id}/rosters/{roster_id}/rows", response=RowsPage, operation_id="list_roster_rows")
def list_roster_rows(
    request: ActorRequest, public_id: str, roster_id: str, filters: Query[RowsFilterIn]
) -> Any:
    """Rows in the order of the file with what is said of each, fifty at a time."""
    found = _roster(request, public_id, roster_id).rows.all()
    if filters.state is not None:
        found = found.filter(state=filters.state)
    page = paged(found, filters.page)
    return page | {"items": [_row(view) for view in rows.opened(page["items"])]}


@router.patch("/{public_id}/rosters/{roster_id}/rows", response=RosterOut, operation_id="correct_roster")
def correct_roster(request: ActorRequest, public_id: str, roster_id: str, asked: CorrectionsIn) -> Any:
    """Correct cells, all or none; the rows that are not named stay as they are."""
    held = _roster(request, public_id, roster_id)
    places = {(row[0], row[1]): row[2] for row in held.rows.values_list("sheet", "row_number", "pk")}
    unknown = sum((row.sheet, row.row) not in places for row in asked.corrections)
    if unknown:
        raise NotFound(what="rosterimportrow", count=unknown)
    corrections = {places[row.sheet, row.row]: row.cells for row in asked.corrections}
    leave_out = [places[row.sheet, row.row] for row in asked.corrections if row.leave_out]
    rosters.correct(by=request.actor, on=today(), roster=held, corrections=corrections, leave_out=leave_out)
    return _out(held)


@router.post("/{public_id}/rosters/{roster_id}/load", response=LoadedOut, operation_id="load_roster")
def load_roster(request: ActorRequest, public_id: str, roster_id: str, asked: LoadIn) -> Any:
    """Enrol everyone whose row is ready, all or none; asking again changes nothing."""
    held = _roster(request, public_id, roster_id)
    return rosters.load(by=request.actor, on=today(), roster=held, late_reason=asked.late_reason)


@router.get(
    "/{public_id}/rosters/{roster_id}/bad-rows.xlsx",
    operation_id="get_bad_roster_rows",
    openapi_extra={"responses": {200: {"description": "xlsx", "content": {XLSX: {}}}}},
)
def get_bad_roster_rows(request: ActorRequest, public_id: str, roster_id: str) -> HttpResponse:
    """The bad rows with what is wrong with each; uploaded to the same cohort, they find their roster again."""
    return workbook(bad_rows_file(_roster(request, public_id, roster_id)), "bad-rows")


def _cohort(request: ActorRequest, public_id: str) -> Cohort:
    cohort: Cohort = cohort_of(request, public_id)
    base_ids = [cohort.base_id]
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=base_ids)
    return cohort


def _roster(request: ActorRequest, public_id: str, roster_id: str) -> RosterImport:
    cohort = _cohort(request, public_id)
    return one(cohort.roster_imports.visible_to(request.actor), public_id=roster_id)


def _out(held: RosterImport) -> dict[str, Any]:
    about = ("public_id", "file_name", "uploaded_at", "uploaded_by", "notices")
    return {name: getattr(held, name) for name in about} | queries.counts(held)


def _row(view: rows.RowView) -> dict[str, Any]:
    problems = [
        {**problem, "message": roster_words.say_problem(problem["code"], problem["facts"])}
        for problem in view.problems
    ]
    return {
        "sheet": view.sheet,
        "row": view.number,
        "state": view.state,
        "name": view.masked_name,
        "citizen_id": view.masked_citizen_id,
        "problems": problems,
    }
