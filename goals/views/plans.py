"""Pages of policy plans: the list, and one plan's targets in its own words with their progress."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goals.models import Plan
from goals.queries import progress
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere


@require_safe
def plan_list(request: ActorRequest) -> HttpResponse:
    """All plans: they are published documents, so everybody who reads figures may read them."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    plans = Plan.objects.select_related("region", "period").annotate(target_count=Count("targets"))
    return render(request, "goals/plans.html", {"plans": plans})


@require_safe
def plan(request: ActorRequest, public_id: str) -> HttpResponse:
    """One plan; its progress only for those who read the figures of its whole region."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    held = one(Plan.objects.select_related("region", "period"), public_id=public_id)
    may_see_progress = request.actor.may(Permission.FIGURES_READ, region_path=held.region.path)
    rows = progress.of_plan(held, on=today()) if may_see_progress else progress.without_figures(held)
    measured = [found for _target, found in rows if found.as_of]
    context = {
        "plan": held,
        "rows": rows,
        "may_see_progress": may_see_progress,
        "measured": len(measured),
        "met": sum(found.met is True for found in measured),
        "as_of": today(),
    }
    return render(request, "goals/plan.html", context)
