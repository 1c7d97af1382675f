"""Pages of statistics that leave the federation."""

from collections.abc import Callable

from django.urls import reverse

from goals.actions import releases
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.goals.release_factories import a_quarter
from tests.registry.factories import a_federation, a_region, an_account


def open_data(role: str = "", *, published: bool = True) -> Visit:
    """The open page, or with a role what the province does about it; one prefecture is held back with another."""
    a_quarter({"620000": (90, 33), "620100": (30, 10), "620500": (30, 3), "620600": (30, 20)})
    if published:
        releases.publish(by=SYSTEM, on=TODAY, region=a_region("620000"))
    if not role:
        return Visit(None, reverse("open-data:home"))
    path = reverse("goals:publish", args=["620000"]) if role == "approver" else reverse("goals:statistics")
    return Visit(an_account(role, a_federation("620000")), path)


VISITS: dict[str, Callable[[], Visit]] = {
    "open-data:home": open_data,
    "open-data:home, nothing yet": lambda: Visit(None, reverse("open-data:home")),
    "goals:statistics": lambda: open_data("federation_officer"),
    "goals:publish": lambda: open_data("approver", published=False),
    "goals:publish, published": lambda: open_data("approver"),
}
