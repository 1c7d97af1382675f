"""Writes of statistics that leave: a federation opens the figures of a quarter, or hands a table to somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from goals.errors import FiguresNotCounted, NothingToRelease, ReleaseTellsFew
from goals.models import PlanPeriod, Release
from goals.models.releases import ReleaseKind
from goals.queries import release_files
from goals.queries import releases as queries
from goals.rules import releases as rules
from goals.rules.indicators import INDICATORS
from goals.rules.releases import GOAL, WHOLE
from registry.actions import audit, exports
from registry.errors import InvalidInput, NotFound
from registry.models import Export, Region
from registry.models.exports import ExportPurpose
from registry.models.regions import RegionLevel
from registry.rules.access import Actor, Permission, require

ABOUT = "statistics"


@transaction.atomic
def publish(*, by: Actor, on: date, region: Region) -> Release:
    """Open the figures of the goal at the end of the last quarter, of a province and its prefectures, to everybody.

    From the figures kept at the month's end, never from those of today. Raises NotPermitted, NotFound for what is no
    province, NothingToRelease, ReleaseTellsFew.
    """
    require(by, Permission.REPORT_DECIDE, region_path=region.path)
    if region.level != RegionLevel.PROVINCE:
        raise NotFound(what="region")
    _lock(region)
    due = queries.quarter(region, on=on)
    if due is None:
        raise NothingToRelease()
    period, month_end = due
    if Release.objects.open().filter(region=region, period=period, indicator=GOAL, as_of=month_end).exists():
        raise NothingToRelease()
    table = queries.open_table(region, period, month_end)
    made = _keep(table, _Wanted(ReleaseKind.OPEN, region, period, GOAL, month_end), by=by, on=on)
    audit.record(
        "statistics.published",
        made,
        by=by,
        region_path=region.path,
        indicator=GOAL,
        period=period.key,
        as_of=month_end.isoformat(),
        regions=len(table["regions"]),
    )
    return made


@transaction.atomic
def hand_out(
    *,
    by: Actor,
    on: date,
    region: Region,
    indicator: str,
    period: PlanPeriod,
    purpose: str,
    recipient: str,
    form: str = "xlsx",
) -> tuple[Export, bytes]:
    """A table of an indicator by region, sex, age and residence, for somebody outside, and the record of it.

    Everybody who asks within a month gets a part of the same table of the province, so that no two tables can be held
    against each other. Raises NotPermitted, InvalidInput, FiguresNotCounted, ReleaseTellsFew.
    """
    recipient = exports.require_reason(by=by, region=region, purpose=purpose, recipient=recipient)
    province = queries.province_of(region)
    if province is None:
        raise InvalidInput(fields={"region": "field_choice"})
    if form not in release_files.FORMATS:
        raise InvalidInput(fields={"form": "field_choice"})
    if not rules.may_be_released(indicator, is_year=period.is_year):
        raise InvalidInput(fields={"period": "field_choice"})
    if not period.is_counted:
        raise FiguresNotCounted()
    _lock(province)
    first = on.replace(day=1)
    held = Release.objects.filter(
        kind=ReleaseKind.HANDED_OUT,
        region=province,
        period=period,
        indicator=indicator,
        as_of__range=(first, on),
    ).first()
    if held is None:
        counts = queries.standing(province, period)
        places = queries.places(province, on=on)
        before = queries.earlier(province, period, indicator)
        table = rules.table(INDICATORS[indicator], places, counts, earlier=before)
        wanted = _Wanted(ReleaseKind.HANDED_OUT, province, period, indicator, on)
        held = _keep(table, wanted, by=by, on=on)
    number = exports.numbered()
    cover = release_files.cover(
        held,
        region,
        number=number,
        by=by.name,
        on=on,
        purpose=str(ExportPurpose(purpose).label),
        recipient=recipient,
    )
    fields, rows, data = release_files.handed_out(held, region, form, number=number, cover=cover)
    export = exports.record(
        by=by,
        on=on,
        region=region,
        about=ABOUT,
        subject_id=held.public_id,
        purpose=purpose,
        recipient=recipient,
        fields=fields,
        rows=rows,
        data=data,
        public_id=number,
    )
    return export, data


@dataclass(frozen=True)
class _Wanted:
    kind: str
    region: Region
    period: PlanPeriod
    indicator: str
    as_of: date


def _keep(table: dict[str, Any], wanted: _Wanted, *, by: Actor, on: date) -> Release:
    if not table["counts"][WHOLE]["shown"]:
        raise ReleaseTellsFew()
    return Release.objects.create(
        kind=wanted.kind,
        region=wanted.region,
        period=wanted.period,
        indicator=wanted.indicator,
        definition=INDICATORS[wanted.indicator].version,
        as_of=wanted.as_of,
        table=table,
        released_on=on,
        released_by=by.name,
    )


def _lock(province: Region) -> None:
    """One release of a province at a time: each is held against those before it."""
    Region.objects.select_for_update(no_key=True).get(pk=province.pk)
