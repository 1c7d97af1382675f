"""Comparisons with partner offices: a file in, its columns, what became of each row, and settling what differs."""

from datetime import date
from typing import Annotated, Any

from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import Field

from courses.actions import comparisons as actions
from courses.models import Comparison, ComparisonRow
from courses.models.comparisons import RowState
from courses.queries import comparisons as queries
from courses.views.comparisons import comparison_of, run_now
from courses.views.comparisons import shown as shown_value
from courses.workbooks.limits import LIMITS
from registry import words
from registry.api.pages import PageOut, paged
from registry.errors import InvalidInput
from registry.queries import regions
from registry.requests import ActorRequest, received, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["comparisons"])


class ComparisonOut(Schema):
    """`labels` are those of the file's header, `columns` the label chosen for each field; `counts` rows by state."""

    public_id: str
    partner: str
    mode: str
    state: str
    labels: list[str]
    columns: dict[str, str]
    counts: dict[str, int]
    problem: str
    uploaded_on: date
    expires_on: date


class ComparisonIn(Schema):
    """`mode`: query (who is registered), compare (what differs), verify (is ours confirmed). All are needed."""

    partner: Annotated[str, Field(max_length=200)] = ""
    mode: Annotated[str, Field(max_length=20)] = ""
    region: Annotated[str, Field(max_length=12)] = ""


class ColumnsIn(Schema):
    """The file's label for each of our fields: citizen_id, name, disability_number, phone, employment."""

    columns: Annotated[
        dict[Annotated[str, Field(max_length=30)], Annotated[str, Field(max_length=200)]],
        Field(max_length=20),
    ]


class ProblemOut(Schema):
    field: str
    code: str
    message: str


class DiscrepancyOut(Schema):
    """Two values of a field, numbers masked; `resolution` is open, kept, taken or asked."""

    id: int
    field: str
    ours: str
    theirs: str
    resolution: str
    resolved_by: str
    resolved_on: date | None


class RowOut(Schema):
    """`person` is the public id of who was found, "" for nobody."""

    sheet: str
    row: int
    state: str
    person: str
    problems: list[ProblemOut]
    discrepancies: list[DiscrepancyOut]


class RowsPage(PageOut):
    items: list[RowOut]


class RowsIn(Schema):
    state: RowState | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class SettledIn(Schema):
    id: Annotated[int, Field(ge=1, le=2**53)]
    resolution: Annotated[str, Field(max_length=10)]


class SettleIn(Schema):
    """`resolution`: kept (ours stays), taken (theirs is recorded), asked."""

    choices: Annotated[list[SettledIn], Field(min_length=1, max_length=1000)]


class SettledOut(Schema):
    settled: int
    unsettled: int


@router.post("", response=ComparisonOut, operation_id="upload_comparison")
def upload_comparison(
    request: ActorRequest,
    asked: Form[ComparisonIn],
    file: Annotated[UploadedFile | None, File()] = None,
) -> Any:
    """A partner's file, as `file`; nothing is compared before its columns are chosen."""
    require_somewhere(request.actor, Permission.DATA_COMPARE)
    if file is None:
        raise InvalidInput(fields={"file": "field_missing"})
    return actions.upload(
        by=request.actor,
        on=today(),
        region=regions.named(asked.region, on=today()),
        partner=asked.partner,
        mode=asked.mode,
        file_name=file.name or "",
        data=received(file, LIMITS.file_bytes),
    )


@router.get("/{public_id}", response=ComparisonOut, operation_id="get_comparison")
def get_comparison(request: ActorRequest, public_id: str) -> Any:
    """How it stands."""
    return comparison_of(request, public_id)


@router.put("/{public_id}/columns", response=ComparisonOut, operation_id="map_comparison_columns")
def map_comparison_columns(request: ActorRequest, public_id: str, asked: ColumnsIn) -> Any:
    """Say which column is which; a small file is compared at once."""
    held = comparison_of(request, public_id)
    run_now(actions.map_columns(by=request.actor, on=today(), comparison=held, columns=asked.columns))
    return comparison_of(request, public_id)


@router.get("/{public_id}/rows", response=RowsPage, operation_id="list_comparison_rows")
def list_comparison_rows(request: ActorRequest, public_id: str, asked: Query[RowsIn]) -> Any:
    """Rows in the order of the file, fifty at a time."""
    held = comparison_of(request, public_id)
    page = paged(queries.rows(held, state=asked.state or ""), asked.page)
    return page | {"items": [_row(row) for row in page["items"]]}


@router.post("/{public_id}/settle", response=SettledOut, operation_id="settle_comparison")
def settle_comparison(request: ActorRequest, public_id: str, asked: SettleIn) -> Any:
    """Settle discrepancies, all or none."""
    held: Comparison = comparison_of(request, public_id)
    choices = {one.id: one.resolution for one in asked.choices}
    settled = actions.settle(by=request.actor, on=today(), comparison=held, choices=choices)
    return {"settled": settled, "unsettled": queries.unsettled(held)}


def _row(row: ComparisonRow) -> dict[str, Any]:
    problems = [{"field": field, "code": code, "message": words.say(code)} for field, code in row.problems]
    discrepancies = [
        {
            "id": one.pk,
            "field": one.field,
            "ours": shown_value(one.field, one.ours),
            "theirs": shown_value(one.field, one.theirs),
            "resolution": one.resolution,
            "resolved_by": one.resolved_by,
            "resolved_on": one.resolved_on,
        }
        for one in row.discrepancies.all()
    ]
    return {
        "sheet": row.sheet,
        "row": row.number,
        "state": row.state,
        "person": row.person.public_id if row.person else "",
        "problems": problems,
        "discrepancies": discrepancies,
    }
