"""The record of exports, for the browser."""

from django.urls import reverse

from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.registry.actions.test_exports import exported
from tests.registry.factories import a_federation, an_account


def exports(query: str = "", status: int = 0) -> Visit:
    """One export with personal fields in clear, one without."""
    account = an_account("auditor", a_federation("620500"))
    exported(SYSTEM)
    exported(SYSTEM, purpose="national_system", recipient="甘肃省残疾人联合会就业服务处", in_clear=[])
    return Visit(account, reverse("registry:exports") + query, status=status)


VISITS = {
    "registry:exports": exports,
    "registry:exports, nothing fits": lambda: exports("?until=2001-01-01"),
    "registry:exports, no such day": lambda: exports("?since=yesterday", status=422),
}
