"""Open data: the two-skills goal by prefecture as the federations released it. No sign-in, and nothing of single people."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from courses.workbooks.writing import write_csv
from goals.queries import open_data as queries
from goals.queries import releases
from registry.requests import ActorRequest
from registry.rules.access import ANONYMOUS

PAGE_SECONDS = 300
FILE_SECONDS = 3600


@login_not_required
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """The newest release of each province, what it means, and where the files are."""
    every = releases.public()
    newest = releases.newest(every)
    context = {
        "provinces": [(release, queries.rows(release)) for release in newest],
        "latest": max((release.as_of for release in newest), default=None),
        "columns": queries.COLUMNS,
        "earlier": len(every) - len(newest),
    }
    response = render(request, "goals/open_data.html", context)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    if request.actor is ANONYMOUS:
        # Who is signed in sees a menu of their own.
        response["Cache-Control"] = f"public, max-age={PAGE_SECONDS}"
    return response


@login_not_required
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every release as a CSV, with columns that never change."""
    records = queries.records(releases.public())
    rows = [[_cell(record[column]) for column in queries.COLUMNS] for record in records]
    return _file(write_csv(list(queries.COLUMNS), rows), "text/csv; charset=utf-8")


@login_not_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """The same as JSON."""
    return _file(_json(queries.records(releases.public())), "application/json")


@login_not_required
@require_safe
def package(request: HttpRequest) -> HttpResponse:
    """What the CSV is, for machines."""
    newest = max((release.released_on for release in releases.public()), default=None)
    return _file(_json(queries.package(settings.PUBLIC_BASE_URL, newest=newest)), "application/json")


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _file(body: bytes, media_type: str) -> HttpResponse:
    """A file that anybody's cache may keep and any site's scripts may read."""
    response = HttpResponse(body, content_type=media_type)
    response["Cache-Control"] = f"public, max-age={FILE_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
