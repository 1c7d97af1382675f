"""就业转化率 and 稳定率 (docs/domain.md §6)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from courses.api.cohorts import Code, PublicId, cohort_of
from courses.models import Course
from courses.queries import rates as queries
from courses.queries import service_records
from courses.rules.rates import Rates
from registry.models import TrainingBase
from registry.queries import regions
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["rates"])


class RatesOut(Schema):
    """Persons, and shares in per cent rounded down (none where there is nobody to divide by); see the pages' definition."""

    closed: int
    converted: int
    waiting: int
    unknown_start: int
    retained: int
    left: int
    unknown: int
    early: int
    conversion: Decimal | None
    retention: Decimal | None
    unknown_share: Decimal | None


class RatesLineOut(Schema):
    """`key`: public id, of a region its code."""

    key: str
    name: str
    rates: RatesOut


class FiguresOut(Schema):
    """As of `on`, with the local standard's window in days and months of retention."""

    on: date
    window_days: int
    retention_months: int
    total: RatesOut
    lines: list[RatesLineOut]


class FiguresIn(Schema):
    """Narrowed to a region (code), base, course or cohort (public ids), or to cohorts that began in a year."""

    by: Literal["region", "base", "course", "cohort"] = "base"
    region: Code = ""
    base: PublicId = ""
    course: PublicId = ""
    cohort: PublicId = ""
    year: Annotated[int | None, Field(ge=1900, le=3000)] = None


class GraduatesIn(Schema):
    """`year`: of graduation."""

    region: Code = ""
    year: Annotated[int | None, Field(ge=1900, le=3000)] = None


class GraduatesOut(Schema):
    """Graduates who want training, and how many of them completed a cohort; `share` in per cent."""

    in_need: int
    trained: int
    share: Decimal | None


@router.get("", response=FiguresOut, operation_id="get_rates")
def get_rates(request: ActorRequest, asked: Query[FiguresIn]) -> Any:
    """Conversion and retention of what is in reach, in all and line by line."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    narrowed: dict[str, Any] = {"year": asked.year}
    if asked.region:
        narrowed["region"] = regions.named(asked.region, on=today())
    if asked.base:
        bases = TrainingBase.objects.visible_to(request.actor).select_related("region")
        narrowed["base"] = one(bases, public_id=asked.base)
    if asked.course:
        seen = Course.objects.visible_to(request.actor).select_related("base__region")
        narrowed["course"] = one(seen, public_id=asked.course)
    if asked.cohort:
        narrowed["cohort"] = cohort_of(request, asked.cohort)
    found = queries.figures(request.actor, on=today(), by=asked.by, **narrowed)
    return {
        "on": found.on,
        "window_days": found.terms.window_days,
        "retention_months": found.terms.months,
        "total": _out(found.total),
        "lines": [{"key": line.key, "name": line.name, "rates": _out(line.rates)} for line in found.lines],
    }


@router.get("/graduates", response=GraduatesOut, operation_id="get_graduates")
def get_graduates(request: ActorRequest, asked: Query[GraduatesIn]) -> Any:
    """The training of graduates in need."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    region = regions.named(asked.region, on=today()) if asked.region else None
    return service_records.graduates(request.actor, on=today(), region=region, year=asked.year)


def _out(rates: Rates) -> dict[str, Any]:
    return {name: getattr(rates, name) for name in Rates.__slots__} | queries.shown(rates)
