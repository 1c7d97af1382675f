"""Figures that another system or a person counts: entered with their source and day, undone with a reason."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from goals.errors import FigureUndone, PlanNotInForce, TargetCounted
from goals.models import ReportedFigure, Target
from goals.models.plans import Operator, PlanState, TargetPeriod
from goals.queries.by_hand import is_per_unit
from goals.rules import metrics
from goals.rules.metrics import UNIT_LEVELS, Asks, How
from goals.rules.targets import MOST, SHARE_UNIT
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput, NotFound
from registry.models import Region
from registry.models.regions import NATION_CODE
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def report(
    *,
    by: Actor,
    on: date,
    target: Target,
    region: Region,
    source: str,
    value: Decimal | None = None,
    done_on: date | None = None,
    as_of: date | None = None,
    year: int | None = None,
) -> ReportedFigure:
    """A figure of a target in a region as of a day, or for a target with a date the day on which it was done.

    Without `as_of` it is of `on`. A later one does not overwrite it: the latest by `as_of` holds. Of the nation it is
    the average that some targets are compared with. Raises NotPermitted, NotFound, InvalidInput, PlanNotInForce,
    TargetCounted.
    """
    _require_reach(by, target, region)
    if target.plan.state != PlanState.IN_FORCE:
        raise PlanNotInForce()
    is_average = region.code == NATION_CODE and takes_average(target)
    if not is_average and metrics.of(target.metric).how is not How.BY_HAND:
        raise TargetCounted()
    source = " ".join(source.split())
    by_day = target.operator == Operator.BY and not is_average
    as_of = (done_on if by_day else as_of) or on
    _check(target, region, source, value, done_on, as_of, year, on=on, by_day=by_day, is_average=is_average)
    row = ReportedFigure.objects.create(
        target=target,
        region=region,
        year=year,
        value=value,
        done_on=done_on,
        as_of=as_of,
        source=source,
        recorded_on=on,
        recorded_by=by.name,
    )
    audit.record(
        "figure.reported",
        row,
        by=by,
        region_path=path_of(target, region),
        target=target.code,
        region=region.code,
        year=year,
        value=str(done_on or value),
        as_of=str(as_of),
        source=source,
    )
    return row


@transaction.atomic
def undo(*, by: Actor, on: date, figure: ReportedFigure, reason: str) -> ReportedFigure:
    """It never was so: the row stays, and the one before it holds. Raises NotPermitted, InvalidInput, FigureUndone."""
    rows = ReportedFigure.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("region", "target__plan__region").get(pk=figure.pk)
    _require_reach(by, held.target, held.region)
    if held.undone_on is not None:
        raise FigureUndone()
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput(fields={"reason": "field_missing"})
    try:
        require_valid(ReportedFigure, undone_reason=reason)
    except InvalidInput as error:
        raise InvalidInput(fields={"reason": error.facts["fields"]["undone_reason"]}) from None
    held.undone_on, held.undone_by, held.undone_reason = on, by.name, reason
    held.save(update_fields=["undone_on", "undone_by", "undone_reason"])
    audit.record(
        "figure.undone",
        held,
        by=by,
        region_path=path_of(held.target, held.region),
        target=held.target.code,
        region=held.region.code,
        reason=reason,
    )
    return held


def takes_average(target: Target) -> bool:
    """Whether the target is compared with the nation's average of the year before (T18)."""
    return metrics.of(target.metric).asks is Asks.AVERAGE


def path_of(target: Target, region: Region) -> str:
    """Whose it is to enter and undo: the region's, of the nation's average the plan's."""
    return target.plan.region.path if region.code == NATION_CODE else region.path


def _require_reach(by: Actor, target: Target, region: Region) -> None:
    """Each officer for the own region and all below; the nation's average by those whose plan is compared with it."""
    if not (region.code == NATION_CODE and takes_average(target)) and not region.path.startswith(
        target.plan.region.path
    ):
        raise NotFound(what="region")
    require(by, Permission.PLAN_EDIT, region_path=path_of(target, region))


def _check(
    target: Target,
    region: Region,
    source: str,
    value: Decimal | None,
    done_on: date | None,
    as_of: date,
    year: int | None,
    *,
    on: date,
    by_day: bool,
    is_average: bool,
) -> None:
    wrong: dict[str, str] = {}
    try:
        require_valid(ReportedFigure, source=source)
    except InvalidInput as error:
        wrong |= error.facts["fields"]
    if not is_average and is_per_unit(target) and region.level != UNIT_LEVELS[target.per]:
        wrong["region"] = "figure_of_unit"
    wrong |= _of_year(target, year, is_average=is_average)
    if by_day:
        if done_on is None:
            wrong["done_on"] = "field_missing"
        elif done_on > on:
            wrong["done_on"] = "date_in_future"
        if value is not None:
            wrong["value"] = "target_value_with_day"
    else:
        if done_on is not None:
            wrong["done_on"] = "target_day_with_value"
        wrong |= _of_value(value, target.unit)
        if as_of > on:
            wrong["as_of"] = "date_in_future"
    if wrong:
        raise InvalidInput(fields=wrong)


def _of_value(value: Decimal | None, unit: str) -> dict[str, str]:
    if value is None:
        return {"value": "field_missing"}
    if not 0 <= value < MOST:
        return {"value": "target_value_range"}
    return {"value": "over_100"} if unit == SHARE_UNIT and value > 1 else {}


def _of_year(target: Target, year: int | None, *, is_average: bool) -> dict[str, str]:
    if target.period_kind != TargetPeriod.ANNUAL:
        return {} if year is None else {"year": "figure_not_yearly"}
    # The average is that of the year before the one that it is held against.
    first = target.first_year - is_average
    if year is None or not first <= year <= target.last_year:
        return {"year": "field_missing" if year is None else "target_years_outside"}
    return {}
