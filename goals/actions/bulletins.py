"""Bulletins (通报): drafted with frozen figures by an officer, issued under a number by an approver."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from goals.actions.reports import require_own
from goals.errors import BulletinIssued, FiguresNotCounted
from goals.models import Bulletin, Plan, PlanPeriod
from goals.models.bulletins import BulletinState, Line
from goals.queries import bulletins as queries
from goals.queries import report_figures
from goals.rules.indicators import INDICATORS
from registry.actions import audit
from registry.actions.base_events import OwnWork
from registry.actions.values import lines, require_valid
from registry.errors import AlreadyHeld, InvalidInput
from registry.models import Region
from registry.rules.access import Actor, Permission


@transaction.atomic
def draft(
    *,
    by: Actor,
    on: date,
    plan: Plan,
    region: Region,
    period: PlanPeriod,
    title: str,
    items: Sequence[str],
    line: str,
    month_end: date | None = None,
    opening: str = "",
    request: str = "",
) -> Bulletin:
    """Compare the units right below a region by the plan's targets and indicators; the figures are frozen now.

    Raises NotPermitted, InvalidInput, FiguresNotCounted.
    """
    require_own(by, Permission.REPORT_WRITE, region)
    bulletin = Bulletin(plan=plan, region=region, period=period)
    values = _values(bulletin, title, items, line, month_end, opening, request, on=on)
    return _kept(bulletin, values, "bulletin.drafted", by=by, on=on)


@transaction.atomic
def edit(
    *,
    by: Actor,
    on: date,
    bulletin: Bulletin,
    period: PlanPeriod,
    title: str,
    items: Sequence[str],
    line: str,
    month_end: date | None = None,
    opening: str = "",
    request: str = "",
) -> Bulletin:
    """Change a draft; its figures are frozen afresh. Raises NotPermitted, InvalidInput, BulletinIssued."""
    require_own(by, Permission.REPORT_WRITE, bulletin.region)
    held = _draft_of(bulletin)
    held.period = period
    values = _values(held, title, items, line, month_end, opening, request, on=on)
    return _kept(held, values, "bulletin.edited", by=by, on=on)


@transaction.atomic
def issue(*, by: Actor, on: date, bulletin: Bulletin, number: str) -> Bulletin:
    """Issue the draft as it stands under a document number; another person than the drafter does.

    Raises NotPermitted, OwnWork, InvalidInput, AlreadyHeld, BulletinIssued.
    """
    require_own(by, Permission.REPORT_DECIDE, bulletin.region)
    number = number.strip()
    require_valid(Bulletin, number=number)
    if not number:
        raise InvalidInput(fields={"number": "field_missing"})
    held = _draft_of(bulletin)
    if by.account_id is not None and held.drafter_id == by.account_id:
        raise OwnWork
    Region.objects.select_for_update(no_key=True).get(pk=held.region_id)
    if Bulletin.objects.filter(region=held.region, number=number).exists():
        raise AlreadyHeld(field="number")
    held.state, held.number, held.issued_on, held.issued_by = BulletinState.ISSUED, number, on, by.name
    held.save(update_fields=["state", "number", "issued_on", "issued_by"])
    audit.record("bulletin.issued", held, by=by, region_path=held.region.path, number=number)
    return held


def _values(
    bulletin: Bulletin,
    title: str,
    items: Sequence[str],
    line: str,
    month_end: date | None,
    opening: str,
    request: str,
    *,
    on: date,
) -> dict[str, Any]:
    """What the officer chose, checked, with the figures that follow."""
    plan, region, period = bulletin.plan, bulletin.region, bulletin.period
    texts = {"title": title.strip(), "opening": lines(opening), "request": lines(request)}
    require_valid(Bulletin, line=line, **texts)
    problems = {} if texts["title"] else {"title": "field_missing"}
    measured = {target.code: (target, found) for target, found in report_figures.measurable(plan)}
    if not items or any(item not in measured and item not in INDICATORS for item in items):
        problems["items"] = "field_choice" if items else "field_missing"
    elif any(
        not measured[item][1].denominator and not queries.fits(measured[item][0], period)
        for item in items
        if item in measured
    ):
        problems["items"] = "item_of_other_years"
    if month_end is not None and month_end not in queries.month_ends(region, period, on=on):
        problems["month_end"] = "field_choice"
    if problems:
        raise InvalidInput(fields=problems)
    if not period.is_counted:
        raise FiguresNotCounted
    chosen = list(dict.fromkeys(items))
    figures = queries.compare(plan, region, period, chosen, line=Line(line), month_end=month_end, on=on)
    return texts | {
        "items": chosen,
        "line": line,
        "month_end": month_end,
        "as_of": date.fromisoformat(figures["as_of"]),
        "figures": figures,
    }


def _kept(bulletin: Bulletin, values: dict[str, Any], verb: str, *, by: Actor, on: date) -> Bulletin:
    """Whoever changed it last is who drafted it, and does not issue it."""
    drafted = {"drafted_on": on, "drafted_by": by.name, "drafter_id": by.account_id}
    for name, value in (values | drafted).items():
        setattr(bulletin, name, value)
    bulletin.save()
    audit.record(
        verb,
        bulletin,
        by=by,
        region_path=bulletin.region.path,
        as_of=bulletin.as_of.isoformat(),
        items=values["items"],
    )
    return bulletin


def _draft_of(bulletin: Bulletin) -> Bulletin:
    rows = Bulletin.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("plan__region", "plan__period", "region", "period").get(pk=bulletin.pk)
    if held.state != BulletinState.DRAFT:
        raise BulletinIssued(number=held.number)
    return held
