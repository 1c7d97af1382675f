"""Data quality of a region and of the units right below it."""

from datetime import date
from decimal import Decimal

from ninja import Router, Schema

from goals.queries import data_quality as queries
from goals.queries import reach
from goals.queries.periods import chosen, periods
from goals.rules.data_quality import dimension_of
from registry.errors import NotFound
from registry.requests import ActorRequest, today

router = Router()


class QualityMarkOut(Schema):
    """`share` in per cent, null where there is nothing to measure; `lack` is how far it is from what it should be."""

    key: str
    dimension: str
    numerator: int
    denominator: int
    share: Decimal | None
    lack: Decimal | None


class QualityUnitOut(Schema):
    region_code: str
    region_name: str
    lack: Decimal | None
    marks: list[QualityMarkOut]


class QualityOut(Schema):
    period: str
    as_of: date
    region: QualityUnitOut
    below: list[QualityUnitOut]


@router.get("/regions/{region_code}/quality", response=QualityOut, operation_id="get_data_quality")
def get_data_quality(request: ActorRequest, region_code: str, period: str = "") -> dict[str, object]:
    """及时, 真实, 完整, 准确; the unit that lacks most first. `period` as "2025-2027" or "2026"."""
    region = reach.region(request.actor, region_code)
    held = chosen(periods(region), period, on=today())
    if held is None or (period and held.key != period):
        raise NotFound(what="period")
    whole, below = queries.of_region(region, held, on=today())
    return {
        "period": held.key,
        "as_of": today(),
        "region": _out(whole),
        "below": [_out(unit) for unit in below],
    }


def _out(unit: queries.Unit) -> dict[str, object]:
    marks = [
        {
            "key": mark.key,
            "dimension": dimension_of(mark.key),
            "numerator": mark.numerator,
            "denominator": mark.denominator,
            "share": mark.share,
            "lack": mark.lack,
        }
        for mark in unit.marks.by_key.values()
    ]
    return {
        "region_code": unit.region.code,
        "region_name": unit.region.name,
        "lack": unit.marks.lack,
        "marks": marks,
    }
