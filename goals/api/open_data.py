"""The open data of the two-skills goal; no token needed."""

from datetime import date

from ninja import Router, Schema

from goals.queries import open_data as queries
from goals.queries import releases
from registry.requests import ActorRequest

router = Router()


class OpenFigureOut(Schema):
    """A region at the end of a quarter; figures are null where they are held back, never because they are 0."""

    period: str
    as_of: date
    region_code: str
    region_name: str
    level: str
    parent_code: str
    people: int | None
    two_skills: int | None
    share_percent: float | None
    suppressed: bool
    definition_version: int
    released_on: date


@router.get(
    "/open-data/two-skills", auth=None, response=list[OpenFigureOut], operation_id="list_open_figures"
)
def list_open_figures(request: ActorRequest, province: str = "", newest: bool = False) -> object:
    """Every released quarter of every province, or the newest only; the code of one `province` narrows it."""
    found = releases.public(region=province)
    return queries.records(releases.newest(found) if newest else found)
