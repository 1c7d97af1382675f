"""Every page, as its readers set it up: three widths, light and dark, standard and large text."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import clear_url_caches, resolve
from playwright.sync_api import Page

from tests.browser.accessibility import (
    assert_accessible,
    assert_fits,
    assert_keyboard_reaches_all,
    assert_still_accessible,
)
from tests.browser.visits import Visit, every_visit, url_name

VISITS = every_visit()
FIRST = set({url_name(name) or name: name for name in reversed(VISITS)}.values())
"""The state of each page that is seen in every setting; its other states are the same page with other words."""
TOKEN = "t" * 32


@pytest.fixture(autouse=True)
def with_pages_for_tests(settings):
    settings.ROOT_URLCONF = "tests.browser.urls"
    clear_url_caches()


@pytest.mark.browser
@pytest.mark.parametrize("name", VISITS)
def test_every_page_is_accessible(open_page, name):
    visit = VISITS[name]()
    assert not url_name(name) or url_name(name) == resolve(urlsplit(visit.path).path).view_name
    page = open_page(account=visit.account)
    assert ask(page, visit) == visit.meant
    assert_accessible(page, name)
    assert_keyboard_reaches_all(page, name)
    for look in looks(page, LOOKS if name in FIRST else LOOKS[-1:]):
        assert_still_accessible(page, f"{name}, {look}")
    assert_keyboard_reaches_all(page, f"{name}, {look}")
    if visit.post is not None and visit.meant == 200:
        return  # done, and cannot be done twice
    page = open_page(account=visit.account, text="largest", lang="en", width=320, javascript=False)
    assert ask(page, visit) == visit.meant
    assert_fits(page, f"{name}, 320 px, largest, in English, without JavaScript")


def ask(page: Page, visit: Visit) -> int:
    """Open the page; what is to be sent goes out as the page's own form would send it. Returns the status."""
    page.context.add_cookies(
        [
            {"name": name, "value": value, "domain": "localhost", "path": "/"}
            for name, value in visit.cookies.items()
        ]
    )
    if visit.post is not None:
        page.context.add_cookies(
            [{"name": django_settings.CSRF_COOKIE_NAME, "value": TOKEN, "domain": "localhost", "path": "/"}]
        )
        sent = encode_multipart(BOUNDARY, {**visit.post, "csrfmiddlewaretoken": TOKEN})
        page.route(
            f"**{visit.path}",
            lambda route: route.continue_(
                method="POST",
                headers={**route.request.headers, "content-type": MULTIPART_CONTENT},
                post_data=sent,
            ),
            times=1,
        )
    response = page.goto(visit.path)
    assert response is not None
    return response.status


# Of three widths, two schemes and two sizes every two stand together in one of these: what a width does to the
# large text, or the dark scheme to a width, is seen, at half the price of all twelve.
LOOKS = [
    (1280, "light", "standard"),
    (360, "dark", "standard"),
    (320, "light", "standard"),
    (360, "light", "large"),
    (1280, "dark", "large"),
    (320, "dark", "large"),
]


def looks(page: Page, settings: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """Turns the page to each of the settings. The larger text is a class, as the next test shows."""
    for width, scheme, text in settings:
        page.evaluate("text => { document.documentElement.className = `text-${text}` }", text)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        yield f"{width} px, {scheme}, {text}"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/help/", "/verify/", "/C/ABC", "/accessibility/"])
def test_larger_text_is_the_same_page_with_another_class(path):
    def shown(text: str) -> str:
        client = Client()
        client.cookies["text"] = text
        html = client.get(path).content.decode()
        assert f'class="text-{text}"' in html
        return html.replace(f'class="text-{text}"', "").replace(' aria-current="true"', "")

    assert shown("large") == shown("standard")
