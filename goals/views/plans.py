"""Pages of policy plans: the list, one plan's targets in its own words with their progress, and its work ledger."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from courses.views.sheets import table_file
from goals.models import Plan
from goals.models.plans import PlanState
from goals.queries import plan_ledgers, progress
from goals.queries.periods import counted_share
from goals.queries.plans import may_edit, region_within
from goals.rules.readings import State
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere


@require_safe
def plan_list(request: ActorRequest) -> HttpResponse:
    """All plans: they are published documents, so everybody who reads figures may read them; drafts those who edit."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    plans = Plan.objects.visible_to(request.actor).select_related("region", "period")
    context = {
        "plans": plans.annotate(target_count=Count("targets")),
        "may_draft": request.actor.may_somewhere(Permission.PLAN_EDIT),
    }
    return render(request, "goals/plans.html", context)


@require_safe
def plan(request: ActorRequest, public_id: str) -> HttpResponse:
    """One plan; its progress in the whole of its region, or in the reader's own part of it (`?region=`)."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    held = plan_of(request, public_id)
    if held.state == PlanState.DRAFT:
        return _draft(request, held)
    region = region_within(request.actor, held, request.GET.get("region", ""))
    rows = progress.of_plan(held, on=today(), region=region) if region else progress.without_figures(held)
    measured = [
        found.state for _target, found in rows if found.state not in (None, State.NONE_DUE, State.MISSING)
    ]
    context = {
        "plan": held,
        "region": region,
        "rows": rows,
        "measured": len(measured),
        "met": measured.count(State.MET),
        "behind": sum(state in (State.BEHIND, State.MISSED, State.LATE) for state in measured),
        "missing": sum(found.state is State.MISSING for _target, found in rows),
        "may_report": region is not None
        and request.actor.may(Permission.PLAN_EDIT, region_path=region.path)
        and held.state == PlanState.IN_FORCE,
        "reportable": {target.pk for target, found in rows if progress.is_reportable(target, found)},
        "may_edit": may_edit(request.actor, held),
        "counted": counted_share(held.period),
        "as_of": today(),
    }
    return render(request, "goals/plan.html", context)


def _draft(request: ActorRequest, held: Plan) -> HttpResponse:
    """Everything that was entered, to be checked, with the way to change each."""
    context = {"plan": held, "targets": held.targets.all()}
    return render(request, "goals/plan_draft.html", context)


@require_safe
def plan_ledger(request: ActorRequest, public_id: str) -> HttpResponse:
    """The work ledger (工作台账) as xlsx or CSV: nothing in it tells of single people. `?region=`, `?format=csv`."""
    require_somewhere(request.actor, Permission.FIGURES_READ)
    held = plan_of(request, public_id)
    region = region_within(request.actor, held, request.GET.get("region", ""), is_needed=True)
    # The file goes to Chinese offices, whoever makes it.
    with override("zh-hans"):
        rows = plan_ledgers.rows(held, region, on=today())
        title = f"{region.name}{held.title}工作台账{today()}"
        return table_file(
            plan_ledgers.HEADERS,
            rows,
            title=title,
            sheet_name="工作台账",
            as_csv=request.GET.get("format") == "csv",
        )


def plan_of(request: ActorRequest, public_id: str) -> Plan:
    """The plan, if the actor may know of it."""
    rows = Plan.objects.visible_to(request.actor).select_related("region", "period")
    return one(rows, public_id=public_id)
