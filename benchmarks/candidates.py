"""The site of verify_page.py, with two views beside it to compare with: `application` is what a server serves.

The settings are the site's own, on the database and in the folder that the environment names.
"""

# ruff: noqa: E402  Django is set up before its models are imported

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "registry.settings"
os.environ["LOG_LEVEL"] = "ERROR"

import django
from django.conf import settings

# File names without a hash: nobody collected the static files of this throw-away installation.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
django.setup()

from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone

from certificates.models import Certificate
from certificates.queries.public import PublicRecord
from certificates.views import answers
from registry import urls as site_urls

CANDIDATES = {
    "bare": "/bench/bare/{}",
    "orm": "/bench/orm/{}",
    "page": "/C/{}",
    "json": "/api/verify/{}",
}


@login_not_required
def bare(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("ok")


@login_not_required
def orm(request: HttpRequest, code: str) -> HttpResponse:
    """The page as one would first write it."""
    held = Certificate.objects.select_related("skill", "base", "replaced_by", "signing_key").get(code=code)
    record = PublicRecord(
        **{name: getattr(held, name) for name in PublicRecord.__slots__[:16]},
        skill_number=held.skill.number,
        base_serial=held.base.serial,
    )
    shape = answers._Shape(kind=answers.Kind(held.status), reader=answers.Reader("zh-hans", "standard"))
    values = answers._values(record, "zh-hans", timezone.now())
    context = {"kind": shape.kind.value, "check": "", "has": shape, "is_record": True, "errors": [], **values}
    return HttpResponse(render_to_string("certificates/public.html", context, request))


site_urls.urlpatterns += [path("bench/bare/<str:code>", bare), path("bench/orm/<str:code>", orm)]
application = WSGIHandler()
