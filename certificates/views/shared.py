"""What an employer sees who was sent a share link: the answer, each certificate as it stands now, no more."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates.actions.shares import count_opening
from certificates.errors import ShareEnded
from certificates.limits import LINK_MISSES
from certificates.models import Share
from certificates.models.certificates import CertificateStatus
from certificates.queries.shares import share_of, shared_certificates
from certificates.views import written
from certificates.views.holder_sessions import holder_of, private
from registry.actions import throttles
from registry.errors import NotFound, RegistryError
from registry.requests import client_address, today
from registry.rules.masking import mask_name, spoken_mask_name
from registry.templatetags.page import PREFERENCES
from registry.views import refusals


@login_not_required
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """404 for no such link, 410 for one that shows nothing any more."""
    try:
        response = _page(request, token)
    except RegistryError as error:
        response = refusals.answer(request, error)
    # The address is the key: it must not travel on with a click.
    response["Referrer-Policy"] = "no-referrer"
    return private(response)


def _page(request: HttpRequest, token: str) -> HttpResponse:
    at, address, on = timezone.now(), client_address(request), today()
    throttles.require_unspent(source=address, at=at, **LINK_MISSES)
    share = share_of(token)
    if share is None:
        throttles.hit(source=address, at=at, **LINK_MISSES)
        raise NotFound(what="share")
    if not share.is_open(on):
        raise ShareEnded()
    certificates = shared_certificates(share)
    if _is_a_look(request, share):
        count_opening(share=share, on=on)
    # As printed on the newest: what an employer holds beside it is the paper.
    name = certificates[0].holder_name
    in_force = sum(held.status == CertificateStatus.ISSUED for held in certificates)
    context = {
        "share": share,
        "name": name,
        "seen": name if share.shows_full_name else mask_name(name),
        "heard": name if share.shows_full_name else spoken_mask_name(name),
        "count": len(certificates),
        "in_force": in_force,
        "certificates": [(held, written.level(held.level)) for held in certificates],
        "checked_at": at,
    }
    return render(request, "certificates/shared.html", context)


def _is_a_look(request: HttpRequest, share: Share) -> bool:
    """Not another language or text size of the same page, not a mere HEAD, and not the holder's own check."""
    if request.method != "GET" or any(name in request.GET for name in PREFERENCES):
        return False
    own = holder_of(request, at=timezone.now())
    return own is None or own[0].pk != share.person_id
