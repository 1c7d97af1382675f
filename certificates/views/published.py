"""Signed files for anyone's verifier: the trust bundle and the status lists. The same for everybody, and cacheable.

They are answered before sessions and sign-in come into play (certificates/public.py): no cookie, no `Vary: Cookie`.
"""

import hashlib
import json
from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from certificates.queries.names import public_names
from certificates.queries.status_lists import TTL, Form, signed_list
from certificates.queries.trust import signed_bundle
from registry.errors import NotFound

BUNDLE_SECONDS = 300
NAMES_SECONDS = 3600
MEDIA_TYPES = {Form.JWT: "application/statuslist+jwt", Form.CWT: "application/statuslist+cwt"}


@login_not_required
@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """The keys that sign certificates and status lists, signed (docs/certificate-format.md §6)."""
    body = signed_bundle(timezone.now()).encode()
    return file(request, body, "application/jose+json", seconds=BUNDLE_SECONDS)


@login_not_required
@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """What verifiers without a network call the numbers in a signature. Not signed: it vouches for nothing."""
    body = json.dumps(asdict(public_names()), ensure_ascii=False, separators=(",", ":")).encode()
    return file(request, body, "application/json", seconds=NAMES_SECONDS)


@login_not_required
@require_safe
def status_list(request: HttpRequest, number: int, form: Form | None = None) -> HttpResponse:
    """One status list, as a JWT or CWT (IETF Token Status List, §8.1); without an ending, as the visitor accepts."""
    wanted = form or _accepted(request)
    body = signed_list(number, wanted, at=timezone.now())
    if body is None:
        raise NotFound(what="status_list")
    response = file(request, body, MEDIA_TYPES[wanted], seconds=int(TTL.total_seconds()))
    if form is None:
        response["Vary"] = "Accept"
    return response


def _accepted(request: HttpRequest) -> Form:
    preferred = request.get_preferred_type(list(MEDIA_TYPES.values()))
    return next((form for form, media_type in MEDIA_TYPES.items() if media_type == preferred), Form.JWT)


def file(request: HttpRequest, body: bytes, media_type: str, *, seconds: int) -> HttpResponse:
    """A file that a CDN, a browser and the scripts of any site may keep."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=media_type)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag"
    return answer
