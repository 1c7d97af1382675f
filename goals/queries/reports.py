"""Reports as pages and the API show them: the plans nearby, one with what hangs on it, what waits for a decision."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from goals.models import Plan, Report, ReportFiling
from goals.models.plans import PlanState
from goals.models.reports import ReportState
from goals.rules import reports as rules
from registry.errors import NotFound
from registry.models import Region
from registry.models.regions import in_subtrees
from registry.queries.lookup import one
from registry.rules.access import Actor


def plans_near(paths: Collection[str]) -> list[Plan]:
    """The plans in force that ask the units of these paths for reports: of their regions, above and below."""
    codes = {code for path in paths for code in path.rstrip("/").split("/")}
    near = Q(region__code__in=codes) | in_subtrees("region__path", tuple(paths))
    rows = Plan.objects.filter(near, state=PlanState.IN_FORCE, targets__metric__in=rules.KINDS)
    return list(
        rows.select_related("region", "period").distinct().order_by("-period__last_year", "region__code")
    )


def whole(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.select_related("region", "target__plan__region", "target__plan__period")


def to_decide(actor: Actor) -> QuerySet[Report]:
    """What was handed in to the actor's own federation, the longest waiting first."""
    waiting = Report.objects.addressed_to(actor).filter(state=ReportState.SUBMITTED)
    return whole(waiting).order_by("state_since", "pk")


def filing(report: Report, number: str = "") -> ReportFiling:
    """A version by its number, else the last. Raises NotFound."""
    filings = report.filings.order_by("-number")
    if number:
        filings = (
            filings.filter(number=int(number)) if number.isdecimal() and len(number) < 5 else filings.none()
        )
    found = filings.first()
    if found is None:
        raise NotFound(what="file")
    # The report with its plan is read already.
    found.report = report
    return found


def unit(code: str) -> Region:
    """The region of a code. Raises NotFound."""
    return one(Region.objects.all(), code=code)
