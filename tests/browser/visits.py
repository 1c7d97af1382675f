"""Which pages the browser visits. Every app lists its own in `tests/<app>/visits.py`, as VISITS.

A visit prepares what its page shows and returns who opens it (an Account; None: the public) and the path.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import reverse

Visit = Callable[[], tuple[Any, str]]


def public(path: str) -> Visit:
    return lambda: (None, path)


FRAME: dict[str, Visit] = {
    "help": lambda: (None, reverse("registry:help")),
    "accessibility statement": lambda: (None, reverse("registry:accessibility")),
    "sign-in": lambda: (None, reverse("registry:sign-in")),
    "refused: not found": public("/nowhere/"),
    "refused: not permitted": public("/tests/refusals/forbidden/"),
    "refused: conflict": public("/tests/refusals/conflict/"),
    "refused: too often": public("/tests/refusals/throttled/"),
    "refused: page expired": public("/tests/expired/"),
    "refused: our fault": public("/tests/broken/"),
    "specimen": public("/tests/specimen/"),
    "specimen with errors": public("/tests/specimen/?wrong=1"),
}


def every_visit() -> dict[str, Visit]:
    """The frame's own pages and those of every app that lists some."""
    visits = dict(FRAME)
    for listed in sorted(Path(__file__).parents[1].glob("*/visits.py")):
        app = listed.parent.name
        if app != "browser":
            found = import_module(f"tests.{app}.visits").VISITS
            visits |= {f"{app}: {name}": visit for name, visit in found.items()}
    return visits
