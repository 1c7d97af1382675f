"""The verifier in one file, opened from the disk of a computer without a network."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from certificates.models import Certificate
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.certificates.factories import a_photo
from tests.certificates.test_offline import six
from tests.certificates.test_scanner import with_a_detector

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def open_file(chromium: Browser, transactional_db: None, tmp_path: Path) -> Iterator[Open]:
    """Opens the exported file in a browser that has no network; what it complains of fails the test."""
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", offline=True)

    def opened(*options: str, setup: Callable[[Page], Page] = lambda page: page) -> Page:
        file = tmp_path / "verifier.html"
        call_command("export_verifier", "--to", str(file), *options, stdout=io.StringIO())
        page = setup(context.new_page())
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield opened
    context.close()
    assert complaints == []


def address(certificate: Certificate) -> str:
    return f"{settings.PUBLIC_BASE_URL}/C/{certificate.code}#{certificate.fragment}".upper()


def paste(page: Page, text: str) -> str:
    """What the file says of a pasted address: its title begins with its only heading."""
    page.locator("textarea").fill(text)
    with page.expect_event("load"):
        page.get_by_role("button").click()
    expect(page.locator("body")).to_be_visible()
    heading = re.sub(r"\s+", " ", page.locator("h1").inner_text())
    assert page.title().startswith(heading)
    return heading


def test_gives_every_answer(open_file: Open) -> None:
    held = six()
    page = open_file()
    assert page.evaluate("isSecureContext && !!crypto.subtle"), "Chromium trusts files enough for WebCrypto"
    assert_accessible(page)
    assert_fits(page)

    assert re.fullmatch(r"证书真实，.{14,18} ?核对时有效", paste(page, address(held["in force"])))
    expect(page.locator(".answer-good")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("欧阳乙")
    expect(page.locator("main")).to_contain_text(held["in force"].base_name)
    assert_accessible(page)
    assert_fits(page)
    assert paste(page, address(held["suspended"])) == "证书真实，但已暂停使用"
    assert paste(page, address(held["withdrawn"])) == "证书已被撤销，不再有效"
    assert paste(page, address(held["replaced"])) == "这张证书已换发新证，请看新证书"
    # Only the code and the digits, over several lines, as they come out of a chat.
    broken = f"{held['suspended'].code}#{held['suspended'].fragment[:90]}\n {held['suspended'].fragment[90:]}"
    assert paste(page, broken) == "证书真实，但已暂停使用"
    swapped = f"{held['in force'].code}#{held['suspended'].fragment}"
    assert paste(page, swapped) == "核对不通过，不能认作真证书"
    expect(page.locator("main")).to_contain_text("signature_wrong")
    assert paste(page, held["in force"].code) == "现在无法核对这张证书"
    assert paste(page, "ABC#123") == "验证码有误，请重新核对"


def test_without_the_lists_or_after_they_expired_nothing_is_called_in_force(open_file: Open) -> None:
    held = six()
    page = open_file("--without-status")
    assert paste(page, address(held["in force"])) == "证书真实，但没有核对到登记状态"
    page = open_file()
    page.clock.install(time=timezone.now() + timedelta(days=3))
    page.reload()
    assert paste(page, address(held["in force"])) == "证书真实，但没有核对到登记状态"
    assert paste(page, address(held["withdrawn"])) == "证书已被撤销，不再有效"


def test_speaks_three_languages_about_the_same_certificate(open_file: Open) -> None:
    held = six()
    page = open_file()
    paste(page, address(held["suspended"]))
    for name, language, said in (
        ("English", "en", "Genuine, but suspended"),
        ("繁體中文", "zh-Hant", "證書真實，但已暫停使用"),
    ):
        with page.expect_event("load"):
            page.get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_have_text(said)
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_what_is_no_address_is_said_at_the_field(open_file: Open) -> None:
    six()
    page = open_file()
    page.get_by_role("button").click()

    expect(page.locator("[data-error=no-address]")).to_be_focused()
    expect(page.locator("#photo-row")).to_be_hidden()


def test_reads_a_photo_where_the_browser_can(open_file: Open) -> None:
    held = six()
    page = open_file(setup=with_a_detector)
    page.locator("input[type=file]").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": a_photo(address(held["suspended"]))}
    )
    with page.expect_event("load"):
        page.get_by_role("button", name="查验").click()

    expect(page.locator("h1")).to_have_text("证书真实，但已暂停使用")
