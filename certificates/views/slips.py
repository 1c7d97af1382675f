"""Staff print a slip with a personal link for a holder, and end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now

from certificates.actions import slips as actions
from certificates.faces import qr
from certificates.models import Slip
from certificates.proof import codes
from certificates.queries.holders import certificates_of
from certificates.views.links import in_capitals, public_address
from registry.models import Person
from registry.queries.lookup import one
from registry.requests import ActorRequest, public_host, today
from registry.rules.access import Permission, require_somewhere
from registry.views.posts import posted_from


@posted_from("certificates:person")
def issue(request: ActorRequest, public_id: str) -> HttpResponse:
    """The slip itself, ready to print: its link is shown this once."""
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    person = one(Person.objects.visible_to(request.actor).select_related("region"), public_id=public_id)
    made, token = actions.issue(by=request.actor, on=today(), at=timezone.now(), person=person)
    newest = certificates_of(person).first()
    context = {
        "person": person,
        "slip": made,
        "symbol": SafeString(qr.draw(in_capitals(public_address("certificates:slip", token))).svg()),
        "number": codes.format_number(newest.number or "") if newest else "",
        "address": public_host() + reverse("certificates:my"),
    }
    response = render(request, "certificates/slip.html", context)
    response["Cache-Control"] = "no-store"
    return response


@posted_from("certificates:person")
def end(request: ActorRequest, public_id: str, slip_id: str) -> HttpResponse:
    require_somewhere(request.actor, Permission.CERTIFICATE_READ)
    held = one(Slip.objects.visible_to(request.actor), public_id=slip_id, person__public_id=public_id)
    actions.end(by=request.actor, at=timezone.now(), slip=held)
    messages.success(request, _now("凭条已作废，它的链接打不开了。"))
    return redirect("certificates:person", public_id=public_id)
