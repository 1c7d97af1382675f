"""Two-skills coverage of a region and of the regions right below it."""

from datetime import date
from decimal import Decimal

from ninja import Router, Schema

from goals.queries import coverage as queries
from goals.queries import reach
from goals.queries.periods import chosen, periods
from registry.errors import NotFound
from registry.models import Region
from registry.requests import ActorRequest, today

router = Router()


class FiguresOut(Schema):
    """People in the population by how many skills they have; `share` is two_skill_coverage in percent."""

    people: int
    no_skill: int
    one_skill: int
    two_skills: int
    share: Decimal


class RegionFiguresOut(FiguresOut):
    region_code: str
    region_name: str


class CoverageOut(Schema):
    period: str
    as_of: date
    region: RegionFiguresOut
    below: list[RegionFiguresOut]
    itself: FiguresOut
    """People managed by the region itself, by none below it."""


@router.get("/coverage/{region_code}", response=CoverageOut, operation_id="get_coverage")
def get_coverage(request: ActorRequest, region_code: str, period: str = "") -> dict[str, object]:
    """The figures of a region now, exact at every commit. `period` as "2022-2024"; the present one without it."""
    region = reach.region(request.actor, region_code)
    held = chosen(periods(), period, on=today())
    if held is None or (period and held.key != period):
        raise NotFound(what="period")
    shown = queries.of_region(region, held, on=today())
    return {
        "period": held.key,
        "as_of": today(),
        "region": _of(region, shown.figures),
        "below": [_of(child, figures) for child, figures in shown.below],
        "itself": FiguresOut.from_orm(shown.itself),
    }


def _of(region: Region, figures: queries.Figures) -> RegionFiguresOut:
    return RegionFiguresOut(
        region_code=region.code, region_name=region.name, **FiguresOut.from_orm(figures).dict()
    )
