"""Pages of the two-skills figures: where to begin, and one region with those below it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from goals.models import PlanPeriod
from goals.queries import coverage as queries
from goals.queries import people, reach
from goals.queries.periods import chosen, periods
from goals.views.periods import PeriodForm
from registry.models import Region
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere


@require_safe
def dashboard(request: ActorRequest) -> HttpResponse:
    """The actor's own top region; a list where there are several, and the trainees of the actor's own bases."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    tops, bases = reach.tops(request.actor), list(reach.bases(request.actor))
    if len(tops) == 1 and not bases:
        return redirect("goals:region", code=tops[0].code)
    known = periods()
    period = chosen(known, request.GET.get("period"), on=today())
    context = {
        "period": period,
        "form": PeriodForm(known, initial={"period": period.key if period else ""}),
        "periods": known,
        "as_of": today(),
        "regions": [(region, _figures(region, period)) for region in tops],
        "bases": [(base, queries.of_base(base, period)) for base in bases] if period else [],
        "people_filters": FILTERS,
    }
    return render(request, "goals/dashboard.html", context)


@require_safe
def region(request: ActorRequest, code: str) -> HttpResponse:
    """One region: how near it is to two skills for everybody, and each region below it."""
    held = reach.region(request.actor, code)
    known = periods()
    period = chosen(known, request.GET.get("period"), on=today())
    context: dict[str, Any] = {
        "region": held,
        "above": reach.above(held, request.actor),
        "period": period,
        "periods": known,
        "form": PeriodForm(known, initial={"period": period.key if period else ""}),
        "as_of": today(),
        "may_see_people": request.actor.may(Permission.PERSON_READ, region_path=held.path),
        "people_filters": FILTERS,
    }
    if period:
        shown = queries.of_region(held, period, on=today())
        context |= {
            "figures": shown.figures,
            "itself": shown.itself,
            # The furthest from the goal first: that is where work waits.
            "below": sorted(shown.below, key=lambda row: (row[1].people == 0, row[1].share, row[0].code)),
        }
    return render(request, "goals/region.html", context)


FILTERS = {"none": people.NONE, "one": people.ONE, "two": people.TWO}


def _figures(region: Region, period: PlanPeriod | None) -> queries.Figures:
    return queries.of_region(region, period, on=today()).figures if period else queries.Figures()
