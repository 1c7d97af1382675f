"""Every page, as its readers set it up: three widths, light and dark, standard and large text."""

import pytest
from django.urls import clear_url_caches

from tests.browser.accessibility import assert_accessible, assert_fits, assert_keyboard_reaches_all
from tests.browser.visits import every_visit

VISITS = every_visit()
pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def with_pages_for_tests(settings):
    settings.ROOT_URLCONF = "tests.browser.urls"
    clear_url_caches()


@pytest.mark.parametrize("name", VISITS)
def test_every_page_is_accessible(open_page, name):
    account, path = VISITS[name]()
    for text in ("standard", "large"):
        page = open_page(account=account, text=text)
        assert_as_meant(page.goto(path).status, name)
        for width in (1280, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert_accessible(page, f"{name}, {width} px, {scheme}, {text}")
        assert_keyboard_reaches_all(page, f"{name}, {text}")
    page = open_page(account=account, text="largest", lang="en", width=320, javascript=False)
    page.goto(path)
    assert_fits(page, f"{name}, 320 px, largest, in English, without JavaScript")


def assert_as_meant(status, name):
    """A refusal page must not stand in for the page that was meant."""
    assert (status >= 400 and status != 422) == ("refused" in name), f"{name} answered {status}"
