"""Which pages the browser visits. Every app lists its own in `tests/<app>/visits.py`, as VISITS.

VISITS maps "<URL name>, <state>" to a function that prepares what the page shows and returns a Visit. Every page
of the site has one at least: `test_every_page_is_visited.py` compares them with the URLs.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import reverse

from registry.models import Account

APPS = ("registry", "courses", "certificates", "goals")
EVERY_STATE = bool(os.environ.get("EVERY_STATE"))


@dataclass(frozen=True)
class Visit:
    """Who opens a page (None: the public), its address, what is sent to it (None: a GET), the status meant.

    `cookies` are those of somebody who has no account, but opened their own certificates.
    Without a status a GET means 200, a POST the form that comes back with errors, 422.
    """

    account: Account | None
    path: str
    post: Mapping[str, Any] | None = None
    status: int = 0
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def meant(self) -> int:
        return self.status or (200 if self.post is None else 422)


def public(path: str, status: int = 200) -> Callable[[], Visit]:
    return lambda: Visit(None, path, status=status)


FRAME: dict[str, Callable[[], Visit]] = {
    "registry:help": lambda: Visit(None, reverse("registry:help")),
    "registry:accessibility": lambda: Visit(None, reverse("registry:accessibility")),
    "refusal, not found": public("/nowhere/", 404),
    "refusal, not permitted": public("/tests/refusals/forbidden/", 403),
    "refusal, conflict": public("/tests/refusals/conflict/", 409),
    "refusal, too often": public("/tests/refusals/throttled/", 429),
    "refusal, page expired": public("/tests/expired/", 403),
    "refusal, our fault": public("/tests/broken/", 500),
    "refusal, certificates cannot be looked up": public("/tests/unavailable/", 503),
    "specimen": public("/tests/specimen/"),
    "specimen, with errors": public("/tests/specimen/?wrong=1", 422),
}

# URLs that answer with no page of their own, and what with instead.
NO_PAGES = {
    "a file or JSON": {
        "certificates:bulk-download",
        "certificates:cohort-pdf",
        "certificates:did",
        "certificates:correct-cohort-sheet",
        "certificates:image",
        "certificates:my-image",
        "certificates:my-pdf",
        "certificates:open-badge",
        "certificates:pdf",
        "certificates:status-credential",
        "certificates:status-credential-jwt",
        "certificates:specimen",
        "certificates:names",
        "certificates:service-worker",
        "certificates:status-list",
        "certificates:status-list-cwt",
        "certificates:status-list-jwt",
        "certificates:trust",
        "goals:bulletin-file",
        "goals:quality-sheet",
        "goals:report-file",
        "open-data:csv",
        "open-data:json",
        "open-data:package",
        "courses:attendance-sheet",
        "goals:indicator-sheet",
        "goals:region-sheet",
        "courses:export-download",
        "courses:exam-sheet",
        "courses:resource-file",
        "courses:cohort-employment-sheet",
        "courses:rates-sheet",
        "courses:results-sheet",
        "courses:roster-bad-rows",
        "courses:roster-template",
        "courses:other-funding-template",
        "goals:plan-ledger",
    },
    "another page, after a press of a button": {
        "certificates:ask-bulk-file",
        "certificates:end-share",
        "certificates:end-slip",
        "certificates:hasten-change",
        "courses:cancel-exam",
        "courses:publish-resource",
        "courses:draw-another",
        "courses:settle-comparison",
        "courses:remove-session",
        "courses:withdraw-resource",
        "courses:remove-service-record",
        "courses:reopen-follow-up",
        "goals:put-in-force",
        "registry:end-grant",
        "registry:conclude-notice",
        "registry:end-token",
        "registry:sign-out",
        "registry:withdraw-consent",
    },
}


def every_visit() -> dict[str, Callable[[], Visit]]:
    """The frame's own pages and those of every app."""
    visits = dict(FRAME)
    for listed in sorted(Path(__file__).parents[1].glob("*/visits.py")):
        if listed.parent.name != "browser":
            visits |= import_module(f"tests.{listed.parent.name}.visits").VISITS
    return visits


def url_name(visit: str) -> str:
    """The URL name in the name of a visit; "" where it is no page of the site."""
    name = visit.partition(", ")[0]
    return name if ":" in name else ""


def first_states(visits: Iterable[str]) -> set[str]:
    """One visit of each page; its other states are the same page with other rows or words."""
    return set({url_name(name) or name: name for name in reversed(list(visits))}.values())


def public_pages() -> set[str]:
    """The names of the doors that anyone may open, as the access matrix holds them."""
    tables = [import_module(f"tests.{app}.access_table") for app in APPS]
    return {door.name for table in tables for door in table.DOORS if door.public}


def usually_seen(visits: Iterable[str]) -> list[str]:
    """Every state of the public's pages and the first of staff's; all states of all with EVERY_STATE=1."""
    names = list(visits)
    first, public = first_states(names), public_pages()
    return [name for name in names if EVERY_STATE or name in first or url_name(name) in public]
