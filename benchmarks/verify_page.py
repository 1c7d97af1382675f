"""How fast the public certificate page is, beside a bare view and the same page made the ordinary way.

    TWOSKILLS_ENV=development python benchmarks/verify_page.py [seconds]

Three candidates answer in turn in one process on a throw-away database with 300 certificates (SQLite, or
PostgreSQL by `python -m tests.postgres python benchmarks/verify_page.py`), through
the whole middleware stack of the settings, without a network: what is compared is Django's work per request.

- bare:  an ordinary view that returns a constant, behind the site's middleware
- orm:   the same page by the ORM (select_related) and the same template, rendered each time
- fast:  the real page (certificates/public.py)
"""

# ruff: noqa: E402  Django is set up before its models are imported

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["TWOSKILLS_ENV"] = "development"
os.environ["TWOSKILLS_VAR"] = tempfile.mkdtemp(prefix="twoskills-bench-")
os.environ["DATABASE_URL"] = (
    os.environ.get("DATABASE_URL") or f"sqlite:///{os.environ['TWOSKILLS_VAR']}/b.sqlite3"
)
os.environ["DJANGO_SETTINGS_MODULE"] = "registry.settings"
os.environ["LOG_LEVEL"] = "ERROR"

import django
from django.conf import settings

# File names without a hash: nobody collected the static files of this throw-away installation.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()

from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone

from certificates.actions.certificates import issue_cohort
from certificates.models import Certificate
from certificates.queries.public import PublicRecord
from certificates.views import answers
from registry import urls as site_urls
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify

CERTIFICATES = 300


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@login_not_required
def orm(request: HttpRequest, code: str) -> HttpResponse:
    """The page as one would first write it."""
    held = Certificate.objects.select_related("skill", "base", "replaced_by", "signing_key").get(code=code)
    record = PublicRecord(
        **{name: getattr(held, name) for name in PublicRecord.__slots__[:16]},
        skill_number=held.skill.number,
        base_serial=held.base.serial,
        new_code="",
    )
    shape = answers._Shape(kind=answers.Kind(held.status), reader=answers.Reader("zh-hans", "standard"))
    values = answers._values(record, "zh-hans", timezone.now())
    context = {"kind": shape.kind.value, "check": "", "has": shape, "is_record": True, "errors": [], **values}
    return HttpResponse(render_to_string("certificates/public.html", context, request))


def main(seconds: float) -> None:
    call_command("migrate", verbosity=0)
    cohort = a_cohort_to_certify(CERTIFICATES)
    started = time.perf_counter()
    done = issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort, limit=CERTIFICATES)
    print(f"issued {done.made} certificates, {done.made / (time.perf_counter() - started):.0f} a second")
    some = list(Certificate.objects.values_list("code", flat=True))

    site_urls.urlpatterns += [path("bench/bare", bare), path("bench/orm/<str:code>", orm)]
    handler = WSGIHandler()
    factory = RequestFactory(SERVER_NAME="127.0.0.1")
    candidates = {
        "bare": lambda code: "/bench/bare",
        "orm": lambda code: f"/bench/orm/{code}",
        "fast": lambda code: f"/C/{code}",
    }
    rates: dict[str, list[float]] = {name: [] for name in candidates}
    for _round in range(3):
        for name, address in candidates.items():
            rates[name].append(measure(handler, factory, some, address, seconds / 9))
    base = max(rates["bare"])
    for name, runs in rates.items():
        best = max(runs)
        print(f"{name:5} {best:8.0f} requests/s  {1e6 / best:7.0f} us  {best / base:5.2f} of bare")


def measure(handler: WSGIHandler, factory: RequestFactory, some: list[str], address, seconds: float) -> float:
    """Requests a second, each for another certificate."""
    requests = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        environ = factory.get(
            address(some[requests % len(some)]), headers={"Accept-Language": "zh-CN,zh;q=0.9"}
        ).environ
        status: list[str] = []
        response = handler(environ, lambda line, headers, status=status: status.append(line))
        assert status[0] == "200 OK", status
        b"".join(response)
        response.close()
        requests += 1
    return requests / (time.perf_counter() - start)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 9)
