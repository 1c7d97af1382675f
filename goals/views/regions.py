"""Dashboards: where to begin, and one region with its finding, its months and the regions below it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from goals.finding_words import sentence
from goals.queries import coverage, figures, reach, region_targets, trends
from goals.queries.coverage import Line
from goals.queries.periods import chosen, periods
from goals.rules.coverage import Figures
from goals.rules.indicators import DEFINITIONS, INDICATORS
from goals.rules.trends import chart
from goals.views.periods import asked, period_form
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

GOAL = INDICATORS["two_skill_coverage"]

SORTS: dict[str, Any] = {
    # Where nobody counts nothing waits: those come last.
    "need": lambda line: (not line.figures.people, not line.is_behind, line.figures.share),
    "region": lambda line: line.region.code,
    "share": lambda line: -line.figures.share,
    "change": lambda line: (line.change is None, line.change),
    "people": lambda line: -line.figures.people,
    "two": lambda line: -line.figures.two_skills,
    "one": lambda line: -line.figures.one_skill,
    "none": lambda line: -line.figures.no_skill,
}
"""How the regions below can be ordered; without being asked, those behind come first."""


@require_safe
def dashboard(request: ActorRequest) -> HttpResponse:
    """The actor's own top region; a list where there are several, and the trainees of the actor's own bases."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    tops, bases = reach.tops(request.actor), list(reach.bases(request.actor))
    if len(tops) == 1 and not bases:
        return redirect("goals:region", code=tops[0].code)
    known = periods(tops[0] if tops else None)
    period = chosen(known, request.GET.get("period"), on=today())
    counted = figures.by_path(tops, period, and_below=False) if period else {}
    context = {
        "period": period,
        "form": period_form(known, period),
        "periods": known,
        "as_of": today(),
        "lines": [Line(region, Figures.of(counted.get(region.path, {}))) for region in tops],
        "bases": [(base, coverage.of_base(base, period)) for base in bases] if period else [],
    }
    return render(request, "goals/dashboard.html", context)


@require_safe
def region(request: ActorRequest, code: str) -> HttpResponse:
    """One region: how near it is to two skills for everybody, and each region below it."""
    shown = asked(request, code)
    context = shown.context()
    if shown.period:
        found = coverage.of_region(shown.region, shown.period, on=today())
        now = {"members": found.figures.people, "two": found.figures.two_skills}
        trend = trends.of_region(GOAL, shown.region, shown.period, now=now, on=today())
        sort = request.GET.get("sort", "")
        context |= {
            "found": found,
            "figures": found.figures,
            "finding": sentence(found.finding),
            "below": ordered(found.below, sort),
            "sort": sort if sort in SORTS else "need",
            "has_changes": any(line.change is not None for line in found.below),
            "expected": found.yardstick.expected(today()),
            "trend": trend,
            "chart": chart(trend.points) if len(trend.points) > 1 else None,
            "definitions": DEFINITIONS,
            "targets": region_targets.of_region(shown.region, shown.period, on=today()),
        }
    return render(request, "goals/region.html", context)


def ordered(lines: list[Line], sort: str) -> list[Line]:
    """The regions below in the order asked for; those that are equal by their codes."""
    by_code = sorted(lines, key=SORTS["region"])
    return sorted(by_code, key=SORTS.get(sort, SORTS["need"]))
