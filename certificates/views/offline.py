"""Verifying without the registry: the page that a phone keeps, and the service worker that shows it."""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from certificates.views import written

SCRIPTS = (
    "certificates/verify.js",
    "certificates/status.js",
    "certificates/phone.js",
    "certificates/told.js",
)
FILES = ("registry/site.css", "certificates/offline.js", *SCRIPTS)


@login_not_required
@require_safe
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """The same for everyone, in one language and the standard size, whoever asks."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponse(_page(language))
    response["Content-Language"] = language
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, so that it may answer for /C/; a change of anything it keeps makes it a new one."""
    shells = {
        language: reverse("certificates:offline", args=[language]) for language, _name in settings.LANGUAGES
    }
    context = {
        "shells": json.dumps(shells),
        "files": json.dumps([static(name) for name in FILES]),
        "version": _version(),
    }
    response = HttpResponse(
        render_to_string("certificates/sw.js", context), content_type="text/javascript; charset=utf-8"
    )
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _page(language: str) -> str:
    request = HttpRequest()
    request.method, request.path = "GET", reverse("certificates:offline", args=[language])
    with translation.override(language):
        return render_to_string(
            "certificates/offline.html", {"scripts": SCRIPTS, "levels": written.levels()}, request
        )


@cache
def _version() -> str:
    """Of the content: the pages in every language and the files that they load."""
    pages = [_page(language) for language, _name in settings.LANGUAGES]
    return hashlib.sha256("".join([*pages, *map(source, FILES)]).encode()).hexdigest()[:16]


def source(name: str) -> str:
    """The text of one of our static files."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    with open(found, encoding="utf-8") as file:
        return file.read()
