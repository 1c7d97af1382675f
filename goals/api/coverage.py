"""Two-skills coverage of a region and of the regions right below it."""

from datetime import date
from decimal import Decimal

from ninja import Router, Schema

from goals.api.periods import asked
from goals.finding_words import sentence
from goals.queries import coverage as queries
from goals.rules.coverage import Figures
from registry.models import Region
from registry.requests import ActorRequest, today

router = Router()


class FiguresOut(Schema):
    """People in the population by how many skills they have; `share` is two_skill_coverage in percent.

    `employed`: of those with two skills; `people_now`, `two_now` and `share_now` are the snapshot reading.
    """

    people: int
    no_skill: int
    one_skill: int
    two_skills: int
    share: Decimal
    employed: int
    people_now: int
    two_now: int
    share_now: Decimal


class RegionFiguresOut(FiguresOut):
    """`change` in percentage points since the end of the last quarter, none where that was not kept; `is_behind`: less
    than the target asks for by now, or without a target less than the region asked for."""

    region_code: str
    region_name: str
    is_statutory: bool
    change: Decimal | None
    is_behind: bool


class CoverageOut(Schema):
    """`finding`: the sentence of the page; `expected` in percent, of `target` by now; `is_counted`: whether everybody is
    counted in the period yet."""

    period: str
    is_counted: bool
    as_of: date
    finding: str
    target: Decimal | None
    expected: Decimal
    region: RegionFiguresOut
    below: list[RegionFiguresOut]
    itself: FiguresOut
    """People managed by the region itself, by none below it."""


@router.get("/coverage/{region_code}", response=CoverageOut, operation_id="get_coverage")
def get_coverage(request: ActorRequest, region_code: str, period: str = "") -> dict[str, object]:
    """The figures of a region now, exact at every commit. `period` as "2022-2024"; the present one without it."""
    region, held = asked(request, region_code, period)
    shown = queries.of_region(region, held, on=today())
    return {
        "period": held.key,
        "is_counted": held.is_counted,
        "as_of": today(),
        "finding": sentence(shown.finding),
        "target": shown.yardstick.wanted if shown.yardstick.is_target else None,
        "expected": shown.yardstick.expected(today()),
        "region": _of(region, shown.figures, shown.change, shown.is_behind),
        "below": [
            _of(line.region, line.figures, line.change, line.is_behind) for line in shown.below if line.region
        ],
        "itself": FiguresOut.from_orm(shown.itself),
    }


def _of(region: Region, figures: Figures, change: Decimal | None, is_behind: bool) -> RegionFiguresOut:
    return RegionFiguresOut(
        region_code=region.code,
        region_name=region.name,
        is_statutory=region.is_statutory,
        change=change,
        is_behind=is_behind,
        **FiguresOut.from_orm(figures).dict(),
    )
