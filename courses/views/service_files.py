"""The page of a service file (一人一档): one person's needs, plan, services, training and work in one place."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models.service_records import FourOnes
from courses.queries import service_files as queries
from courses.views.employment import person_of
from registry.queries.people import reach
from registry.requests import ActorRequest, today
from registry.rules.access import Permission

OWN_PAGES = {
    FourOnes.ABILITY_ASSESSMENT.value: "courses:abilities",
    FourOnes.NEED_REGISTRATION.value: "registry:need",
}
"""Where those of “四个一” are recorded that are facts of their own; the others on the page of a service."""


@require_safe
def service_file(request: ActorRequest, public_id: str) -> HttpResponse:
    """Everything about one person; what was said or found is read by those who may edit them."""
    person = person_of(request, public_id)
    permitted = reach(person)
    found = queries.file_of(request.actor, person, on=today())
    plans = found.pop("plans")
    context = found | {
        "person": person,
        "plan": next((plan for plan in plans if plan.closed_on is None), None),
        "closed_plans": [plan for plan in plans if plan.closed_on is not None],
        "missing": [
            (step, OWN_PAGES.get(step.kind.value, "courses:new-service-record"))
            for step in found["owed"].missing
        ],
        "may_serve": request.actor.may(Permission.PERSON_EDIT, **permitted),
        "may_record": request.actor.may(Permission.EMPLOYMENT_RECORD, **permitted),
        "may_assign": request.actor.may(Permission.COUNSELLOR_ASSIGN, region_path=person.region.path),
        "may_read_certificates": request.actor.may(Permission.CERTIFICATE_READ, **permitted),
        "year": today().year,
        "today": today(),
    }
    return render(request, "courses/service_files/file.html", context)
