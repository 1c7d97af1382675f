"""Pages of the trainees of a cohort: who they are, and who left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import enrolments
from courses.models import Enrolment
from courses.models.enrolments import Outcome
from courses.views.cohorts import cohort_of, may
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views.lists import page_of


@require_safe
def trainees(request: ActorRequest, public_id: str) -> HttpResponse:
    """The roster as it was on the day of enrolment: what an approver reads before deciding."""
    cohort = cohort_of(request, public_id)
    context = {
        "cohort": cohort,
        "page": page_of(request, Enrolment.objects.filter(cohort=cohort).select_related("person")),
        "may_edit": may(request, Permission.COHORT_EDIT, cohort),
        "is_frozen": cohort.state in ("completed", "closed", "cancelled"),
    }
    return render(request, "courses/enrolments/trainees.html", context)


@require_http_methods(["GET", "POST"])
def leave(request: ActorRequest, public_id: str, enrolment_id: str) -> HttpResponse:
    """Notes that a trainee left, or takes that back while nothing is completed."""
    cohort = cohort_of(request, public_id)
    require(request.actor, Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])
    rows = Enrolment.objects.visible_to(request.actor).filter(cohort=cohort)
    enrolment = one(rows.select_related("person", "cohort"), public_id=enrolment_id)
    has_left = enrolment.outcome == Outcome.WITHDREW
    if request.method == "POST":
        if request.POST.get("act") == "back":
            enrolments.take_back(by=request.actor, on=today(), enrolment=enrolment)
            sentence = _("%(name)s 已恢复为学员")
        else:
            enrolments.withdraw(by=request.actor, on=today(), enrolment=enrolment)
            sentence = _("已登记 %(name)s 中途退出")
        messages.success(request, sentence % {"name": enrolment.person.name})
        return redirect("courses:trainees", public_id=public_id)
    context = {"cohort": cohort, "enrolment": enrolment, "has_left": has_left}
    return render(request, "courses/enrolments/leave.html", context)
