"""A phone that opened one certificate verifies any other with the server stopped (service worker, offline page)."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from certificates.actions import certificates
from certificates.models import Certificate
from registry.rules.access import SYSTEM
from tests.browser.accessibility import assert_fits
from tests.certificates.factories import ISSUED_ON, an_issued_certificate
from tests.registry.factories import a_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
ROOT = Path(__file__).parents[2]


@dataclass
class Server:
    """A server in a process of its own, which dies like one."""

    url: str
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[Server]:
    """Serves this test's database; the keys are the same because the settings' folder is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.PUBLIC_BASE_URL = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "PUBLIC_BASE_URL": settings.PUBLIC_BASE_URL,
    }
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"]
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    made = Server(settings.PUBLIC_BASE_URL, process)
    while process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield made
    made.kill()


def opened_once(page: Page, server: Server, certificate: Certificate, query: str = "") -> None:
    """Opens a certificate as a scan does, and waits until the phone has what it keeps."""
    page.goto(f"{server.url}/C/{certificate.code}{query}#{certificate.fragment}")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function(
        "caches.open('twoskills-kept').then(cache => cache.match('/status/0')).then(found => !!found)"
    )


def address(server: Server, certificate: Certificate) -> str:
    return f"{server.url}/C/{certificate.code}#{certificate.fragment}"


def headline(page: Page) -> str:
    """The answer: what the title begins with is what the only heading says."""
    expect(page.locator("html.checking")).to_have_count(0)
    heading = page.locator("h1")
    expect(heading).to_have_count(1)
    text = re.sub(r"\s+", " ", heading.inner_text())
    assert page.title().startswith(text)
    return text


def test_every_answer_without_the_server(open_page: Open, server: Server) -> None:
    first, other, suspended, withdrawn, replaced, new = (
        an_issued_certificate(a_person(n, name=f"欧阳{'甲乙丙丁戊己'[n]}")) for n in range(6)
    )
    certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=suspended, reason_class="under_review")
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=withdrawn, reason_class="fraud")
    page = open_page(width=360)
    opened_once(page, server, first)
    server.kill()

    # Never opened before: everything comes from its own address and from what the first visit left.
    page.goto(address(server, other))
    assert re.fullmatch(r"证书真实，\d{4}年\d+月\d+日 \d\d:\d\d 核对时有效", headline(page))
    expect(page.locator("main")).to_contain_text("欧阳乙")
    expect(page.locator("main")).to_contain_text(other.base_name)
    expect(page.locator(".answer-good")).to_have_count(1)
    assert_fits(page)
    for certificate, said in (
        (suspended, "证书真实，但已暂停使用"),
        (withdrawn, "证书已被撤销，不再有效"),
    ):
        page.goto(address(server, certificate))
        assert headline(page) == said
    page.goto(f"{server.url}/C/{other.code}#{withdrawn.fragment}")
    assert headline(page) == "核对不通过，不能认作真证书"
    expect(page.locator("main")).to_contain_text("signature_wrong")
    page.goto(f"{server.url}/C/{other.code}")
    assert headline(page) == "现在无法核对这张证书"
    expect(page.locator(".answer-good, .answer-bad")).to_have_count(0)
