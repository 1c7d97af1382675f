"""Pages of the local standards that the browser visits."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from registry.actions import standards
from registry.models import Account
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.registry.factories import a_federation, an_account


def decided() -> None:
    for key, value in (("accreditation_term_years", 5), ("follow_up_months", [3, 6, 12, 24])):
        standards.decide(
            by=SYSTEM,
            federation=a_federation("620500"),
            key=key,
            value=value,
            since=date(2024, 1, 1),
            document="天残联发〔2024〕1号",
        )


def seen(role: str = "federation_officer") -> tuple[Account, str]:
    decided()
    return an_account(role, a_federation("620500")), reverse("registry:standards")


def of(key: str) -> tuple[Account, str]:
    account, _path = seen()
    return account, reverse("registry:standard", args=["620500", key])


def nothing_filled_in() -> tuple[Account, str, dict[str, Any]]:
    return *of("accreditation_term_years"), {}


VISITS: dict[str, Callable[[], Visit]] = {
    "registry:standards": lambda: Visit(*seen()),
    "registry:standards, to look at": lambda: Visit(*seen("read_only")),
    "registry:standard": lambda: Visit(*of("accreditation_term_years")),
    "registry:standard, yes or no": lambda: Visit(*of("examined_apart")),
    "registry:standard, a list": lambda: Visit(*of("follow_up_months")),
    "registry:standard, nothing filled in": lambda: Visit(*nothing_filled_in()),
}
