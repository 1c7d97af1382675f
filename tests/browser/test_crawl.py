"""No link is dead, whoever follows it; what the pages look like, test_pages.py looks after."""

import pytest

from registry.models import Account
from registry.rules.access import BASE_ROLES, FEDERATION_ROLES, Role
from tests.browser.crawl import a_small_registry, every_page
from tests.registry.factories import a_federation, an_account

pytestmark = pytest.mark.django_db


def test_every_link_that_a_page_shows_leads_to_a_page() -> None:
    account = a_small_registry()
    crawl = every_page(account)
    assert crawl.dead == []
    assert len(crawl.pages) > 30, "the pages do link to one another"


@pytest.mark.parametrize("role", sorted(FEDERATION_ROLES | BASE_ROLES))
def test_no_role_is_shown_a_link_that_it_may_not_follow(role: Role) -> None:
    manager: Account = a_small_registry()
    base = manager.memberships.get(base__isnull=False).base
    place = a_federation("620500") if role in FEDERATION_ROLES else base
    assert every_page(an_account(role, place)).dead == []
