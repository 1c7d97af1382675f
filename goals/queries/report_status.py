"""Who owes which report to whom, and where each stands: filed, late, returned, missing, not yet due.

Nothing is stored about what is owed: it follows from the plans' targets and the regions (docs/reports.md).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from goals.models import Plan, Report, Target
from goals.models.plans import PlanState
from goals.models.reports import MAY_BE_WRITTEN, ReportState, deadline, is_yearly
from goals.rules import reports as rules
from goals.rules.reports import Status
from registry.models import Region
from registry.models.regions import RegionLevel, in_subtrees
from registry.rules.access import Actor, Permission

LEVELS: Mapping[str, RegionLevel] = {
    "county": RegionLevel.COUNTY,
    "district": RegionLevel.COUNTY,
    "prefecture": RegionLevel.PREFECTURE,
}
"""Units of which level a target asks; of any other ("region") it asks the plan's own region."""


@dataclass(frozen=True)
class Duty:
    """One report that a unit owes, or owed, for one target and year."""

    target: Target
    region: Region
    year: int
    due_on: date | None
    report: Report | None
    status: Status

    @property
    def is_open(self) -> bool:
        """Whether the unit itself still has something to do for it."""
        if self.report is None or self.report.state in MAY_BE_WRITTEN:
            return True
        return self.report.is_outside and self.report.sent_on is None


def report_targets() -> QuerySet[Target]:
    """Targets of plans in force that ask for a report or an evaluation."""
    rows = Target.objects.filter(metric__in=rules.KINDS, repeats__isnull=True, plan__state=PlanState.IN_FORCE)
    return rows.select_related("plan__region", "plan__period")


def of_target(target: Target, plan: Plan, *, on: date) -> list[Duty]:
    """What every unit owes for one target, by region and year; two queries."""
    return _duties([target], list(_units([target], plan.region.path)), on=on)


def of_plan(plan: Plan, *, on: date, paths: Collection[str] | None = None) -> dict[Target, list[Duty]]:
    """What the units owe for each target of a plan; of units below `paths` only. Three queries, whatever there is."""
    targets = list(report_targets().filter(plan=plan))
    units = _units(targets, plan.region.path)
    if paths is not None:
        units = units.filter(in_subtrees("path", tuple(paths)))
    found: dict[Target, list[Duty]] = {target: [] for target in targets}
    for duty in _duties(targets, list(units), on=on):
        found[duty.target].append(duty)
    return found


def own(actor: Actor, *, on: date) -> list[Duty]:
    """What the actor's own federations owe, the earliest due first; three queries."""
    paths = actor.scope(Permission.REPORT_WRITE).region_paths
    if not paths:
        return []
    units = list(Region.objects.filter(path__in=paths))
    codes = {code for unit in units for code in unit.ancestor_codes}
    duties = _duties(list(report_targets().filter(plan__region__code__in=codes)), units, on=on)
    return sorted(duties, key=lambda duty: (duty.due_on or date(duty.year, 12, 31), duty.target.code))


def one(target: Target, region: Region, year: int, *, on: date) -> Duty | None:
    """What this unit owes for this target and year; None where it owes nothing."""
    return next((duty for duty in _duties([target], [region], on=on) if duty.year == year), None)


def counted(duties: Iterable[Duty]) -> Counter[Status]:
    return Counter(duty.status for duty in duties)


def _units(targets: Iterable[Target], path: str) -> QuerySet[Region]:
    levels = {LEVELS[target.per] for target in targets if target.per in LEVELS}
    return Region.objects.filter(Q(path=path) | Q(path__startswith=path, level__in=levels)).order_by("code")


def _duties(targets: Collection[Target], units: Collection[Region], *, on: date) -> list[Duty]:
    rows = Report.objects.filter(target__in=targets, region__in=units)
    held = {(row.target_id, row.region_id, row.year): row for row in rows}
    found = []
    for target in targets:
        years = rules.years(target.first_year, target.last_year, is_annual=is_yearly(target))
        for region in units:
            found += [
                _duty(target, region, year, held.get((target.pk, region.pk, year)), on=on)
                for year in years
                if _owes(target, region, year)
            ]
    return found


def _owes(target: Target, region: Region, year: int) -> bool:
    """Units outside the standard (经开区) report too (TS-07); a unit only in years in which its code stands."""
    plan = target.plan
    if target.per not in LEVELS:
        return region.pk == plan.region_id
    stands = (region.valid_from is None or region.valid_from.year <= year) and (
        region.valid_to is None or region.valid_to.year >= year
    )
    return region.level == LEVELS[target.per] and region.path.startswith(plan.region.path) and stands


def _duty(target: Target, region: Region, year: int, report: Report | None, *, on: date) -> Duty:
    due = deadline(target, year)
    if report is not None:
        # It is the very target: what hangs on it need not be read again.
        report.target = target
    status = rules.status(
        due=due,
        year=year,
        filed_on=report.handed_in_on if report else None,
        is_returned=report is not None and report.state == ReportState.RETURNED,
        on=on,
    )
    return Duty(target, region, year, due, report, status)
