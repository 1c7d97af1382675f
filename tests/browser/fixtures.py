"""The machine's own Chromium, a real server, and pages as a reader has set them up: for every test that asks.

Playwright's sync API keeps an event loop in this thread, which Django would take for async code.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The headless shell is the same engine without windows, tabs and menus of its own: half the time for each page.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
HOW_TO_GET_IT = "No Chromium on this machine (Debian, Ubuntu: apt install chromium fonts-noto-cjk)."
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
# Any other name than 127.0.0.1 leads there too: plain http on it is no secure context.
QUIET += ["--host-resolver-rules=MAP phone.example 127.0.0.1"]
READER: dict[str, Any] = {"locale": "zh-CN", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run. Without one these tests are left out, except in CI, where that is a fault."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, transactional_db: None, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_page(width=360, scheme="dark", text="large", lang="en", javascript=False, account=…)` → a page.

    The page's `goto` takes paths. What the browser complains about on its console fails the test at its end,
    most of all anything the content security policy refused.
    """
    contexts: list[BrowserContext] = []
    with no_complaints() as listen:

        def open_one(
            *,
            width: int = 1280,
            height: int = 800,
            scheme: str = "light",
            text: str = "standard",
            lang: str = "zh-hans",
            javascript: bool = True,
            account: Any = None,
        ) -> Page:
            context = chromium.new_context(
                base_url=live_server.url,
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                java_script_enabled=javascript,
                **READER,
            )
            contexts.append(context)
            set_up(context, live_server.url, text, lang, account)
            page = context.new_page()
            listen(page)
            return page

        yield open_one
        for context in contexts:
            context.close()


@pytest.fixture(scope="session")
def tabs(chromium: Browser, live_server: Any) -> Iterator[Callable[[bool], Page]]:
    """One tab with scripts and one without, for the whole run: opening another costs more than what one sees."""
    opened: dict[bool, Page] = {}

    def tab(javascript: bool) -> Page:
        if javascript not in opened or opened[javascript].is_closed():
            context = chromium.new_context(
                base_url=live_server.url, java_script_enabled=javascript, service_workers="block", **READER
            )
            opened[javascript] = context.new_page()
            opened[javascript].on("crash", lambda _page: opened.pop(javascript))
        return opened[javascript]

    yield tab
    for page in opened.values():
        page.context.close()


@pytest.fixture
def turn_page(
    tabs: Callable[[bool], Page], transactional_db: None, live_server: Any
) -> Iterator[Callable[..., Page]]:
    """As `open_page`, in the same tab each time: for looking at a page, not for what a browser keeps of it."""
    turned: list[Page] = []
    with no_complaints() as listen:

        def turn(
            *,
            width: int = 1280,
            height: int = 800,
            scheme: str = "light",
            text: str = "standard",
            lang: str = "zh-hans",
            javascript: bool = True,
            account: Any = None,
        ) -> Page:
            page = tabs(javascript)
            page.context.clear_cookies()
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            set_up(page.context, live_server.url, text, lang, account)
            if page not in turned:
                listen(page)
                turned.append(page)
            return page

        yield turn
        for page in turned:
            page.goto("about:blank")  # nothing of this page is asked of the server after the test
            forget(page, live_server.url)


def forget(page: Page, origin: str) -> None:
    """Nothing that a page has kept in the browser is found by the next one."""
    page.unroute_all()
    asked = page.context.new_cdp_session(page)
    asked.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    asked.detach()


@contextmanager
def no_complaints() -> Iterator[Callable[[Page], None]]:
    """Fails at its end if a page that it was told of had complained on its console."""
    complaints: list[str] = []
    heard: list[Page] = []

    def on_console(message: ConsoleMessage) -> None:
        complaints.append(_said(message))

    def on_error(error: Any) -> None:
        complaints.append(str(error))

    def listen(page: Page) -> None:
        page.on("console", on_console)
        page.on("pageerror", on_error)
        heard.append(page)

    yield listen
    for page in heard:
        page.remove_listener("console", on_console)
        page.remove_listener("pageerror", on_error)
    assert [said for said in complaints if said] == []


def _said(message: ConsoleMessage) -> str:
    """A console error, except the browser's notes of a status 4xx that was meant and a server that was stopped."""
    meant = any(
        words in message.text
        for words in ("the server responded with a status of", "net::ERR_CONNECTION_REFUSED")
    )
    return message.text if message.type == "error" and not meant else ""


def set_up(context: BrowserContext, url: str, text: str, lang: str, account: Any) -> None:
    """The reader's choices, and their account if they have one."""
    context.add_cookies(
        [{"name": "text", "value": text, "url": url}, {"name": "lang", "value": lang, "url": url}]
    )
    if account is not None:
        sign_in(context, account, url)


def sign_in(context: BrowserContext, account: Any, url: str) -> None:
    """Gives the browser a session of this account, as after the sign-in page."""
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
