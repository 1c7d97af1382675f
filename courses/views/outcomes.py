"""The page of outcomes: what the rules make of the records, decided at a press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import outcomes
from courses.models.enrolments import Outcome
from courses.queries.outcomes import previews
from courses.rules.cohorts import OPEN_TO_RESULTS
from courses.views.cohorts import cohort_of, may
from courses.views.names import labels
from registry.requests import ActorRequest, today
from registry.rules.access import Permission


@require_http_methods(["GET", "POST"])
def outcomes_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """The preview, trainee by trainee with the rule; a POST decides."""
    cohort = cohort_of(request, public_id)
    if request.method == "POST":
        counts = outcomes.decide(by=request.actor, on=today(), cohort=cohort)
        sentence = _("已判定：结业 %(completed)s 人，未合格 %(failed)s 人，中途退出 %(withdrew)s 人")
        messages.success(request, sentence % counts)
        return redirect("courses:outcomes", public_id=public_id)
    rows = previews(cohort)
    named = labels(row.enrolment for row in rows)
    context = {
        "cohort": cohort,
        "rows": [(named[row.enrolment.pk], row) for row in rows],
        "planned_hours": rows[0].planned_hours if rows else cohort.course.total_hours,
        "changes": sum(not row.is_decided for row in rows),
        "completed": sum(row.decision.outcome == Outcome.COMPLETED for row in rows),
        "is_open": cohort.state in OPEN_TO_RESULTS,
        "is_frozen": cohort.state in ("completed", "closed"),
        "may_decide": may(request, Permission.RESULT_RECORD, cohort) and cohort.state in OPEN_TO_RESULTS,
        "may_edit": may(request, Permission.COHORT_EDIT, cohort),
    }
    return render(request, "courses/results/outcomes.html", context)
