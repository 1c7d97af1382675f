"""Every page one comes to by following links: small and light, wide, dark and large; and by keyboard."""

import pytest

from tests.browser.accessibility import assert_accessible, assert_keyboard_reaches_all
from tests.browser.crawl import a_small_registry, every_page

pytestmark = pytest.mark.browser

LOOKS = [
    {"width": 320, "scheme": "light", "text": "standard"},
    {"width": 1280, "scheme": "dark", "text": "large"},
]


@pytest.mark.parametrize("look", LOOKS, ids=["320 px, light", "1280 px, dark, large"])
def test_every_page_that_links_lead_to_is_accessible(open_page, look):
    account = a_small_registry()
    page = open_page(account=account, **look)
    crawl = every_page(account)
    wrong = crawl.dead
    for kind, address in crawl.pages.items():
        page.goto(address)
        for check in (assert_accessible, assert_keyboard_reaches_all):
            try:
                check(page, kind)
            except AssertionError as fault:
                wrong.append(str(fault))
    assert not wrong, "\n\n".join(wrong)
