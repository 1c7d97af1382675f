"""Puts the certificates of a cohort on public notice before they are issued."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from certificates.queries import notices
from certificates.views.cohorts import cohort_of
from registry.models.notices import NoticeKind
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require
from registry.views.publishing import publish_page


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: ActorRequest, public_id: str) -> HttpResponse:
    """Check who is on it, then publish: those who earned a certificate and were on no notice."""
    shown = cohort_of(request, public_id)
    require(request.actor, Permission.NOTICE_PUBLISH, region_path=shown.base.region.path)
    return publish_page(
        request,
        kind=NoticeKind.CERTIFICATE,
        region=shown.base.region,
        items=notices.items(shown, on=today()),
        title=notices.title(shown),
        intro=notices.INTRO,
        back=reverse("certificates:cohort", args=[public_id]),
    )
