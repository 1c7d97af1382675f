"""Pages of data quality, and of statistics that leave the federation."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from goals.actions import releases
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.goals.factories import a_member, a_period
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


def quality(page: str = "quality", *, recorded: bool = True) -> Visit:
    """A person of whom much is missing, in work without evidence since a day long past; or nobody."""
    a_period()
    for code in ("620502", "620503"):
        a_region(code)
    if recorded:
        person = a_member(1, "620502")
        a_spell(person, started_on=TODAY - timedelta(days=60), on=TODAY)
    account = an_account("federation_officer", a_federation("620500"))
    return Visit(account, reverse(f"goals:{page}", args=["620500"]))


VISITS: dict[str, Callable[[], Visit]] = {
    "goals:quality": quality,
    "goals:quality, nothing recorded": lambda: quality(recorded=False),
    "goals:incomplete-people": lambda: quality("incomplete-people"),
    "goals:doubtful-jobs": lambda: quality("doubtful-jobs"),
    "open-data:home": open_data,
    "open-data:home, nothing yet": lambda: Visit(None, reverse("open-data:home")),
    "goals:statistics": lambda: open_data("federation_officer"),
    "goals:publish": lambda: open_data("approver", published=False),
    "goals:publish, published": lambda: open_data("approver"),
}
