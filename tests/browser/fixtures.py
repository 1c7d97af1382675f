"""The machine's own Chromium, a real server, and pages as a reader has set them up: for every test that asks.

Playwright's sync API keeps an event loop in this thread, which Django would take for async code.
"""

import os
import shutil
from collections.abc import Callable, Iterator
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
    contexts, complaints = [], []

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
            locale="zh-CN",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        for name, value in (("text", text), ("lang", lang)):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(_said(message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if account is not None:
            sign_in(context, account, live_server.url)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [said for said in complaints if said] == []


def _said(message: ConsoleMessage) -> str:
    """A console error, except the browser's notes of a status 4xx that was meant and a server that was stopped."""
    meant = any(
        words in message.text
        for words in ("the server responded with a status of", "net::ERR_CONNECTION_REFUSED")
    )
    return message.text if message.type == "error" and not meant else ""


def sign_in(context: BrowserContext, account: Any, url: str) -> None:
    """Gives the browser a session of this account, as after the sign-in page."""
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
