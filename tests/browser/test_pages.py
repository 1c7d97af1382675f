"""Every page, as its readers set it up: three widths, light and dark, standard and large text."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import clear_url_caches, resolve
from playwright.sync_api import Page

from tests.browser.accessibility import (
    assert_accessible,
    assert_boxes_fit,
    assert_each_stop_is_seen,
    assert_fits,
    assert_keyboard_reaches_all,
    assert_still_accessible,
)
from tests.browser.visits import Visit, every_visit, first_states, url_name, usually_seen

VISITS = every_visit()
FIRST = first_states(VISITS)
"""The state of each page that is seen in every setting; its other states are the same page with other words: axe sees
them, and their boxes must fit the narrowest screen."""
TOKEN = "t" * 32
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def with_pages_for_tests(settings):
    settings.ROOT_URLCONF = "tests.browser.urls"
    clear_url_caches()


@pytest.mark.browser
@pytest.mark.parametrize("name", usually_seen(VISITS))
def test_every_page_is_accessible(turn_page, name):
    visit = VISITS[name]()
    assert not url_name(name) or url_name(name) == resolve(urlsplit(visit.path).path).view_name
    page = turn_page(account=visit.account)
    assert ask(page, visit) == visit.meant
    assert_accessible(page, name)
    if name in FIRST:
        assert_keyboard_reaches_all(page, name)
        assert_still_accessible(page, f"{name}, {turn_to(page, DARK)}")
    for look in LOOKS if name in FIRST else []:
        assert_boxes_fit(page, f"{name}, {turn_to(page, look)}")
    look = turn_to(page, HARDEST)
    assert_boxes_fit(page, f"{name}, {look}", axe=name in FIRST)
    if name not in FIRST:
        return
    assert_each_stop_is_seen(page, f"{name}, {look}")
    if visit.post is not None and visit.meant == 200:
        return  # done, and cannot be done twice
    page = turn_page(account=visit.account, text="largest", lang="en", width=320, javascript=False)
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


# Of three widths, two schemes and two sizes every two stand together in one of these and (1280, light, standard),
# where axe sees every page in full: what a width does to the large text, or the dark scheme to a width, is seen,
# at half the price of all twelve. Colours depend on the scheme alone (the last tests here), so that axe measures
# them once in each, at the standard size: of larger text it asks for less.
DARK = (360, "dark", "standard")
LOOKS = [(320, "light", "standard"), (360, "light", "large"), (1280, "dark", "large")]
HARDEST = (320, "dark", "large")


def turn_to(page: Page, look: tuple[int, str, str]) -> str:
    """Turns the page to the look; the larger text is a class, as the next test shows. Returns it in words."""
    width, scheme, text = look
    page.evaluate("text => { document.documentElement.className = `text-${text}` }", text)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    return f"{width} px, {scheme}, {text}"


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


SHEETS = sorted(ROOT.glob("*/static/**/*.css"))
COLOUR = re.compile(r"(?<![\w-])((?:color|background[\w-]*|opacity|filter|fill|--(?!target)[\w-]+))\s*:")


def narrowed(css: str) -> list[str]:
    """The rules that hold only in some widths (media and container queries) or sizes of text."""
    found = []
    for query in re.finditer(r"@(?:media|container)[^{]*\b(?:width|inline-size)\b[^{]*\{", css):
        depth, end = 1, query.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        found.append(css[query.end() : end])
    return found + re.findall(r"\.text-larg[^{]*\{[^}]*\}", css)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_colour_depends_on_width_or_size(sheet):
    for rules in narrowed(sheet.read_text(encoding="utf-8")):
        assert COLOUR.findall(rules) == []


def test_a_colour_that_depends_on_width_is_found():
    rules = narrowed("a { color: red } @media (min-width: 40em) { b { margin: 0 } a { color: blue } } p {}")
    assert [COLOUR.findall(each) for each in rules] == [["color"]]
